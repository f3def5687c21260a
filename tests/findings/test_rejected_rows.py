# SPDX-License-Identifier: MIT
"""Refused requests as rows of the window: what they need, how often, and what worked before."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.checks.test_rejected_operations import MAIL, REFUSED, UNDATED, seen
from wizard import codec
from wizard.findings import rejected_rows
from wizard.findings.rejected_rows import RejectedRow
from wizard.model import CauseId, CheckResult, Finding, Outcome
from wizard.nakivo.log_operations import RejectedOperation, Standing
from wizard.texts import Texts


def result(observation: Any) -> CheckResult:
    """The check's row, once through JSON as a package keeps it."""
    finding = Finding(Outcome.PROBLEM, "check.rejected_operations.needed")
    plain = json.loads(json.dumps(codec.to_plain(observation)))
    moment = datetime.now(UTC)
    check, cause = "rejected_operations", CauseId.GRAPH_FORBIDDEN
    return CheckResult(check, cause, finding, moment, 0.1, plain)


def row(texts: Texts, refused: RejectedOperation, **more: Any) -> RejectedRow:
    (only,) = rejected_rows.of_results([result(seen(refused, **more))], texts)
    return only


def test_of_results_when_a_request_was_refused_then_all_of_it_is_told(texts: Texts) -> None:
    assert row(texts, REFUSED) == RejectedRow(
        outcome=Outcome.PROBLEM,
        request="GET /users/{id}/drive",
        answer="403 accessDenied",
        needs="Any one of: Files.Read.All, Files.ReadWrite.All",
        often="7 times in the newest run, 9 in all logs, since 2026-11-22 02:00:00.",
        before="Worked last, before that: 2026-11-21 02:00:00",
        ids="request ID 6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11, answered 2026-11-23 02:14:06, "
        "/l/a.log:7",
    )


@pytest.mark.parametrize(
    ("refused", "roles", "needs"),
    [
        (REFUSED, ("Files.ReadWrite.All",), "The app has by now: Files.ReadWrite.All."),
        (REFUSED, (), "The app has none of them by now."),
        (
            replace(REFUSED, path="/groups/{id}", permission_needed="Group.Read.All"),
            ("GroupMember.Read.All",),
            "another one by now, which is believed to do",
        ),
        (replace(REFUSED, path="/me/drive", permission_needed=""), (), "A signed-in user"),
        (replace(REFUSED, path="/x", permission_needed=""), (), "Not known here."),
        (replace(MAIL, message="Access to OData is disabled."), (), "a limit on one mailbox"),
    ],
)
def test_of_results_when_needs_differ_then_each_is_told(
    refused: RejectedOperation, roles: tuple[str, ...], needs: str, texts: Texts
) -> None:
    assert needs in row(texts, refused, roles=roles).needs


@pytest.mark.parametrize(
    ("refused", "roles", "outcome"),
    [
        (REFUSED, ("Mail.Read",), Outcome.PROBLEM),
        (REFUSED, None, Outcome.PROBLEM),
        (REFUSED, ("Files.Read.All",), Outcome.WARNING),  # perhaps over by now
        (replace(REFUSED, standing=Standing.WITHIN), None, Outcome.WARNING),
        (replace(REFUSED, recent=0), None, Outcome.WARNING),
    ],
)
def test_of_results_when_one_proves_nothing_then_it_weighs_no_more_than_in_the_finding(
    refused: RejectedOperation, roles: tuple[str, ...] | None, outcome: Outcome, texts: Texts
) -> None:
    assert row(texts, refused, roles=roles).outcome is outcome


def test_of_results_when_a_reason_is_believed_then_it_is_told_as_that(texts: Texts) -> None:
    policy = replace(REFUSED, message="AADSTS53003: Access has been blocked.")
    assert row(texts, policy).needs == (
        "Believed, not confirmed: a Conditional Access or security policy."
    )


def test_of_results_when_something_is_not_known_then_it_says_so(texts: Texts) -> None:
    undated = row(texts, UNDATED)
    assert (undated.outcome, undated.often) == (
        Outcome.WARNING,
        "9 times, at an unknown time.",
    )
    assert undated.ids.endswith("/l/a.log:7")
    assert undated.before == "Whether it worked before is not known"
    never = replace(REFUSED, count=1, recent=1, standing=Standing.NOT_SEEN, request_id="")
    assert row(texts, never).often == "Once, 2026-11-23 02:14:07."
    assert row(texts, never).before == "Good answers to it in these logs: 0"
    assert row(texts, never).ids == "last refused 2026-11-23 02:14:07, /l/a.log:7"
    others = row(texts, replace(REFUSED, method="", path="", others=True))
    assert others.request == "Requests of further kinds"


@pytest.mark.parametrize("observation", [None, {"of": "a newer version"}])
def test_of_results_when_there_is_no_observation_then_no_rows(
    observation: Any, texts: Texts
) -> None:
    assert rejected_rows.of_results([replace(result(seen()), observation=observation)], texts) == ()
    assert rejected_rows.of_results([], texts) == ()
