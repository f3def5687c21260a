# SPDX-License-Identifier: MIT
"""The findings that lie with the tenant: each refusal apart, whichever causes were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from wizard import codec, product
from wizard.checks import graph_calls, rejected_operations, sign_in
from wizard.checks.graph_calls import GraphCalls
from wizard.checks.rejected_operations import RejectedOperations
from wizard.errors import BadInput
from wizard.findings import people
from wizard.graph import sign_in_errors
from wizard.graph.sign_in_report import Report
from wizard.model import CauseId, CheckResult, Diagnosis, Evidence, Finding, Outcome

T = TypeVar("T")
CAUSES = (CauseId.PERMISSIONS, CauseId.GRAPH_FORBIDDEN)
# The checks of log lines: their warnings are about the past, and a tenant can't open a log.
LOGS = ("log_", rejected_operations.CHECK.id)
# What a search in the sign-in logs, or Microsoft's support, asks for.
_MOMENTS = ("microsoft_time", "rejected_last", "log_last")
_LOOK_UP = (
    *("sign_in_code", "policy_id", "challenge_address", "microsoft_text"),
    *("correlation_id", "trace_id", "request_id", "log_request_id"),
    *("rejected_request", "rejected_answer"),
    *_MOMENTS,
)
_NOT_ASKED = "engine.not_asked"


def rows(diagnosis: Diagnosis) -> tuple[CheckResult, ...]:
    """The findings of the causes that lie with the tenant."""
    return tuple(row for cause in CAUSES for row in diagnosis.of_cause(cause))


def left_out(diagnosis: Diagnosis) -> tuple[CauseId, ...]:
    """Those of the causes that nobody looked at."""
    return tuple(
        cause
        for cause in CAUSES
        if all(row.finding.text == _NOT_ASKED for row in diagnosis.of_cause(cause))
    )


def told(diagnosis: Diagnosis) -> Iterator[CheckResult]:
    """The findings, with what each check leaves to others told by itself."""
    for row in rows(diagnosis):
        if row.check == rejected_operations.CHECK.id:
            yield from _rejected(row)
        elif row.check == graph_calls.CHECK.id:
            yield from _refused_calls(row)
        else:
            yield _refused_sign_in(row) or row


def report(diagnosis: Diagnosis) -> Report | None:
    """The sign-in that was made, whichever check recorded it."""
    made = (_report_of(row) for row in rows(diagnosis))
    return next((one for one in made if one), None)


def observed(diagnosis: Diagnosis, check: str, kind: type[T]) -> T | None:
    """What a check recorded; None where it recorded nothing, or another version did."""
    row = next((row for row in diagnosis.results if row.check == check), None)
    return _read(row, kind) if row else None


def look_up(found: Iterable[CheckResult]) -> Iterator[Evidence]:
    """Each value once; moments again beside other ids, and no address of a person."""
    seen: set[tuple[str, object]] = set()
    for row in found:
        mine = {(one.label, one.value): one for one in _of_use(row.finding.evidence)}
        fresh = [one for key, one in mine.items() if key not in seen or one.label in _MOMENTS]
        if any(one.label not in _MOMENTS for one in fresh):
            yield from (_without_people(one) for one in fresh)
        seen |= set(mine)


def _of_use(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Microsoft's own time is the one to search by, a log's where there is no other."""
    found = [one for one in evidence if one.label in _LOOK_UP]
    is_timed = any(one.label == "microsoft_time" for one in found)
    return [one for one in found if not (is_timed and one.label in _MOMENTS[1:])]


def _without_people(evidence: Evidence) -> Evidence:
    if not isinstance(evidence.value, str):
        return evidence
    mask = people.without_names if people.is_quote(evidence) else people.without_addresses
    return replace(evidence, value=mask(evidence.value))


def _rejected(row: CheckResult) -> Iterator[CheckResult]:
    """Each kind of request that was refused in the newest run, judged by itself."""
    seen = _read(row, RejectedOperations)
    recent = [one for one in seen.operations if one.recent] if seen else []
    if seen is None or not recent:
        yield row
        return
    facts = product.load()
    for one in recent:
        yield replace(
            row, finding=rejected_operations.judge(replace(seen, operations=(one,)), facts)
        )


def _refused_calls(row: CheckResult) -> Iterator[CheckResult]:
    """Each reason for which services were refused just now, apart."""
    seen = _read(row, GraphCalls)
    apart = graph_calls.each(seen, product.load()) if seen and seen.report.signed_in else ()
    if not apart:
        yield _refused_sign_in(row) or row
    for finding in apart:
        yield replace(row, finding=finding)


def _refused_sign_in(row: CheckResult) -> CheckResult | None:
    """A refusal that a check leaves to the other cause's; None where there is no such."""
    made = _report_of(row) if row.finding.outcome is Outcome.COULD_NOT_CHECK else None
    if made is None or made.error is None:
        return None
    found = sign_in_errors.load().known(made.error.codes)
    if found is None:
        return replace(row, finding=sign_in.judge(made, product.load()))
    evidence = tuple(sign_in.sign_in_evidence(made, product.load()))
    values = {"code": found[0]}
    finding = Finding(Outcome.PROBLEM, found[1].text_id, values, evidence, source=sign_in.SOURCE)
    return replace(row, finding=finding)


def _report_of(row: CheckResult) -> Report | None:
    if row.check == sign_in.CHECK.id:
        return _read(row, Report)
    calls = _read(row, GraphCalls) if row.check == graph_calls.CHECK.id else None
    return calls.report if calls else None


def _read(row: CheckResult, kind: type[T]) -> T | None:
    if row.observation is None:
        return None
    try:
        return codec.from_plain(row.observation, kind)
    except BadInput:
        return None
