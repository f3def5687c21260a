# SPDX-License-Identifier: MIT
"""Does the real Microsoft 365 answer, without a page in between, and is this clock right?

Sign-in errors whose cause lies in the network, such as tenant restrictions, are told here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from wizard.checks import clock, own_way
from wizard.checks.base import Check, Context, Need, ok, problem, warning
from wizard.checks.not_reached import distinct, not_reached
from wizard.checks.own_way import NOT_LOOKED_AT, JavasWay
from wizard.checks.sign_in import sign_in_evidence
from wizard.errors import CannotCheck
from wizard.graph import network_data, sign_in, sign_in_errors, words
from wizard.graph.answer import Answer, AnswerKind
from wizard.graph.network_data import Method
from wizard.graph.network_path import Layer, NetworkPath
from wizard.graph.sign_in_errors import KnownError
from wizard.graph.sign_in_report import Credential, Failure, Report
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Product

# Answers that are no fault of the way, in the order in which they are told.
_WARNINGS = (
    AnswerKind.SERVICE_FAULT,
    AnswerKind.THROTTLED,
    AnswerKind.UNEXPECTED,
)
# Answers that come from something in between, or not at all.
_PROBLEMS = {
    AnswerKind.CAPTIVE: "captive",
    AnswerKind.NOT_MICROSOFT: "not_microsoft",
    AnswerKind.NONE: "none",
}


@dataclass(frozen=True)
class EndpointAnswer:
    """The answer of one endpoint; None where a layer before it broke."""

    endpoint: str
    host: str
    shown_url: str  # what was asked, with {tenant} in place of the id
    answer: Answer | None
    broken: Layer | None
    java: JavasWay = NOT_LOOKED_AT  # where it isn't Microsoft 365 that answered

    @property
    def method(self) -> str:
        """How it was asked."""
        asked = (e.method for e in network_data.load().endpoints if e.id == self.endpoint)
        return next(asked, Method.GET)

    @property
    def is_foreign(self) -> bool:
        """Whether something in between answered, or nothing."""
        return self.answer is not None and self.answer.kind in _PROBLEMS


@dataclass(frozen=True)
class Answers:
    """All endpoints, and the sign-in if there was one."""

    answers: tuple[EndpointAnswer, ...]
    signs_in_with: Credential | None  # what is known of how the backup signs in
    report: Report | None


def observe(context: Context) -> Answers:
    """Take the answers from the shared walk, and the sign-in where one is possible."""
    tenant = context.scope.tenant_id
    answers = tuple(_answer(path, tenant, context) for path in context.network())
    return Answers(answers, _credential(context), _report(context))


def _credential(context: Context) -> Credential | None:
    if context.scope.certificate:
        return Credential.CERTIFICATE
    return Credential.SECRET if context.credentials.client_secret else None


def _answer(path: NetworkPath, tenant: str | None, context: Context) -> EndpointAnswer:
    shown = path.url.replace(f"/{tenant}/", "/{tenant}/") if tenant else path.url
    got = EndpointAnswer(path.endpoint, path.host, shown, path.answer, path.broken)
    return replace(got, java=own_way.of_java(context, path)) if got.is_foreign else got


def _report(context: Context) -> Report | None:
    if not sign_in.can_sign_in(context.scope, context.credentials):
        return None
    try:
        return context.sign_in().report
    except CannotCheck:  # told by the sign-in check itself
        return None


def judge(seen: Answers, product: Product) -> Finding:
    """The broken answer first, then what the network did to the sign-in, then the clock."""
    told = (
        _broken(seen.answers)
        or _refused_by_network(seen.report)
        or _restricted(seen.answers)
        or _missed(seen.answers)
        or clock.wrong(_clocks(seen.answers), product)
        or _doubtful(seen.answers)
        or _sign_in_lost(seen.report)
        or clock.off(_clocks(seen.answers), seen.signs_in_with, product)
        or _slow(seen.answers)
        or _fine(seen.answers)
    )
    return Finding(
        told.outcome,
        told.text,
        told.values,
        (
            *_evidence(seen, product),
            *own_way.evidence(o.java for o in seen.answers if o.is_foreign),
        ),
        decisive=told.decisive,
        source=told.source,
    )


def _broken(answers: Sequence[EndpointAnswer]) -> Finding | None:
    foreign = [one for one in answers if one.is_foreign]
    mattering = [one for one in foreign if not one.java.is_other] or foreign
    for kind, text in _PROBLEMS.items():
        same = [one for one in mattering if one.answer and one.answer.kind is kind]
        if same:
            values = _values(same)
            found = problem(f"check.http_answer.{text}", values=values)
            reason = words.told(words.load().no_answer, _word(same[0]))
            ways = [one.java for one in same]
            return own_way.weighed(found, ways, {**values, "reason": reason})
    return None


def _word(one: EndpointAnswer) -> str:
    """The id of what came in place of an answer."""
    return str((one.answer.broken or one.answer.kind) if one.answer else "")


def _refused_by_network(report: Report | None) -> Finding | None:
    found = sign_in_errors.load().known(report.error.codes) if report and report.error else None
    if found is None or sign_in_errors.load().cause(found[1]) is not CauseId.CONNECTIVITY:
        return None
    code, entry = found
    values = {"code": code}
    return problem(entry.text_id, values=values, decisive=True, source="sign_in_errors")


def _missed(answers: Sequence[EndpointAnswer]) -> Finding | None:
    missed = [one for one in answers if one.answer is None]
    return not_reached(missed) if missed else None


def _doubtful(answers: Sequence[EndpointAnswer]) -> Finding | None:
    for kind in _WARNINGS:
        same = [one for one in answers if one.answer and one.answer.kind is kind]
        if same:
            return warning(f"check.http_answer.{kind}", values=_values(same))
    return _refused(answers)


def _restricted(answers: Sequence[EndpointAnswer]) -> Finding | None:
    """A refusal without sign-in that the network brings about, such as tenant restrictions."""
    for code, entry in _known_codes(answers):
        if sign_in_errors.load().cause(entry) is CauseId.CONNECTIVITY:
            values = {"code": code}
            return problem(entry.text_id, values=values, decisive=True, source="sign_in_errors")
    return None


def _refused(answers: Sequence[EndpointAnswer]) -> Finding | None:
    """A refusal that neither the tenant nor the network explains."""
    same = [one.answer for one in answers if one.answer]
    code = next((one.code for one in same if one.kind is AnswerKind.SIGN_IN_ERROR), None)
    if code is None:
        return None
    passing = next((entry for _, entry in _known_codes(answers) if not entry.is_lasting), None)
    text = passing.text_id if passing else "check.http_answer.sign-in-error"
    return warning(text, values={"code": code}, source="sign_in_errors")


def _known_codes(answers: Sequence[EndpointAnswer]) -> Iterator[tuple[int, KnownError]]:
    codes = [one.answer.code for one in answers if one.answer and one.answer.code]
    for code in codes:
        known = sign_in_errors.load().known([code])
        if known:
            yield known


def _sign_in_lost(report: Report | None) -> Finding | None:
    """The way is open, and yet the sign-in got no answer: a larger request, and a POST."""
    if report is None or report.failure is not Failure.NETWORK:
        return None
    host = urlsplit(report.url).hostname or ""
    values = {"hosts": host, "detail": words.load().no_answer_in(report.detail) or "-"}
    return warning("check.http_answer.sign_in_lost", values=values, source="wizard")


def _clocks(answers: Sequence[EndpointAnswer]) -> list[float]:
    """Seconds that this clock is ahead of each of the endpoints'."""
    known = [one.answer.clock_ahead_s for one in answers if one.answer]
    return [ahead for ahead in known if ahead is not None]


