# SPDX-License-Identifier: MIT
"""A refusal is taken apart into fields, without the secret."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from wizard.graph import sign_in_report
from wizard.graph.sign_in_report import Credential
from wizard.model import Secret

BODY = {
    "error": "invalid_client",
    "error_description": (
        "AADSTS7000215: Invalid client secret\r\n provided.  Trace ID: t Correlation ID: c"
    ),
    "error_codes": [7000215],
    "trace_id": "t",
    "correlation_id": "c",
    "timestamp": "2026-11-20 02:11:45Z",
}


def test_error_of_when_microsofts_then_fields_and_text_without_ids() -> None:
    error = sign_in_report.error_of(BODY, 401, None)
    assert error is not None
    assert error.message == "AADSTS7000215: Invalid client secret provided."
    assert (error.codes, error.word, error.status) == ((7000215,), "invalid_client", 401)
    assert (error.trace_id, error.correlation_id) == ("t", "c")
    assert error.timestamp == "2026-11-20T02:11:45Z"


def test_error_of_when_codes_are_missing_then_from_the_text() -> None:
    body = {key: value for key, value in BODY.items() if key != "error_codes"}
    error = sign_in_report.error_of(body, 401, None)
    assert error is not None
    assert error.codes == (7000215,)


@pytest.mark.parametrize("body", [{}, {"hello": 1}, {"error": "x"}, {"error_description": "y"}])
def test_error_of_when_not_microsofts_then_none(body: dict[str, Any]) -> None:
    assert sign_in_report.error_of(body, 400, None) is None


def test_error_of_when_text_holds_the_secret_then_masked() -> None:
    body = {**BODY, "error_description": "AADSTS1234: you sent PLANTED as secret"}
    error = sign_in_report.error_of(body, 400, Secret("PLANTED"))
    assert error is not None
    assert error.message == "AADSTS1234: you sent *** as secret"


def test_error_of_when_text_is_long_then_cut() -> None:
    error = sign_in_report.error_of({**BODY, "error_description": "AADSTS1234 " * 900}, 400, None)
    assert error is not None
    assert len(error.message) == sign_in_report.MESSAGE_LENGTH


POLICY = "01234567-89ab-4def-8edc-ba9876543210"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([POLICY], (POLICY,)),
        ([POLICY, POLICY.upper()], (POLICY, POLICY.upper())),
        (["PLANTED", 5, None], ()),
        (POLICY, ()),
    ],
)
def test_error_of_when_a_policy_is_named_then_its_id_and_nothing_else(
    values: Any, found: tuple[str, ...]
) -> None:
    claims = {"access_token": {"capolids": {"essential": True, "values": values}}}
    body = {**BODY, "suberror": "message_only", "claims": json.dumps(claims)}
    error = sign_in_report.error_of(body, 400, None)
    assert error is not None
    assert error.policies == found


def test_request_when_told_then_with_a_placeholder_for_the_tenant() -> None:
    url = "https://login.test:8443/5a5a5a5a-1111-4222-8333-444444444444/oauth2/v2.0/token"
    made = datetime(2026, 11, 24, tzinfo=UTC)
    report = sign_in_report.Report(url, "t", "c", Credential.SECRET, made, 1.0, signed_in=True)
    assert report.request == "POST https://login.test:8443/{tenant}/oauth2/v2.0/token"
