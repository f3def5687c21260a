# SPDX-License-Identifier: MIT
"""What the calls to Microsoft Graph met, as evidence: each distinct answer once, refusals first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from wizard import codec
from wizard.graph import claims_challenge, graph_errors, moments, probes, words
from wizard.graph.graph_errors import GraphError, Kind
from wizard.graph.probes import Call
from wizard.model import Evidence, Sensitivity, Workload


def answer_of(error: GraphError) -> str:
    """Status and code as one would look them up."""
    return " ".join(part for part in (str(error.status), error.code) if part)


def in_short(call: Call, *, is_let_in: bool) -> str:
    """What a call met in a few words, for a sentence about something else."""
    if call.error is None or call.no_answer:
        return words.told(words.load().no_answer, call.no_answer)
    return f"{answer_of(call.error)}: {_reading(call.error, is_let_in=is_let_in)}"


def longest_wait(calls: Sequence[Call]) -> str:
    """The longest time that an answer asks to wait, in seconds; empty where none says it so."""
    told = [call.error.retry_after for call in calls if call.error]
    in_seconds = [wait for wait in told if moments.seconds_of(wait) is not None]
    return max(in_seconds, key=int, default="")


def services(calls: Sequence[Call]) -> str:
    """What Microsoft calls the services of these calls."""
    return ", ".join(dict.fromkeys(probes.load().name(call.workload) for call in calls))


def call_evidence(
    calls: Sequence[Call], let_in: Collection[Workload], list_title: str
) -> Iterator[Evidence]:
    """Each distinct answer once, with the ids of the first request that met it.

    `let_in` are the services for which the app has a permission: there, a refusal is another thing.
    """
    alike: dict[tuple[object, ...], list[Call]] = {}
    for call in calls:
        alike.setdefault(_distinct(call), []).append(call)
    for same in sorted(alike.values(), key=lambda same: same[0].is_ok):
        yield from _answer_evidence(same, same[0].workload in let_in, list_title)


def _distinct(call: Call) -> tuple[object, ...]:
    """What makes an answer another one: its ids, its time and the time it took don't."""
    error = call.error
    said = (error.status, error.code, error.inner_codes, error.message) if error else ()
    return (call.status, call.no_answer, call.detail, said, call.objects == 0)


def _answer_evidence(same: Sequence[Call], is_let_in: bool, list_title: str) -> Iterator[Evidence]:
    first, asked = same[0], f"GET {same[0].path}"
    source = asked if len({call.path for call in same}) == 1 else services(same)
    if first.no_answer and first.no_answer != probes.NOTHING_THERE:
        known = words.load()
        detail = known.no_answer_in(first.detail) or str(first.status or "")
        told = words.told(known.no_answer, first.no_answer, detail)
        yield Evidence("call_failure", told, "", source)
        return
    yield Evidence(
        "call_answer", answer_of(first.error) if first.error else str(first.status), "", source
    )
    if first.error:
        told = _reading(first.error, is_let_in=is_let_in)
        yield Evidence("call_reading", told, "", list_title)
        if not is_let_in and graph_errors.load().reading(first.error).kind is Kind.PERMISSION:
            yield from _wanted(same)
        yield from _error_evidence(first, first.error, asked)
        wait = longest_wait(same)
        if wait:
            yield Evidence("retry_after", int(wait), "s", source)
    elif first.objects == 0:
        yield Evidence("call_found_nothing", 0, "objects", source)
    yield Evidence("call_time", max(call.duration_ms for call in same), "ms", source)


def _wanted(same: Sequence[Call]) -> Iterator[Evidence]:
    """What each service takes, where the app has none of it."""
    for call in same:
        yield Evidence("call_wanted", ", ".join(call.any_of), "", services([call]))


def _reading(error: GraphError, *, is_let_in: bool) -> str:
    kind = graph_errors.load().reading(error).kind
    if not error.is_graphs_own and kind in (Kind.THROTTLED, Kind.SERVICE_FAULT):
        return words.load().phrase.whose_untold.format(reading=words.told(words.load().kind, kind))
    if kind is Kind.PERMISSION and is_let_in:
        return words.load().phrase.in_spite
    return words.told(words.load().kind, kind)


def _error_evidence(call: Call, error: GraphError, source: str) -> Iterator[Evidence]:
    yield from _permission_evidence(error, source)
    reason = graph_errors.load().challenge_reason(error)
    if reason:
        told = words.told(words.load().challenge_reason, reason, reason)
        yield Evidence("challenge_reason", told, "", source)
    for label, value, sensitivity in (
        ("inner_codes", ", ".join(error.inner_codes), Sensitivity.PUBLIC),
        ("microsoft_text", error.message, Sensitivity.IDENTITY),
        ("request_id", error.request_id, Sensitivity.PUBLIC),
        ("client_request_id", call.client_request_id, Sensitivity.PUBLIC),
        ("microsoft_time", error.date or call.time, Sensitivity.PUBLIC),
    ):
        if value:
            yield Evidence(label, value, "", source, sensitivity)
    if error.claims:
        yield from claims_evidence(error.claims, source)


def _permission_evidence(error: GraphError, source: str) -> Iterator[Evidence]:
    """What the answer itself says of permissions, as Teams does."""
    catalogue = graph_errors.load()
    wanted, sent = catalogue.permissions_wanted(error), catalogue.permissions_sent(error)
    if wanted:
        yield Evidence("graph_wants_one_of", wanted, "", source)
    if sent is not None:
        yield Evidence("graph_saw", sent or words.load().phrase.nothing, "", source)


def claims_evidence(claims: str, source: str) -> Iterator[Evidence]:
    """What a challenge asks for in words; of what has none, Microsoft's names."""
    newer_than = claims_challenge.newer_than(claims)
    if newer_than:
        yield Evidence("challenge_newer_than", codec.to_rfc3339(newer_than), "", source)
    address = claims_challenge.value(claims, claims_challenge.ADDRESS)
    if address:
        yield Evidence(
            "challenge_address", address, "", words.load().phrase.believed, Sensitivity.HOST
        )
    further = claims_challenge.further(claims)
    if further:
        yield Evidence("challenge_claims", ", ".join(further), "", source)
