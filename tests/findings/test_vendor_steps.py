# SPDX-License-Identifier: MIT
"""The article's general steps stand only where they don't contradict what was found."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.findings.tenant import diagnosed
from wizard.checks import CHECKS
from wizard.demo.behaviour import Behaviour
from wizard.findings import as_html, as_json, as_text, vendor_steps
from wizard.model import CauseId, CheckResult, Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

PERMISSIONS, FORBIDDEN = CauseId.PERMISSIONS, CauseId.GRAPH_FORBIDDEN
PROBLEM, WARNING, UNKNOWN = Outcome.PROBLEM, Outcome.WARNING, Outcome.COULD_NOT_CHECK
SECRET_EXPIRED = 7000222
ALL_P = ("compare", "consent", "recheck")
ALL_M = ("fewer_jobs", "settings_page", "heap", "recheck")
ALL_G = ("permissions", "consent", "conditional_access", "logs", "recheck")


def row(cause: CauseId, check: str, text: str, outcome: Outcome = PROBLEM) -> CheckResult:
    return CheckResult(check, cause, Finding(outcome, text), datetime.now(UTC), 0.1)


@pytest.mark.parametrize(
    ("cause", "check", "text", "steps", "is_part"),
    [
        (PERMISSIONS, "token_roles", "check.token_roles.missing", ALL_P, True),
        (PERMISSIONS, "sign_in", "sign_in_error.secret_expired", (), True),
        (PERMISSIONS, "app_credentials", "check.app_credentials.secret_soon", (), True),
        (PERMISSIONS, "sign_in", "check.sign_in.unknown_code", ALL_P, False),
        (FORBIDDEN, "graph_calls", "graph_error.throttled_wait", ALL_G[3:], True),
        (FORBIDDEN, "graph_calls", "graph_error.mailbox_policy", ALL_G[3:], True),
        (FORBIDDEN, "graph_calls", "graph_error.policy_code", ALL_G[2:], True),
        (FORBIDDEN, "graph_calls", "graph_error.says_nothing", ALL_G, False),
        (FORBIDDEN, "log_graph_forbidden", "log_signature.vendor_graph_forbidden", ALL_G, False),
        (CauseId.MEMORY, "memory", "any", ALL_M, False),
    ],
)  # fmt: skip
def test_of_results_when_a_reason_is_known_then_only_steps_that_fit_it(
    cause: CauseId, check: str, text: str, steps: tuple[str, ...], is_part: bool
) -> None:
    found = vendor_steps.of_results(cause, [row(cause, check, text)])
    assert (found.steps, found.is_part) == (steps, is_part)


def test_of_results_when_several_reasons_are_known_then_the_steps_of_each() -> None:
    rows = [
        row(PERMISSIONS, "sign_in", "sign_in_error.secret_expired"),
        row(PERMISSIONS, "token_roles", "check.token_roles.not_consented"),
        row(FORBIDDEN, "graph_calls", "graph_error.says_nothing"),
    ]
    assert vendor_steps.of_results(PERMISSIONS, rows).steps == ALL_P


def test_of_results_when_there_is_a_problem_then_a_warning_beside_it_does_not_count() -> None:
    rows = [
        row(PERMISSIONS, "extra_permissions", "check.extra_permissions.some", WARNING),
        row(PERMISSIONS, "sign_in", "sign_in_error.secret_expired"),
    ]
    assert vendor_steps.of_results(PERMISSIONS, rows).steps == ()
    assert vendor_steps.of_results(PERMISSIONS, rows[:1]).steps == ALL_P


def test_of_results_when_nothing_was_found_then_all_steps_are_in_case() -> None:
    rows = [row(PERMISSIONS, "sign_in", "check.sign_in.elsewhere.conditional_access", UNKNOWN)]
    assert not vendor_steps.of_results(PERMISSIONS, rows).is_part
    assert vendor_steps.of_results(PERMISSIONS, ()).steps == ALL_P


def test_load_when_a_row_names_a_step_then_the_cause_has_it(product: Product) -> None:
    for named in vendor_steps.load().steps:
        assert named.step in [step.id for step in product.cause(named.cause).steps]


def test_of_document_when_the_diagnosis_was_stored_then_as_of_its_results(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    found = diagnosed(tmp_path, Behaviour(token_error=SECRET_EXPIRED))
    document = json.loads(
        json.dumps(as_json.diagnosis_to_json(found, product, texts, with_observations=True))
    )
    for cause in document["causes"]:
        assert vendor_steps.of_document(document, cause) == vendor_steps.of_results(
            cause["id"], found.results
        )
    for told in (
        as_text.document_to_text(document, texts),
        as_html.document_to_html(document, texts),
    ):
        assert "Ask a tenant administrator to add what is missing" not in told


def test_of_document_when_it_has_no_observations_then_all_steps(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    found = diagnosed(tmp_path, Behaviour(token_error=SECRET_EXPIRED))
    document = as_json.diagnosis_to_json(found, product, texts)
    cause = next(one for one in document["causes"] if one["id"] == PERMISSIONS)
    assert vendor_steps.of_document(document, cause).steps == ALL_P


@pytest.mark.parametrize(
    ("outcome", "text", "is_done"),
    [
        (PROBLEM, "check.rejected_operations.missing_now", True),
        (Outcome.OK, "check.rejected_operations.none", True),
        (Outcome.OK, "check.rejected_operations.no_requests", False),
        (UNKNOWN, "log_evidence.no_logs", False),
    ],
)
def test_of_results_when_the_logs_were_reviewed_then_that_step_is_gone(
    outcome: Outcome, text: str, is_done: bool
) -> None:
    rows = [
        row(FORBIDDEN, "graph_calls", "graph_error.mailbox_policy"),
        row(FORBIDDEN, "rejected_operations", text, outcome),
    ]
    assert ("logs" in vendor_steps.of_results(FORBIDDEN, rows).steps) is not is_done
    # Also where no reason is known, and so every other step fits.
    found = vendor_steps.of_results(FORBIDDEN, rows[1:])
    assert ("logs" in found.steps, found.is_part) == (not is_done, is_done)


def test_load_when_a_step_is_done_by_a_check_then_both_exist(product: Product) -> None:
    for done in vendor_steps.load().done:
        assert done.step in [step.id for step in product.cause(done.cause).steps]
        assert done.check in [check.id for check in CHECKS]
