# SPDX-License-Identifier: MIT
"""Does Microsoft Graph answer the app, service by service, and if not, for which reason?

The same 403 may come from a missing role, a security policy, a licence or a limit on one mailbox:
the catalogue of answers and the token's roles tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wizard.checks.base import Check, Context, Need, could_not_check, ok, problem, warning
from wizard.checks.sign_in import sign_in_evidence
from wizard.graph import graph_errors, permissions, probes, sign_in_errors, words
from wizard.graph.graph_errors import GraphError, Kind
from wizard.graph.probes import Call
from wizard.graph.sign_in_report import Failure, Report
from wizard.model import CauseId, Evidence, Finding, Outcome, Sensitivity, Value, Workload
from wizard.product import Product

SOURCE = "graph_errors"
FORBIDDEN = 403
# Kinds of answers that stay until somebody changes something, and so prove a lasting fault.
_LASTING = (Kind.CONDITIONAL_ACCESS, Kind.OBJECT_LEVEL)
_HARMLESS = (Kind.ITEM, Kind.HISTORIC)
_WORST_FIRST = (Outcome.PROBLEM, Outcome.COULD_NOT_CHECK, Outcome.WARNING)


@dataclass(frozen=True)
class GraphCalls:
    """The sign-in, the token's roles (None: it has none or can't be read), and the calls."""

    report: Report
    roles: tuple[str, ...] | None
    calls: tuple[Call, ...]


def observe(context: Context) -> GraphCalls:
    """Sign in, then one read-only call per service."""
    signed_in = context.sign_in()
    calls: tuple[Call, ...] = ()
    if signed_in.token is not None:
        calls = probes.run(
            context.cloud().cloud, context.scope, context.host, signed_in.token, context.cancel
        )
    return GraphCalls(signed_in.report, signed_in.claims.roles, calls)


def judge(seen: GraphCalls, product: Product) -> Finding:
    """The worst of what the calls met."""
    if not seen.report.signed_in:
        return _not_signed_in(seen.report, tuple(sign_in_evidence(seen.report, product)))
    evidence = tuple(_evidence(seen.calls, product))
    wait = _longest_wait(seen.calls)
    met = [_met(call, seen.roles, wait) for call in seen.calls]
    bad = sorted((finding for finding in met if finding), key=_badness)
    if bad:
        return replace(bad[0], evidence=evidence)
    if not seen.calls:
        return could_not_check("check.graph_calls.none_made", evidence=evidence)
    values = {
        "count": len(seen.calls),
        "services": _services(seen.calls),
        "slowest": max(call.duration_ms for call in seen.calls),
    }
    return ok("check.graph_calls.granted", values=values, evidence=evidence, source=SOURCE)


def _badness(finding: Finding) -> tuple[int, bool]:
    return (_WORST_FIRST.index(finding.outcome), not finding.decisive)


def _not_signed_in(report: Report, evidence: tuple[Evidence, ...]) -> Finding:
    """Only what belongs to this cause; the rest is told by the checks of sign-in and network."""
    catalogue = sign_in_errors.load()
    found = catalogue.known(report.error.codes) if report.error else None
    if found and catalogue.cause(found[1]) is CauseId.GRAPH_FORBIDDEN:
        code, entry = found
        told = problem(entry.text_id, values={"code": code}, source="sign_in_errors")
        return replace(told, evidence=evidence, decisive=entry.is_lasting)
    if report.failure in (Failure.THROTTLED, Failure.SERVICE_FAULT):
        values = {"detail": report.detail, "wait": words.load().wait(report.retry_after)}
        text = f"check.graph_calls.sign_in_{report.failure}"
        return problem(text, values=values, evidence=evidence)
    return could_not_check("error.not_signed_in")


def _met(call: Call, roles: tuple[str, ...] | None, wait: str) -> Finding | None:
    """What one call says, None when all is well."""
    values: dict[str, Value] = {
        "service": probes.load().name(call.workload),
        "wanted": ", ".join(call.any_of),
        "detail": words.load().no_answer_in(call.detail) or "-",
        "wait": words.load().wait(wait),
    }
    if call.no_answer:
        text = "foreign" if call.no_answer == probes.NOT_MICROSOFT else "no_answer"
        return could_not_check(f"check.graph_calls.{text}", values=values)
    if call.error is None:
        return None
    values |= {"status": call.error.status, "answer": _answer(call.error)}
    has_role = bool(permissions.load().granted(roles or ()) & set(call.any_of))
    return replace(_refused(call, call.error, has_role=has_role), values=values, source=SOURCE)


def _refused(call: Call, error: GraphError, *, has_role: bool) -> Finding:
    reading = graph_errors.load().reading(error)
    if reading.kind is Kind.PERMISSION:
        return _permission(call, has_role=has_role)
    if reading.kind is Kind.UNKNOWN and error.status != FORBIDDEN:
        return could_not_check(reading.text_id)
    if reading.kind is Kind.UNKNOWN:
        return problem(reading.text_id, decisive=has_role)
    one_user = reading.kind is Kind.LICENCE and "{id}" in call.path
    if one_user or reading.kind in _HARMLESS:
        return warning(reading.text_id)
    if reading.kind is Kind.THROTTLED:
        return problem(f"{reading.text_id}_wait")
    lasting = reading.kind in (*_LASTING, Kind.LICENCE)
    return problem(reading.text_id, decisive=lasting)


def _permission(call: Call, *, has_role: bool) -> Finding:
    """A missing role is for the check of permissions to prove; a 403 in spite of it is ours."""
    if not has_role:
        return problem("check.graph_calls.role_missing")
    exchange = call.workload is Workload.EXCHANGE
    text = "refused_in_spite_of_role_exchange" if exchange else "refused_in_spite_of_role"
    return problem(f"check.graph_calls.{text}", decisive=True)


def _answer(error: GraphError) -> str:
    """Status and code as one would look them up."""
    return " ".join(part for part in (str(error.status), error.code) if part)


def _longest_wait(calls: Sequence[Call]) -> str:
    """The longest time that an answer asks to wait, in seconds; empty where none says it so."""
    told = [call.error.retry_after for call in calls if call.error]
    return max((wait for wait in told if wait.isdigit()), key=int, default="")


def _services(calls: Sequence[Call]) -> str:
    return ", ".join(dict.fromkeys(probes.load().name(call.workload) for call in calls))


def _evidence(calls: Sequence[Call], product: Product) -> Iterator[Evidence]:
    """Each distinct answer once, with the ids of the first request that met it; refusals first."""
    alike: dict[tuple[object, ...], list[Call]] = {}
    for call in calls:
        alike.setdefault(_distinct(call), []).append(call)
    for same in sorted(alike.values(), key=lambda same: same[0].is_ok):
        yield from _answer_evidence(same, product.sources[SOURCE].title)


def _distinct(call: Call) -> tuple[object, ...]:
    """What makes an answer another one: its ids, its time and the time it took don't."""
    error = call.error
    said = (error.status, error.code, error.inner_codes, error.message) if error else ()
    return (call.status, call.no_answer, call.detail, said, call.objects == 0)


