# SPDX-License-Identifier: MIT
"""What shows how the services beside Graph answered: their tokens, and a request to one of them."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.checks.sign_in import sign_in_evidence
from wizard.graph import resource_tokens, words
from wizard.graph.resource_tokens import ResourceToken
from wizard.graph.service_call import ServiceCall
from wizard.model import Evidence, Sensitivity
from wizard.product import Product


def token_evidence(token: ResourceToken) -> Evidence:
    """Whether a token came."""
    name = resource_tokens.load().service(token.resource).name
    label = "service_token_issued" if token.report.signed_in else "service_token_refused"
    return Evidence(label, name, "", token.report.request)


def refusal_evidence(token: ResourceToken, product: Product) -> Iterator[Evidence]:
    """Whether a token came, with all that a search in the sign-in logs needs where none did."""
    yield token_evidence(token)
    if not token.report.signed_in:
        yield from sign_in_evidence(token.report, product)


def role_evidence(token: ResourceToken) -> Iterator[Evidence]:
    """The permissions in it."""
    phrases = words.load().phrase
    told = ", ".join(token.claims.roles or ()) or phrases.nothing
    name = resource_tokens.load().service(token.resource).name
    if token.claims.readable:
        yield Evidence("service_roles", told, "", f"{name}; {phrases.token}")


def call_evidence(call: ServiceCall) -> Iterator[Evidence]:
    """The answer of the service itself."""
    known = words.load()
    if call.no_answer:
        detail = known.no_answer_in(call.detail) or str(call.status or "")
        yield Evidence(
            "call_failure", words.told(known.no_answer, call.no_answer, detail), "", call.request
        )
        return
    told = " ".join(part for part in (str(call.status), call.code) if part)
    yield Evidence("service_answer", told, "", call.request)
    for label, value, sensitivity in (
        ("microsoft_text", call.words, Sensitivity.IDENTITY),
        ("request_id", call.request_id, Sensitivity.PUBLIC),
        ("client_request_id", call.client_request_id, Sensitivity.PUBLIC),
        ("microsoft_time", call.time, Sensitivity.PUBLIC),
    ):
        if value:
            yield Evidence(label, value, "", call.request, sensitivity)
    yield Evidence("call_time", call.duration_ms, "ms", call.request)
