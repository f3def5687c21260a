# SPDX-License-Identifier: MIT
"""What changed between two diagnoses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.findings.made import FULL, diagnosis, row
from wizard.findings import as_json
from wizard.findings.compare import Comparison, compare
from wizard.model import CauseId, Evidence, Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

FINE = Finding(
    Outcome.OK, "log_evidence.none", {"files": 1, "size": 1.0, "unit": "MB", "newest": "x"}
)
OTHER = replace(FINE, values={"files": 2, "size": 1.0, "unit": "MB", "newest": "x"})
UNKNOWN = Finding(Outcome.COULD_NOT_CHECK, "log_evidence.no_logs")
WORSE = replace(FULL, evidence=(Evidence("temp_free", 0.4, "GB"),))


@pytest.fixture
def compared(product: Product, texts: Texts) -> Any:
    def told(*findings: Finding | None) -> Comparison:
        documents = [
            as_json.diagnosis_to_json(
                diagnosis(product, (row("memory", CauseId.MEMORY, f),) if f else ()), product, texts
            )
            for f in findings
        ]
        return compare(*documents)

    return told


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (FINE, FULL, "new"),
        (UNKNOWN, FULL, "new"),
        (None, FULL, "new"),
        (FULL, FINE, "gone"),
        (FULL, WORSE, "changed"),
        (FULL, UNKNOWN, "changed"),
        (FULL, None, "changed"),
        (FINE, UNKNOWN, "changed"),
        (UNKNOWN, FINE, "changed"),
        (FINE, OTHER, "numbers"),
    ],
)
def test_compare_when_an_answer_differs_then_it_is_told_how(
    before: Finding | None, after: Finding | None, kind: str, compared: Any
) -> None:
    comparison = compared(before, after)
    assert [change.kind for change in comparison.changes] == [kind]
    assert comparison.same == 0
    assert comparison.is_changed is (kind != "numbers")


@pytest.mark.parametrize("finding", [FINE, FULL, UNKNOWN])
def test_compare_when_nothing_differs_then_nothing_is_told(finding: Finding, compared: Any) -> None:
    comparison = compared(finding, finding)
    assert comparison.changes == ()
    assert comparison.same == 1
    assert not comparison.is_changed


def test_compare_when_a_number_differs_then_both_are_told(compared: Any) -> None:
    change = compared(FULL, WORSE).changes[0]
    assert dict(change.before.numbers)["Free for temporary files"] == "3.1 GB"
    assert dict(change.after.numbers)["Free for temporary files"] == "0.4 GB"


def test_compare_when_the_likely_cause_differs_then_both_are_told(compared: Any) -> None:
    comparison = compared(FULL, FINE)
    assert (comparison.likely_before, comparison.likely_after) == ("memory", None)
