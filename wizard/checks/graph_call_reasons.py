# SPDX-License-Identifier: MIT
"""For which reasons did Microsoft Graph refuse services, and which services by each?

Services that met the same are told in one sentence. The same 403 may come from a missing role, a
security policy, a licence or a limit on one mailbox: the catalogue of answers, the token's roles
and other objects of the service tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from wizard.checks.base import could_not_check, not_applicable, problem, warning
from wizard.checks.graph_calls_evidence import answer_of, in_short
from wizard.checks.graph_challenges import challenged
from wizard.graph import graph_errors, probes, words
from wizard.graph.challenged import FollowUp
from wizard.graph.graph_errors import GraphError, Kind
from wizard.graph.probes import FORBIDDEN, Call
from wizard.model import Finding, Outcome, Value, Workload
from wizard.product import Confidence

SOURCE = "graph_errors"
CHALLENGE = "claims_challenge"  # the row of the catalogue
NOTHING_THERE = "check.graph_calls.nothing_there"
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
_SOME_REFUSED = "check.graph_calls.some_refused"
_EXCHANGE_REFUSED = "check.graph_calls.refused_in_spite_of_role_exchange"
_BY_NUMBERS = (_SOME_REFUSED, _EXCHANGE_REFUSED)  # which are those of one service
_ROLE_MISSING = "check.graph_calls.role_missing"
_UNREADABLE = "check.graph_calls.refused_unreadable"
_BY_PERMISSION = (_ROLE_MISSING, _UNREADABLE)  # of which each service takes others
_WORST_FIRST = (
    *(Outcome.PROBLEM, Outcome.COULD_NOT_CHECK, Outcome.WARNING),
    Outcome.NOT_APPLICABLE,
)
_SERVICES = "check.graph_calls.of_services"
_OTHERS = "check.graph_calls.of_services_and_others"


@dataclass(frozen=True)
class Around:
    """What stands around the calls: the token's roles, a challenge that was followed.

    `wait` is the longest time that an answer asks to wait.
    """

    client_id: str
    roles: tuple[str, ...] | None
    readable: bool
    follow_up: FollowUp | None
    wait: str


@dataclass(frozen=True)
class Reason:
    """What one or several services met, `finding` None where all is well."""

    finding: Finding | None
    calls: tuple[Call, ...]

    @property
    def services(self) -> int:
        """How many services met it."""
        return len({call.workload for call in self.calls})


def of(calls: Iterable[Call], around: Around) -> tuple[Reason, ...]:
    """The reasons, worst and most frequent first; what was granted stands last."""
    met: dict[object, list[Reason]] = {}
    for _, of_service in groupby(calls, key=lambda call: call.workload):
        reason = _met_by_service(tuple(of_service), around)
        met.setdefault(_alike(reason), []).append(reason)
    return tuple(sorted(map(_together, met.values()), key=_badness))


def told(reasons: Sequence[Reason], asked: int) -> Iterator[Finding]:
    """Each reason as a finding of its own that names its services, of all that were asked."""
    for reason in reasons:
        if reason.finding:
            yield _naming(reason.finding, reason.services, asked)


def leading(reasons: Sequence[Reason], asked: int) -> Finding:
    """The worst reason in full, the others in a few words."""
    first, *further = told(reasons, asked)
    others = ", ".join(f"{one.values['service']} ({one.values['short']})" for one in further)
    if not others:
        return first
    return replace(first, around=_OTHERS, values={**first.values, "others": others})


def _naming(finding: Finding, services: int, asked: int) -> Finding:
    values = {**finding.values, "affected": services, "asked": asked}
    return replace(finding, values=values, around=_SERVICES)


def _alike(reason: Reason) -> object:
    """Equal for what is told together."""
    finding = reason.finding
    if finding is None:
        return None
    own = reason.calls[0].workload if finding.text in _BY_NUMBERS else None
    return (finding.text, finding.outcome, finding.decisive, own)


def _badness(reason: Reason) -> tuple[int, bool, int]:
    finding = reason.finding
    if finding is None:
        return (len(_WORST_FIRST), True, 0)
    return (_WORST_FIRST.index(finding.outcome), not finding.decisive, -reason.services)


def _together(alike: Sequence[Reason]) -> Reason:
    """One reason of several services, each value of theirs once."""
    findings = [reason.finding for reason in alike if reason.finding]
    calls = tuple(call for reason in alike for call in reason.calls)
    if not findings:
        return Reason(None, calls)
    text, values = findings[0].text, _merged([finding.values for finding in findings])
    if len(findings) > 1 and text in _BY_PERMISSION:
        text = f"{text}_each"
    return Reason(replace(findings[0], text=text, values=values), calls)


def _merged(values: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    merged: dict[str, Value] = {}
    for name in (name for one in values for name in one):
        distinct = list(dict.fromkeys(one[name] for one in values if name in one))
        merged[name] = ", ".join(map(str, distinct)) if len(distinct) > 1 else distinct[0]
    return merged


def _met_by_service(calls: tuple[Call, ...], around: Around) -> Reason:
    """What the calls of one service say; the last one decides."""
    decided, refused = calls[-1], [call for call in calls if call.error]
    if not decided.is_ok:
        return Reason(_met(decided, calls, around), calls)
    odd = [call for call in refused if _kind(call) not in _NORMAL]
    if not odd:
        return Reason(None, calls)
    values = _values(odd[0], calls, around) | {"count": len(odd)}
    return Reason(warning(_SOME_REFUSED, values=values, source=SOURCE), calls)


def _kind(call: Call) -> Kind:
    return graph_errors.load().reading(call.error).kind if call.error else Kind.UNKNOWN


def _met(call: Call, calls: Sequence[Call], around: Around) -> Finding | None:
    """What the call that decides says; `calls` are those for the service's objects."""
    values = _values(call, calls, around)
    if call.no_answer == probes.NOTHING_THERE:
        return not_applicable(NOTHING_THERE, values=values, source=SOURCE)
    if call.no_answer:
        return could_not_check(_UNANSWERED.get(call.no_answer, _NO_ANSWER), values=values)
    if call.error is None:
        return None
    if graph_errors.load().reading(call.error).id == CHALLENGE:
        finding = challenged(around.follow_up)
    else:
        finding = _refused(call, call.error, around)
    return replace(finding, values={**values, **finding.values}, source=SOURCE)


def _values(call: Call, calls: Sequence[Call], around: Around) -> dict[str, Value]:
    probe = probes.load().of(call.workload)
    is_let_in = probes.has_role(around.roles, call.any_of)
    values: dict[str, Value] = {
        "service": probe.name,
        "objects": probe.objects,
        "wanted": ", ".join(call.any_of),
        "detail": words.load().no_answer_in(f"{call.no_answer}: {call.detail}"),
        "wait": words.load().wait(around.wait),
        "tried": len(calls),
        "client_id": words.load().client_id(around.client_id),
        "short": in_short(call, is_let_in=is_let_in),
    }
    if call.error:
        values |= {"status": call.error.status, "answer": answer_of(call.error)}
    return values


def _refused(call: Call, error: GraphError, around: Around) -> Finding:
    reading = graph_errors.load().reading(error)
    has_role = probes.has_role(around.roles, call.any_of)
    if reading.kind is Kind.PERMISSION:
        return _permission(call, has_role=has_role, readable=around.readable)
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
        return problem(_UNREADABLE)
    if not has_role:
        return problem(_ROLE_MISSING)
    exchange = call.workload is Workload.EXCHANGE
    text = _EXCHANGE_REFUSED if exchange else "check.graph_calls.refused_in_spite_of_role"
    return problem(text, decisive=True)