def _slow(answers: Sequence[EndpointAnswer]) -> Finding | None:
    slow = [one for one in answers if one.answer and one.answer.is_slow]
    if not slow:
        return None
    slowest = max(one.answer.duration_ms for one in slow if one.answer)
    values = {**_values(slow), "slowest": slowest, "limit": network_data.load().limits.slow_ms}
    return warning("check.http_answer.slow", values=values, source="wizard")


def _fine(answers: Sequence[EndpointAnswer]) -> Finding:
    """That it knows no such tenant is an answer, too; the check tenant_cloud warns of it."""
    got = [one.answer for one in answers if one.answer]
    values = {"count": len(got), "slowest": max(one.duration_ms for one in got)}
    if any(one.kind is AnswerKind.TENANT_UNKNOWN for one in got):
        return ok("check.http_answer.real_but_tenant", values=values, source="sign_in_errors")
    return ok("check.http_answer.real", values=values)


def _values(same: Sequence[EndpointAnswer]) -> dict[str, str | int]:
    first = same[0].answer
    return {
        "hosts": distinct(one.host for one in same),
        "count": len({one.host for one in same}),
        "wait": words.load().wait(first.retry_after if first else ""),
        "status": (first.status if first else None) or 0,
        "words": (first.words or first.location or first.content_type if first else "") or "-",
        "location": (first.location if first else "") or "-",
        "detail": words.load().no_answer_in(first.detail if first else "") or "-",
    }


def _evidence(seen: Answers, product: Product) -> Iterator[Evidence]:
    known = words.load()
    for one in seen.answers:
        if one.answer is None:
            continue
        source = f"{one.method} {one.shown_url}"
        detail = known.no_answer_in(one.answer.detail)
        broken = words.told(known.no_answer, one.answer.broken or "", detail)
        told = one.answer.status or broken
        yield Evidence("answer_status", told, "", source)
        if one.answer.code:
            yield Evidence("sign_in_code", f"AADSTS{one.answer.code}", "", source)
        if one.answer.words:
            yield Evidence("answer_words", one.answer.words, "", source, Sensitivity.HOST)
        if one.answer.location:
            yield Evidence("answer_location", one.answer.location, "", source, Sensitivity.HOST)
        if one.answer.request_id:
            yield Evidence("request_id", one.answer.request_id, "", source)
        yield Evidence("answer_time", one.answer.duration_ms, "ms", source)
        if one.answer.clock_ahead_s is not None:
            yield clock.evidence(one.answer.clock_ahead_s, one.host)
    yield from _sign_in_evidence(seen.report, product)


def _sign_in_evidence(report: Report | None, product: Product) -> Iterator[Evidence]:
    """All of the sign-in where it is told here; its code alone where another check tells it."""
    if report and _refused_by_network(report):
        yield from sign_in_evidence(report, product)
    elif report and report.error:
        codes = ", ".join(f"AADSTS{code}" for code in report.error.codes)
        yield Evidence("sign_in_code", codes or report.error.word, "", report.request)


CHECK = Check(
    "http_answer", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 30.0, Answers, observe, judge
)
