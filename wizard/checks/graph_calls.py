# SPDX-License-Identifier: MIT
"""Does Microsoft Graph answer the app, service by service, and if not, for which reason?

The same 403 may come from a missing role, a security policy, a licence or a limit on one mailbox:
the catalogue of answers, the token's roles and other objects of the service tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from wizard.checks.base import Check, Context, Need, could_not_check, ok, problem, warning
from wizard.checks.graph_calls_evidence import answer_of, call_evidence, longest_wait, services
from wizard.checks.graph_challenges import challenged, follow_up_evidence
from wizard.checks.sign_in import sign_in_evidence
from wizard.graph import challenged as challenges
from wizard.graph import graph_errors, probes, sign_in_errors, words
from wizard.graph.challenged import Asking, FollowUp
from wizard.graph.deadline import Stopwatch
from wizard.graph.graph_errors import GraphError, Kind
from wizard.graph.probes import FORBIDDEN, Call
from wizard.graph.sign_in_report import Failure, Report
from wizard.model import CauseId, Evidence, Finding, Outcome, Value, Workload
from wizard.product import Confidence, Product

SOURCE = "graph_errors"
CHALLENGE = "claims_challenge"  # the row of the catalogue
DEADLINE_S = 45.0
FOLLOW_UP_SHARE = 0.8  # of the time that is left, so that what was found is still told
# Kinds of answers that stay until somebody changes something, and so prove a lasting fault.
_LASTING = (Kind.CONDITIONAL_ACCESS, Kind.OBJECT_LEVEL)
_HARMLESS = (Kind.ITEM, Kind.HISTORIC)
# What is normal for single objects where others are granted.
_NORMAL = (*_HARMLESS, Kind.LICENCE)
_NO_ANSWER = "check.graph_calls.no_answer"
_UNANSWERED = {
    probes.NOT_MICROSOFT: "check.graph_calls.foreign",
    probes.NOTHING_LISTED: "check.graph_calls.nothing_listed",
}
# Answers that a proxy on the way gives, too.
_UNMARKED = {
    Kind.THROTTLED: "check.graph_calls.throttled_unmarked",
    Kind.SERVICE_FAULT: "check.graph_calls.fault_unmarked",
}
_WORST_FIRST = (Outcome.PROBLEM, Outcome.COULD_NOT_CHECK, Outcome.WARNING)


@dataclass(frozen=True)
class GraphCalls:
    """The sign-in, the token's roles (None: it has no such claim), and the calls."""

    report: Report
    roles: tuple[str, ...] | None
    calls: tuple[Call, ...]  # of each service one after the other, the one that decides last
    readable: bool = True  # whether anything can be told of the token
    follow_up: FollowUp | None = None  # where Graph asked for another token


def observe(context: Context) -> GraphCalls:
    """Sign in, then one read-only call per service; a challenge is followed once."""
    watch, signed_in = Stopwatch(), context.sign_in()
    claims = signed_in.claims
    if signed_in.token is None:
        return GraphCalls(signed_in.report, claims.roles, (), claims.readable)
    cloud, scope = context.cloud().cloud, context.scope
    calls = probes.run(cloud, scope, context.host, signed_in.token, context.cancel, claims=claims)
    follow_up, first = None, challenges.first(calls)
    if first:
        asking = Asking(cloud, scope, context.credentials, context.host, context.cancel)
        left = min(DEADLINE_S, scope.timeout_s or DEADLINE_S) - watch.ms() / 1000
        follow_up = asking.follow(first, FOLLOW_UP_SHARE * left)
    return GraphCalls(signed_in.report, claims.roles, calls, claims.readable, follow_up)


def judge(seen: GraphCalls, product: Product) -> Finding:
    """The worst of what the calls met."""
    if not seen.report.signed_in:
        return _not_signed_in(seen.report, tuple(sign_in_evidence(seen.report, product)))
    title = product.sources[SOURCE].title
    calls = call_evidence(seen.calls, _let_in(seen), title)
    evidence = (*follow_up_evidence(seen.follow_up, product), *calls)
    by_service = groupby(seen.calls, key=lambda call: call.workload)
    met = [_met_by_service(tuple(calls), seen) for _, calls in by_service]
    bad = sorted((finding for finding in met if finding), key=_badness)
    if bad:
        return replace(bad[0], evidence=evidence)
    if not seen.calls:
        return could_not_check("check.graph_calls.none_made", evidence=evidence)
    values = {
        "count": len(met),
        "services": services(seen.calls),
        "slowest": max(call.duration_ms for call in seen.calls),
    }
    return ok("check.graph_calls.granted", values=values, evidence=evidence, source=SOURCE)


