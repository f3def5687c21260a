# SPDX-License-Identifier: MIT
"""Can the app registration that the backup uses sign in?

A refusal that comes from the network, from Conditional Access or from a licence is no matter of
permissions: it is told by the checks of those causes, and this one says where to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from wizard import codec
from wizard.checks.base import Check, Context, Need, could_not_check, ok, problem
from wizard.graph import sign_in_errors
from wizard.graph.sign_in_report import Credential, Report, SignInError
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Confidence, Product

SOURCE = "sign_in_errors"


def observe(context: Context) -> Report:
    """Take the shared sign-in."""
    return context.sign_in().report


def judge(seen: Report, _product: Product) -> Finding:
    """By the catalogue; a code that isn't in it stays unknown."""
    evidence = tuple(sign_in_evidence(seen))
    if seen.error:
        return _refused(seen.error, evidence)
    if not seen.signed_in:
        values = {"detail": seen.detail or "-", "host": urlsplit(seen.url).hostname or ""}
        text = f"check.sign_in.no_answer.{seen.failure}"
        return could_not_check(text, values=values, evidence=evidence)
    text = f"check.sign_in.signed_in_with_{seen.credential}"
    return ok(text, values={"ms": seen.duration_ms}, evidence=evidence, source=SOURCE)


def _refused(error: SignInError, evidence: tuple[Evidence, ...]) -> Finding:
    catalogue = sign_in_errors.load()
    found = catalogue.known(error.codes)
    more = {"evidence": evidence, "source": SOURCE}
    if found is None:
        return problem("check.sign_in.unknown_code", values={"code": _named(error)}, **more)
    code, entry = found
    cause = catalogue.cause(entry)
    if cause is not CauseId.PERMISSIONS:
        return could_not_check(f"check.sign_in.elsewhere.{cause}", values={"code": code}, **more)
    return problem(entry.text_id, values={"code": code}, **more, decisive=True)


def _named(error: SignInError) -> str:
    """The first code, or the word where Microsoft gave no code."""
    return f"AADSTS{error.codes[0]}" if error.codes else error.word


def sign_in_evidence(seen: Report) -> Iterator[Evidence]:
    """What was asked, and what came back."""
    source = f"POST https://{urlsplit(seen.url).netloc}/oauth2/v2.0/token"
    yield Evidence("tenant_id", seen.tenant_id, "", source, Sensitivity.IDENTITY)
    yield Evidence("client_id", seen.client_id, "", source, Sensitivity.IDENTITY)
    yield Evidence("credential", str(seen.credential), "", source)
    if seen.credential is Credential.CERTIFICATE and seen.certificate_expires:
        expires = codec.to_rfc3339(seen.certificate_expires)
        yield Evidence("certificate_valid_to", expires, "", "--certificate")
        yield Evidence("certificate_thumbprint", seen.certificate_thumbprint, "", "--certificate")
    yield Evidence("sign_in_time", seen.duration_ms, "ms", source)
    if seen.error:
        yield from _error_evidence(seen.error, source)
    elif seen.failure:
        yield Evidence("sign_in_failure", f"{seen.failure}: {seen.detail}", "", source)
        if seen.retry_after:
            yield Evidence("retry_after", seen.retry_after, "s", source)
        if seen.client_request_id:
            yield Evidence("client_request_id", seen.client_request_id, "", source)


def _error_evidence(error: SignInError, source: str) -> Iterator[Evidence]:
    yield Evidence("sign_in_code", _named(error), "", source)
    found = sign_in_errors.load().known(error.codes)
    if found:
        yield Evidence("who_can_mend", str(found[1].who), "", SOURCE)
        if found[1].confidence is not Confidence.VENDOR:
            yield Evidence("meaning_confidence", str(found[1].confidence), "", SOURCE)
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
