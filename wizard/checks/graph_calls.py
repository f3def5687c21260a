# SPDX-License-Identifier: MIT
"""Does Microsoft Graph answer the app, service by service, and if not, for which reason?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wizard.checks import graph_call_reasons, graph_calls_beside
from wizard.checks.base import Check, Context, Need, could_not_check, ok, problem
from wizard.checks.graph_call_reasons import NOTHING_THERE, SOURCE, Around, Reason
from wizard.checks.graph_calls_evidence import call_evidence, longest_wait, services
from wizard.checks.graph_challenges import follow_up_evidence
from wizard.checks.sign_in import sign_in_evidence
from wizard.graph import challenged as challenges
from wizard.graph import probes, sign_in_errors, words
from wizard.graph.challenged import Asking, FollowUp
from wizard.graph.deadline import Stopwatch
from wizard.graph.probes import Call
from wizard.graph.sign_in_report import Failure, Report
from wizard.model import CauseId, Evidence, Finding, Value, Workload
from wizard.product import Product

DEADLINE_S = 45.0
WITH_LOGS_S = DEADLINE_S + 30.0  # where the logs are waited for, which are read meanwhile
FOLLOW_UP_SHARE = 0.8  # of the time that is left, so that what was found is still told


@dataclass(frozen=True)
class GraphCalls:
    """The sign-in, the token's roles (None: it has no such claim), and the calls."""

    report: Report
    roles: tuple[str, ...] | None
    calls: tuple[Call, ...]  # of each service one after the other, the one that decides last
    readable: bool = True  # whether anything can be told of the token
    follow_up: FollowUp | None = None  # where Graph asked for another token
    # Of refusals that may be about single objects: the services whose newest run was refused the
    # same request. None: no log tells.
    logged: tuple[Workload, ...] | None = None
    switched_off: tuple[Workload, ...] = ()  # refused, and no token is issued for it either


def observe(context: Context) -> GraphCalls:
    """Sign in, then one read-only call per service; a challenge is followed once."""
    watch, signed_in = Stopwatch(), context.sign_in()
    claims = signed_in.claims
    if signed_in.token is None:
        return GraphCalls(signed_in.report, claims.roles, (), claims.readable)
    cloud, scope = context.cloud().cloud, context.scope
    calls = context.graph_calls()
    follow_up, first = None, challenges.first(calls)
    if first:
        asking = Asking(cloud, scope, context.credentials, context.host, context.cancel)
        left = min(DEADLINE_S, scope.timeout_s or DEADLINE_S) - watch.ms() / 1000
        follow_up = asking.follow(first, FOLLOW_UP_SHARE * left)
    return GraphCalls(
        signed_in.report,
        claims.roles,
        calls,
        claims.readable,
        follow_up,
        graph_calls_beside.logged(context, calls),
        graph_calls_beside.switched_off(context, calls),
    )


def judge(seen: GraphCalls, product: Product) -> Finding:
    """The worst of what the calls met; services that met the same are told together."""
    if not seen.report.signed_in:
        return _not_signed_in(seen.report, tuple(sign_in_evidence(seen.report, product)))
    if not seen.calls:
        return could_not_check("check.graph_calls.none_made")
    reasons = _reasons(seen)
    bad = any(map(_is_bad, reasons))
    told = graph_call_reasons.leading(reasons, _asked(seen)) if bad else _well(reasons, seen)
    return replace(told, evidence=_evidence(seen.calls, seen, product))


def each(seen: GraphCalls, product: Product) -> tuple[Finding, ...]:
    """A finding for each reason of a refusal, with its own evidence; without one, none."""
    bad = [reason for reason in _reasons(seen) if _is_bad(reason)]
    told = graph_call_reasons.told(bad, _asked(seen))
    return tuple(
        replace(finding, evidence=_evidence(reason.calls, seen, product))
        for reason, finding in zip(bad, told, strict=True)
    )


def _evidence(calls: Sequence[Call], seen: GraphCalls, product: Product) -> tuple[Evidence, ...]:
    """What these calls met; what followed a challenge stands with the one that met it."""
    followed = seen.follow_up if challenges.first(calls) else None
    title = product.sources[SOURCE].title
    return (
        *follow_up_evidence(followed, product),
        *call_evidence(calls, _let_in(seen), title),
    )


def _reasons(seen: GraphCalls) -> tuple[Reason, ...]:
    wait = longest_wait(seen.calls)
    around = Around(
        client_id=seen.report.client_id,
        roles=seen.roles,
        readable=seen.readable,
        follow_up=seen.follow_up,
        wait=wait,
        logged=seen.logged,
        switched_off=seen.switched_off,
    )
    return graph_call_reasons.of(seen.calls, around)


def _is_bad(reason: Reason) -> bool:
    return reason.finding is not None and reason.finding.text != NOTHING_THERE


def _asked(seen: GraphCalls) -> int:
    return len({call.workload for call in seen.calls})


def _well(reasons: Sequence[Reason], seen: GraphCalls) -> Finding:
    """What was granted; a service without any object is never among it."""
    empty = [one.finding for one in reasons if one.finding]
    granted = [call for one in reasons if not one.finding for call in one.calls]
    if not granted:
        return next(graph_call_reasons.told(reasons, _asked(seen)))
    values: dict[str, Value] = {
        "count": len({call.workload for call in granted}),
        "services": services(granted),
        "slowest": max(call.duration_ms for call in granted),
    }
    if not empty:
        return ok("check.graph_calls.granted", values=values, source=SOURCE)
    values |= {name: empty[0].values[name] for name in ("service", "objects")}
    return ok("check.graph_calls.granted_where_possible", values=values, source=SOURCE)


def _let_in(seen: GraphCalls) -> set[Workload]:
    """The services that the app may use by its token, or of which it was granted something."""
    return {
        call.workload
        for call in seen.calls
        if call.is_ok or probes.has_role(seen.roles, call.any_of)
    }


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


CHECK = Check(
    "graph_calls",
    CauseId.GRAPH_FORBIDDEN,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    WITH_LOGS_S,
    GraphCalls,
    observe,
    judge,
)
