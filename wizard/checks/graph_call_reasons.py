# SPDX-License-Identifier: MIT
"""For which reasons did Microsoft Graph refuse services, and which services by each?

Services that met the same are told in one sentence. The same 403 may come from a missing role, a
security policy, a licence or a limit on one mailbox: the catalogue of answers, the token's roles
and other objects of the service tell them apart. What may be about single objects, which nobody
need back up, proves nothing unless the backup's own logs show it, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from wizard.checks.base import could_not_check, not_applicable, problem, warning
from wizard.checks.graph_call_numbers import NORMAL, besides, deciding, is_of_one, kind_of
from wizard.checks.graph_calls_beside import SERVICE_DISABLED
from wizard.checks.graph_calls_evidence import answer_of, in_short
from wizard.checks.graph_challenges import challenged
from wizard.graph import graph_errors, permissions, probes, words
from wizard.graph.challenged import FollowUp
from wizard.graph.graph_errors import GraphError, Kind, KnownAnswer
from wizard.graph.probes import FORBIDDEN, Call
from wizard.model import Finding, Outcome, Value, Workload
from wizard.product import Confidence

SOURCE = "graph_errors"
CHALLENGE = "claims_challenge"  # the row of the catalogue
NOTHING_THERE = "check.graph_calls.nothing_there"
# Kinds of answers that stay until somebody changes something, and so prove a lasting fault.
_LASTING = (Kind.CONDITIONAL_ACCESS, Kind.OBJECT_LEVEL, Kind.LICENCE)
_SAYS_NOTHING = "says_nothing"  # a row of the catalogue, too
_HARMLESS = (Kind.ITEM, Kind.HISTORIC)
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
_SOME_REFUSED = "check.graph_calls.some_refused"  # its numbers are those of one service
_IN_SPITE = "check.graph_calls.refused_in_spite_of_role"
_NO_REASON = "check.graph_calls.no_reason_in_spite_of_role"
_SINGLE_SITES = "check.graph_calls.single_sites"
_SWITCHED_OFF = "check.graph_calls.switched_off"
_ROLE_MISSING = "check.graph_calls.role_missing"
_UNREADABLE = "check.graph_calls.refused_unreadable"
_BY_PERMISSION = (_ROLE_MISSING, _UNREADABLE)  # of which each service takes others
# Which say themselves how many, or are of the app and no object.
_WITHOUT_NUMBERS = (_SOME_REFUSED, *_BY_PERMISSION, _SINGLE_SITES)
_WORST_FIRST = (
    *(Outcome.PROBLEM, Outcome.COULD_NOT_CHECK, Outcome.WARNING),
    Outcome.NOT_APPLICABLE,
)
_SERVICES = "check.graph_calls.of_services"
_OTHERS = "check.graph_calls.of_services_and_others"


@dataclass(frozen=True)
class Around:
    """What stands around the calls: the token's roles, a challenge that was followed.

    `wait` is the longest time that an answer asks to wait. `logged` are the services whose newest
    run was refused the same, `switched_off` those of which another check tells it.
    """

    client_id: str
    roles: tuple[str, ...] | None
    readable: bool
    follow_up: FollowUp | None
    wait: str
    logged: tuple[Workload, ...] | None
    switched_off: tuple[Workload, ...]


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
    return tuple(sorted((_together(alike, around) for alike in met.values()), key=_badness))


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
    own = reason.calls[0].workload if finding.text == _SOME_REFUSED else None
    return (finding.text, finding.outcome, finding.decisive, own)


def _badness(reason: Reason) -> tuple[int, bool, bool, int]:
    """Sort key: what passes by itself stands behind what stays."""
    finding = reason.finding
    if finding is None:
        return (len(_WORST_FIRST), True, True, 0)
    passes = kind_of(deciding(reason.calls)) in _UNMARKED
    outcome = _WORST_FIRST.index(finding.outcome)
    return (outcome, not finding.decisive, passes, -reason.services)


def _together(alike: Sequence[Reason], around: Around) -> Reason:
    """One reason of several services, each value of theirs once."""
    findings = [reason.finding for reason in alike if reason.finding]
    calls = tuple(call for reason in alike for call in reason.calls)
    if not findings:
        return Reason(None, calls)
    text, values = findings[0].text, _merged([finding.values for finding in findings])
    with_numbers = text not in _WITHOUT_NUMBERS
    values["besides"] = besides([r.calls for r in alike], around.logged) if with_numbers else ""
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
    """What the calls of one service say."""
    decided, refused = deciding(calls), [call for call in calls if call.error]
    if not decided.is_ok:
        return Reason(_met(decided, calls, around), calls)
    odd = [call for call in refused if kind_of(call) not in NORMAL]
    if not odd:
        return Reason(None, calls)
    values = _values(odd[0], calls, around) | {"count": len(odd)}
    return Reason(warning(_SOME_REFUSED, values=values, source=SOURCE), calls)


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
    if reading.kind is Kind.PERMISSION or reading.id == _SAYS_NOTHING:
        return _permission(call, reading.kind, around)
    if reading.kind is Kind.UNKNOWN:
        told = problem if error.status == FORBIDDEN else could_not_check
        return told(reading.text_id)
    if reading.kind in _HARMLESS:
        return warning(reading.text_id)
    if not error.is_graphs_own and reading.kind in _UNMARKED:
        return problem(_UNMARKED[reading.kind])
    if reading.kind is Kind.THROTTLED:
        return problem(f"{reading.text_id}_wait")
    is_proof = reading.confidence is not Confidence.INFERRED
    if reading.is_of_one:
        return _of_one(call, reading, is_logged=_is_logged(call, around), is_proof=is_proof)
    if reading.id == SERVICE_DISABLED and call.workload in around.switched_off:
        return not_applicable(_SWITCHED_OFF)
    return problem(reading.text_id, decisive=reading.kind in _LASTING and is_proof)


def _of_one(call: Call, reading: KnownAnswer, *, is_logged: bool, is_proof: bool) -> Finding:
    """Without the logs it is a hint; an account without the service tells nothing of the app."""
    if reading.kind is Kind.LICENCE:
        return warning(reading.text_id) if is_logged else could_not_check(reading.text_id)
    if not is_logged:
        return warning(reading.text_id)
    return problem(reading.text_id, decisive=is_proof)


def _is_logged(call: Call, around: Around) -> bool:
    return call.workload in (around.logged or ())


def _permission(call: Call, kind: Kind, around: Around) -> Finding:
    """A missing role is for the check of permissions to prove; a 403 in spite of it is ours."""
    if not around.readable:
        return problem(_UNREADABLE)
    if not probes.has_role(around.roles, call.any_of):
        single = permissions.load().single_sites in (around.roles or ())
        is_chosen = call.workload is Workload.SHAREPOINT and single
        return warning(_SINGLE_SITES) if is_chosen else problem(_ROLE_MISSING)
    if kind is Kind.UNKNOWN:
        return problem(_NO_REASON)
    exchange = call.workload is Workload.EXCHANGE
    is_sure = _is_logged(call, around) or not is_of_one(call)
    return problem(f"{_IN_SPITE}_exchange" if exchange else _IN_SPITE, decisive=is_sure)
