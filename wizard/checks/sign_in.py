# SPDX-License-Identifier: MIT
"""Can the app registration that the backup uses sign in?

A refusal that comes from the network, from Conditional Access or from a licence is no matter of
permissions: it is told by the checks of those causes, and this one says where to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from wizard import codec
from wizard.checks.base import Check, Context, Need, could_not_check, ok, problem
from wizard.graph import moments, sign_in_errors, words
from wizard.graph.sign_in_report import Credential, Failure, Report, SignInError
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Confidence, Product

SOURCE = "sign_in_errors"


def observe(context: Context) -> Report:
    """Take the shared sign-in."""
    return context.sign_in().report


def judge(seen: Report, product: Product) -> Finding:
    """By the catalogue; a code that isn't in it stays unknown."""
    evidence = tuple(sign_in_evidence(seen, product))
    if seen.error:
        return _refused(seen.error, evidence)
    if not seen.signed_in:
        values = {
            "detail": words.load().no_answer_in(seen.detail) or "-",
            "host": urlsplit(seen.url).hostname or "",
            "wait": words.load().wait(seen.retry_after),
        }
        text = f"check.sign_in.no_answer.{seen.failure}"
        return could_not_check(text, values=values, evidence=evidence)
    text = f"check.sign_in.signed_in_with_{seen.credential}"
    return ok(text, values={"ms": seen.duration_ms}, evidence=evidence, source=SOURCE)


def _refused(error: SignInError, evidence: tuple[Evidence, ...]) -> Finding:
    catalogue = sign_in_errors.load()
    found = catalogue.known(error.codes)
    more: dict[str, Any] = {"evidence": evidence, "source": SOURCE}
    if found is None:
        return problem("check.sign_in.unknown_code", values={"code": _named(error)}, **more)
    code, entry = found
    if catalogue.cause(entry) is not CauseId.PERMISSIONS:
        text = f"check.sign_in.elsewhere.{entry.page.name.lower()}"
        return could_not_check(text, values={"code": code}, **more)
    return problem(entry.text_id, values={"code": code}, **more, decisive=True)


def _named(error: SignInError) -> str:
    """The first code, or the word where Microsoft gave no code."""
    return f"AADSTS{error.codes[0]}" if error.codes else error.word


def sign_in_evidence(seen: Report, product: Product) -> Iterator[Evidence]:
    """What was asked, and what came back; with all that a search in the sign-in logs needs."""
    source, known = seen.request, words.load()
    yield Evidence("tenant_id", seen.tenant_id, "", source, Sensitivity.IDENTITY)
    yield Evidence("client_id", seen.client_id, "", source, Sensitivity.IDENTITY)
    yield Evidence("credential", words.told(known.credential, seen.credential), "", source)
    if seen.credential is Credential.CERTIFICATE and seen.certificate_expires:
        expires = codec.to_rfc3339(seen.certificate_expires)
        yield Evidence("certificate_valid_to", expires, "", "--certificate")
        yield Evidence("certificate_thumbprint", seen.certificate_thumbprint, "", "--certificate")
    yield Evidence("sign_in_time", seen.duration_ms, "ms", source)
    for one in seen.variables:
        place = f"environment {one.name}"
        yield Evidence("sign_in_variable", one.value, "", place, Sensitivity.HOST)
    if seen.error:
        yield from _error_evidence(seen.error, source, product.sources[SOURCE].title)
    elif seen.failure:
        detail = known.no_answer_in(seen.detail)
        is_network = seen.failure is Failure.NETWORK and detail
        told = detail if is_network else words.told(known.no_answer, seen.failure, detail)
        yield Evidence("sign_in_failure", told, "", source)
        if seen.retry_after:
            yield _wait_evidence(seen.retry_after, source)
        if seen.client_request_id:
            yield Evidence("client_request_id", seen.client_request_id, "", source)


def _wait_evidence(retry_after: str, source: str) -> Evidence:
    """The header holds seconds or a moment."""
    seconds = moments.seconds_of(retry_after)
    if seconds is None:
        return Evidence("retry_after", retry_after, "", source)
    return Evidence("retry_after", seconds, "s", source)


def _error_evidence(error: SignInError, source: str, list_title: str) -> Iterator[Evidence]:
    known = words.load()
    yield Evidence("sign_in_code", _named(error), "", source)
    found = sign_in_errors.load().known(error.codes)
    if found:
        who = words.told(known.who, found[1].who)
        yield Evidence("who_can_mend", who, "", list_title)
        if found[1].confidence is not Confidence.VENDOR:
            meant = words.told(known.confidence, found[1].confidence)
            yield Evidence("meaning_confidence", meant, "", "")
        if found[1].user_only:
            yield Evidence("code_of_users", known.phrase.second_account, "", list_title)
    if error.codes:
        yield Evidence("look_up", sign_in_errors.load().page_of(error.codes[0]), "", list_title)
    for policy in error.policies:
        yield Evidence("policy_id", policy, "", source)
    yield Evidence("microsoft_text", error.message, "", source, Sensitivity.IDENTITY)
    for label, value in (
        ("trace_id", error.trace_id),
        ("correlation_id", error.correlation_id),
        ("microsoft_time", error.timestamp),
    ):
        if value:
            yield Evidence(label, value, "", source)


CHECK = Check(
    "sign_in",
    CauseId.PERMISSIONS,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    30.0,
    Report,
    observe,
    judge,
)
