# SPDX-License-Identifier: MIT
"""The requests that Microsoft Graph refused, a row each.

Made of what the check recorded, so that the window, the text, the page and a stored diagnosis show
the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wizard import codec
from wizard.checks import log_hits, rejected_operations, rejected_operations_evidence
from wizard.checks.rejected_operations import RejectedOperations
from wizard.checks.rejected_operations_evidence import Refusal
from wizard.errors import BadInput
from wizard.model import CheckResult, Outcome, Value
from wizard.nakivo.log_operations import RejectedOperation
from wizard.texts import Texts, readable


@dataclass(frozen=True)
class RejectedRow:
    """One kind of request. `before` tells how it worked before, `ids` what support asks for."""

    outcome: Outcome
    request: str
    answer: str
    needs: str
    often: str
    before: str
    ids: str


def of_results(results: Iterable[CheckResult], texts: Texts) -> tuple[RejectedRow, ...]:
    """The rows that these results know of, those of the newest run first."""
    return _of({row.check: row.observation for row in results}, texts)


def of_document(document: Mapping[str, Any], texts: Texts) -> tuple[RejectedRow, ...]:
    """The rows that a diagnosis as JSON knows of."""
    observed = document.get("observations") or {}
    return _of({check: row["observation"] for check, row in observed.items()}, texts)


def _of(observations: Mapping[str, Any], texts: Texts) -> tuple[RejectedRow, ...]:
    plain = observations.get(rejected_operations.CHECK.id)
    if plain is None:
        return ()
    try:
        seen = codec.from_plain(plain, RejectedOperations)
    except BadInput:  # of another version
        return ()
    read = rejected_operations_evidence.read
    run = log_hits.run_values(seen.logs)
    return tuple(_row(read(one, seen.roles), run, texts) for one in seen.operations)


def _row(refusal: Refusal, run: Mapping[str, Value], texts: Texts) -> RejectedRow:
    one = refusal.operation
    request = rejected_operations_evidence.request(one)
    return RejectedRow(
        outcome=rejected_operations.outcome_of(refusal),
        request=texts("rejected.others") if one.others else request,
        answer=rejected_operations_evidence.answer(one),
        needs=_needs(refusal, texts),
        often=_often(one, run, texts),
        before=_before(one, texts),
        ids=_ids(one, texts),
    )


def _needs(refusal: Refusal, texts: Texts) -> str:
    """The permissions with what the app has of them; where the answer names a reason, that one."""
    if not refusal.is_open:
        return texts("rejected.reason", reason=refusal.reason)
    if refusal.is_believed:
        return texts("rejected.believed", reason=refusal.reason)
    if not refusal.wanted:
        user = refusal.need is not None and refusal.need.needs_user
        return texts("rejected.user" if user else "rejected.need_unknown")
    values: dict[str, Value] = {"wanted": ", ".join(refusal.wanted)}
    values["held"] = ", ".join(refusal.held)
    if refusal.granted is None:
        return texts("rejected.any_of", values)
    held = "held" if refusal.held else "perhaps_held" if refusal.granted else "not_held"
    return texts(f"rejected.any_of_{held}", values)


def _often(one: RejectedOperation, run: Mapping[str, Value], texts: Texts) -> str:
    values: dict[str, Value] = {**run, "count": one.count, "recent": one.recent}
    values |= {"since": one.since or "", "last": one.last or ""}
    if one.last is None:
        return texts("rejected.often_undated", values)
    return texts("rejected.often" if one.count > 1 else "rejected.once", values)


def _before(one: RejectedOperation, texts: Texts) -> str:
    moment = rejected_operations_evidence.good_moment(one)
    label = texts(f"label.rejected_standing.{one.standing}")
    if moment is None:
        return label
    return texts("rejected.before", label=label, value=readable(str(moment)))


def _ids(one: RejectedOperation, texts: Texts) -> str:
    values: dict[str, Value] = {"id": one.request_id, "time": one.answered or one.last or ""}
    values |= {"place": f"{one.file}:{one.line}", "last": one.last or ""}
    if one.request_id:
        return texts("rejected.ids", values)
    return texts("rejected.place" if one.last else "rejected.place_only", values)
