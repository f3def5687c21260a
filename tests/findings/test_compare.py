# SPDX-License-Identifier: MIT
"""What changed between two diagnoses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.findings.made import FULL, diagnosis, row
from wizard.findings import as_json
from wizard.findings.compare import Comparison, compare
from wizard.model import CauseId, Evidence, Finding, Outcome, Value
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


def test_compare_when_only_a_moment_in_the_sentence_differs_then_it_is_the_same(
    compared: Any,
) -> None:
    values: dict[str, Value] = {"files": 1, "size": 1.0, "unit": "MB"}
    days = [replace(FINE, values=values | {"newest": f"2026-11-2{n}T02:00:00"}) for n in (3, 4)]
    comparison = compared(*days)
    assert (comparison.changes, comparison.same) == ((), 1)
    assert len(compared(days[0], OTHER).changes) == 1


def test_compare_when_a_label_comes_twice_then_each_is_compared_with_its_own(
    compared: Any,
) -> None:
    def with_sizes(*sizes: float) -> Finding:
        return replace(FINE, evidence=tuple(Evidence("temp_free", size, "GB") for size in sizes))

    change = compared(with_sizes(1, 2), with_sizes(5, 2)).changes[0]
    assert change.numbers == (("Free for temporary files", "1 GB", "5 GB"),)
    assert compared(with_sizes(1), with_sizes(1, 2)).changes == ()


def test_compare_when_the_first_is_the_newer_then_that_is_known(compared: Any) -> None:
    comparison = compared(FINE, FINE)
    assert not comparison.is_reversed
    assert replace(comparison, before="2027-01-01T00:00:00.000Z").is_reversed
