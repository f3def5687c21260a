# SPDX-License-Identifier: MIT
"""The findings that lie with the tenant, each refusal apart, and what to look it up by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.findings.tenant import diagnosed
from wizard.demo.behaviour import Behaviour, GraphAnswer
from wizard.findings import admin_rows
from wizard.model import CauseId, CheckResult, Evidence, Finding, Outcome

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def row(*evidence: tuple[str, str]) -> CheckResult:
    told = tuple(Evidence(label, value) for label, value in evidence)
    finding = Finding(Outcome.PROBLEM, "check.x", {}, told)
    return CheckResult("x", CauseId.PERMISSIONS, finding, NOW, 0.1)


def labels_and_values(*found: CheckResult) -> list[tuple[str, object]]:
    return [(one.label, one.value) for one in admin_rows.look_up(found)]


def test_look_up_when_two_have_one_moment_then_it_stands_beside_both() -> None:
    first = (("request_id", "a"), ("rejected_last", "2026-11-24T02:21:00"))
    second = (("request_id", "b"), ("rejected_last", "2026-11-24T02:21:00"))
    assert labels_and_values(row(*first), row(*second), row(*first)) == [*first, *second]


def test_look_up_when_microsoft_told_its_time_then_not_the_logs() -> None:
    told = (("request_id", "a"), ("rejected_last", "x"), ("microsoft_time", "y"))
    assert labels_and_values(row(*told)) == [told[0], told[2]]


def test_look_up_when_a_text_names_a_person_then_without_the_address() -> None:
    found = labels_and_values(row(("microsoft_text", "joe.o'x@contoso.com is denied")))
    assert "contoso" not in str(found)
    assert "is denied" in str(found)


def test_told_when_the_sign_in_is_left_to_the_other_cause_then_its_refusal(tmp_path: Path) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour(token_error=53003))
    only = tuple(row for row in diagnosis.results if row.check == "sign_in")
    assert only[0].finding.outcome is Outcome.COULD_NOT_CHECK
    (told,) = admin_rows.told(replace(diagnosis, results=only))
    assert told.finding.outcome is Outcome.PROBLEM
    assert told.finding.text == "sign_in_error.conditional_access"


def test_told_when_a_code_is_unknown_and_only_requests_were_chosen_then_its_refusal(
    tmp_path: Path,
) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour(token_error=999999))
    only = diagnosis.of_cause(CauseId.GRAPH_FORBIDDEN)
    told = [row.finding for row in admin_rows.told(replace(diagnosis, results=only))]
    (refused,) = [one for one in told if one.outcome is Outcome.PROBLEM]
    assert refused.text == "check.sign_in.unknown_code"
    assert {one.label for one in refused.evidence} >= {"correlation_id", "microsoft_time"}


def test_told_when_services_are_refused_for_two_reasons_then_each_apart(tmp_path: Path) -> None:
    answers = {
        "/drive": GraphAnswer(403, "resourceLocked", "locked"),
        "/mailFolders": GraphAnswer(403, "accessDenied", "AADSTS53003: blocked by policy"),
    }
    diagnosis = diagnosed(tmp_path, Behaviour(graph_answers=answers))
    only = tuple(row for row in diagnosis.results if row.check == "graph_calls")
    texts = [row.finding.text for row in admin_rows.told(replace(diagnosis, results=only))]
    assert texts == ["graph_error.policy_code", "graph_error.locked"]


def test_left_out_when_a_cause_has_rows_then_only_the_other(tmp_path: Path) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour())
    assert admin_rows.left_out(diagnosis) == ()
    only = diagnosis.of_cause(CauseId.PERMISSIONS)
    assert admin_rows.left_out(replace(diagnosis, results=only)) == (CauseId.GRAPH_FORBIDDEN,)