def _answer_evidence(same: Sequence[Call], list_title: str) -> Iterator[Evidence]:
    first, asked = same[0], f"GET {same[0].path}"
    source = asked if len(same) == 1 else _services(same)
    if first.no_answer:
        known = words.load()
        detail = known.no_answer_in(first.detail) or str(first.status or "")
        told = words.told(known.no_answer, first.no_answer, detail)
        yield Evidence("call_failure", told, "", source)
        return
    yield Evidence(
        "call_answer", _answer(first.error) if first.error else str(first.status), "", source
    )
    if first.error:
        yield from _error_evidence(first, first.error, asked, list_title)
        wait = _longest_wait(same)
        if wait:
            yield Evidence("retry_after", int(wait), "s", source)
    elif first.objects == 0:
        yield Evidence("call_found_nothing", 0, "objects", source)
    yield Evidence("call_time", max(call.duration_ms for call in same), "ms", source)


def _error_evidence(
    call: Call, error: GraphError, source: str, list_title: str
) -> Iterator[Evidence]:
    reading = graph_errors.load().reading(error)
    yield Evidence("call_reading", words.told(words.load().kind, reading.kind), "", list_title)
    for label, value, sensitivity in (
        ("inner_codes", ", ".join(error.inner_codes), Sensitivity.PUBLIC),
        ("microsoft_text", error.message, Sensitivity.IDENTITY),
        ("request_id", error.request_id, Sensitivity.PUBLIC),
        ("client_request_id", call.client_request_id, Sensitivity.PUBLIC),
        ("microsoft_time", error.date or call.time, Sensitivity.PUBLIC),
    ):
        if value:
            yield Evidence(label, value, "", source, sensitivity)


CHECK = Check(
    "graph_calls",
    CauseId.GRAPH_FORBIDDEN,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    45.0,
    GraphCalls,
    observe,
    judge,
)
