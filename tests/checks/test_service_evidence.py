# SPDX-License-Identifier: MIT
"""What is shown of the services beside Graph."""

from __future__ import annotations

from pathlib import Path

from tests.support.microsoft365 import running
from wizard.checks import service_evidence
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.sample_access import SampleAccess
from wizard.graph import resource_tokens
from wizard.graph.resource_tokens import Resource, ResourceToken
from wizard.graph.service_call import ServiceCall
from wizard.model import Sensitivity
from wizard.product import Product


def token(folder: Path, access: SampleAccess) -> ResourceToken:
    with running(Behaviour(exchange=access), folder) as m365:
        signed_in = m365.context().resource_tokens[Resource.EXCHANGE]()
    return resource_tokens.recorded(Resource.EXCHANGE, signed_in)


def test_refusal_when_a_token_came_then_that_alone(tmp_path: Path, product: Product) -> None:
    shown = list(service_evidence.refusal_evidence(token(tmp_path, SampleAccess()), product))
    assert [(row.label, row.value) for row in shown] == [
        ("service_token_issued", "Office 365 Exchange Online")
    ]


def test_refusal_when_none_came_then_all_that_the_logs_are_searched_by(
    tmp_path: Path, product: Product
) -> None:
    refused = token(tmp_path, SampleAccess(token_error=500014))
    shown = {row.label: row for row in service_evidence.refusal_evidence(refused, product)}
    assert shown["service_token_refused"].value == "Office 365 Exchange Online"
    assert shown["sign_in_code"].value == "AADSTS500014"
    assert shown["correlation_id"].value
    assert shown["microsoft_text"].sensitivity is Sensitivity.IDENTITY


def test_roles_when_the_token_has_none_then_said(tmp_path: Path) -> None:
    (row,) = service_evidence.role_evidence(token(tmp_path, SampleAccess()))
    assert row.value == "none"
    assert "was not verified" in row.source


def test_call_when_answered_then_status_words_and_ids_with_the_request() -> None:
    call = ServiceCall("GET x", 403, code="Denied", words="No.", request_id="a", duration_ms=3.0)
    shown = {row.label: row for row in service_evidence.call_evidence(call)}
    assert shown["service_answer"].value == "403 Denied"
    assert shown["microsoft_text"].value == "No."
    assert (shown["call_time"].value, shown["call_time"].unit) == (3.0, "ms")
    assert {row.source for row in shown.values()} == {"GET x"}


def test_call_when_unanswered_then_where_it_broke_and_no_time() -> None:
    call = ServiceCall("GET x", no_answer="timeout", detail="8 s")
    (row,) = service_evidence.call_evidence(call)
    assert (row.label, row.value) == ("call_failure", "no answer in time (8 s)")
