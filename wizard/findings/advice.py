# SPDX-License-Identifier: MIT
"""What to do about each finding, told once where a log and a live request met the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wizard.checks import graph_calls, rejected_operations
from wizard.model import CheckResult, Finding, Outcome
from wizard.texts import Texts

_BAD = (Outcome.PROBLEM, Outcome.WARNING)


def of(row: CheckResult, beside: Iterable[CheckResult], texts: Texts) -> Sequence[str]:
    """The advice of one finding; of a refusal in the logs, which check has the same already."""
    finding = row.finding
    if row.check != rejected_operations.CHECK.id or not _is_told(finding, beside):
        return texts.advice(finding)
    title = texts(f"check.{graph_calls.CHECK.id}.title")
    own = texts.lines(f"{finding.around}.advice", finding.values) if finding.around else ()
    return [texts("check.rejected_operations.advice_elsewhere", check=title), *own]


def _is_told(finding: Finding, beside: Iterable[CheckResult]) -> bool:
    """Whether the requests of now met the same, and so have the same advice."""
    return any(
        other.check == graph_calls.CHECK.id
        and other.finding.outcome in _BAD
        and other.finding.text == finding.text
        for other in beside
    )