def _let_in(seen: GraphCalls) -> set[Workload]:
    """The services that the app may use by its token, or of which it was granted something."""
    return {
        call.workload
        for call in seen.calls
        if call.is_ok or probes.has_role(seen.roles, call.any_of)
    }


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


def _met_by_service(calls: Sequence[Call], seen: GraphCalls) -> Finding | None:
    """What the calls of one service say, None when all is well."""
    decided, refused = calls[-1], [call for call in calls if call.error]
    if not decided.is_ok:
        return _met(decided, len(calls), seen)
    odd = [call for call in refused if _kind(call) not in _NORMAL]
    if not odd:
        return None
    values = _values(odd[0], len(calls), longest_wait(seen.calls)) | {"count": len(odd)}
    return warning("check.graph_calls.some_refused", values=values, source=SOURCE)


def _kind(call: Call) -> Kind:
    return graph_errors.load().reading(call.error).kind if call.error else Kind.UNKNOWN


def _met(call: Call, tried: int, seen: GraphCalls) -> Finding | None:
    """What the call that decides says; `tried` is the number of objects."""
    values = _values(call, tried, longest_wait(seen.calls))
    if call.no_answer:
        return could_not_check(_UNANSWERED.get(call.no_answer, _NO_ANSWER), values=values)
    if call.error is None:
        return None
    if graph_errors.load().reading(call.error).id == CHALLENGE:
        told = challenged(seen.follow_up)
    else:
        told = _refused(call, call.error, seen)
    return replace(told, values={**values, **told.values}, source=SOURCE)


def _values(call: Call, tried: int, wait: str) -> dict[str, Value]:
    probe = probes.load().of(call.workload)
    values: dict[str, Value] = {
        "service": probe.name,
        "objects": probe.objects,
        "wanted": ", ".join(call.any_of),
        "detail": words.load().no_answer_in(f"{call.no_answer}: {call.detail}"),
        "wait": words.load().wait(wait),
        "tried": tried,
    }
    if call.error:
        values |= {"status": call.error.status, "answer": answer_of(call.error)}
    return values


def _refused(call: Call, error: GraphError, seen: GraphCalls) -> Finding:
    reading = graph_errors.load().reading(error)
    has_role = probes.has_role(seen.roles, call.any_of)
    if reading.kind is Kind.PERMISSION:
        return _permission(call, has_role=has_role, readable=seen.readable)
    if reading.kind is Kind.UNKNOWN and error.status != FORBIDDEN:
        return could_not_check(reading.text_id)
    if reading.kind is Kind.UNKNOWN:
        return problem(reading.text_id, decisive=has_role)
    one_user = reading.kind is Kind.LICENCE and "{id}" in call.path
    if one_user or reading.kind in _HARMLESS:
        return warning(reading.text_id)
    if not error.is_graphs_own and reading.kind in _UNMARKED:
        return problem(_UNMARKED[reading.kind])
    if reading.kind is Kind.THROTTLED:
        return problem(f"{reading.text_id}_wait")
    is_proof = reading.confidence is not Confidence.INFERRED
    is_lasting = reading.kind in (*_LASTING, Kind.LICENCE)
    return problem(reading.text_id, decisive=is_lasting and is_proof)


def _permission(call: Call, *, has_role: bool, readable: bool) -> Finding:
    """A missing role is for the check of permissions to prove; a 403 in spite of it is ours."""
    if not readable:
        return problem("check.graph_calls.refused_unreadable")
    if not has_role:
        return problem("check.graph_calls.role_missing")
    exchange = call.workload is Workload.EXCHANGE
    text = "refused_in_spite_of_role_exchange" if exchange else "refused_in_spite_of_role"
    return problem(f"check.graph_calls.{text}", decisive=True)


CHECK = Check(
    "graph_calls",
    CauseId.GRAPH_FORBIDDEN,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    DEADLINE_S,
    GraphCalls,
    observe,
    judge,
)
