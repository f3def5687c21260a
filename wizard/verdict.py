# SPDX-License-Identifier: MIT
"""Findings to one verdict per cause, likeliest first, each with its reason. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.model import LEFT_OUT, CheckResult, Outcome, Status, Verdict
from wizard.product import Cause, Product

# A cause is as bad as its worst row; "could not check" lies between warning and ok.
_WORST_FIRST = (
    (Status.PROBLEM, (Outcome.PROBLEM,)),
    (Status.WARNING, (Outcome.WARNING,)),
    (Status.UNKNOWN, (Outcome.COULD_NOT_CHECK, Outcome.TIMED_OUT)),
    (Status.OK, (Outcome.OK,)),
    (Status.SKIPPED, (Outcome.NOT_APPLICABLE,)),
)
_ORDER = tuple(status for status, _ in _WORST_FIRST)


def rank(results: Sequence[CheckResult], product: Product) -> tuple[Verdict, ...]:
    """One verdict per cause: hard evidence first, then likelihood divided by effort."""
    judged = [_judge(cause, results) for cause in product.causes]
    judged.sort(key=lambda verdict: _key(verdict, product))
    return tuple(
        Verdict(v.cause, v.status, place, v.because, v.check, v.values)
        for place, v in enumerate(judged, start=1)
    )


def _judge(cause: Cause, results: Sequence[CheckResult]) -> Verdict:
    rows = [result for result in results if result.cause == cause.id]
    worst = _judge_worst(cause, rows)
    left_out = [row for row in rows if row.finding.text in LEFT_OUT]
    if worst.status == Status.OK and left_out:
        # Looking at a part of it doesn't clear a cause.
        values = {"count": len(left_out), "total": len(rows)}
        return Verdict(cause.id, Status.SKIPPED, 0, "because.partly", left_out[0].check, values)
    return worst


def _judge_worst(cause: Cause, rows: Sequence[CheckResult]) -> Verdict:
    for status, outcomes in _WORST_FIRST:
        found = [row for row in rows if row.finding.outcome in outcomes]
        if found:
            decisive = [row for row in found if row.finding.decisive]
            first = (decisive or found)[0]
            because = f"because.{'decisive' if decisive else status}"
            values = {"count": len(found), "total": len(rows)}
            return Verdict(cause.id, status, 0, because, first.check, values)
    return Verdict(cause.id, Status.SKIPPED, 0, "because.nothing_ran")


def _key(verdict: Verdict, product: Product) -> tuple[int, bool, float]:
    """Sort key of a verdict; equal evidence goes by likelihood per minute of effort."""
    cause = product.cause(verdict.cause)
    soft = verdict.because != "because.decisive"
    return (_ORDER.index(verdict.status), soft, -cause.likelihood / cause.effort)
