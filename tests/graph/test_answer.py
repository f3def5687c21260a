# SPDX-License-Identifier: MIT
"""Real answers are told from pages of something in between."""

from __future__ import annotations

import json
from email.utils import formatdate
from typing import Any

import pytest
from requests.structures import CaseInsensitiveDict

from wizard.graph import answer
from wizard.graph.answer import AnswerKind
from wizard.graph.http import NoAnswer, NoAnswerKind, Reply
from wizard.graph.network_data import Expects

NOW = 1_800_000_000.0
DOCUMENT = {"issuer": "i", "token_endpoint": "t", "msgraph_host": "graph.microsoft.us"}
UNKNOWN_TENANT = {"error": "invalid_tenant", "error_description": "AADSTS90002: not found"}
NO_TOKEN = {"error": {"code": "InvalidAuthenticationToken", "message": "empty"}}
PAGE = "<html><head><TITLE>\n Web filter\n blocked</TITLE></head></html>"


def reply(status: int, body: Any = "", duration_ms: float = 0.0, **headers: str) -> Reply:
    text = body if isinstance(body, str) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(
        "https://x.test", status, CaseInsensitiveDict(named), text, "our-id", duration_ms, NOW
    )


def refusal(code: int) -> dict[str, str]:
    return {"error": "invalid_request", "error_description": f"AADSTS{code}: no. Trace ID: x"}


OPENID, GRAPH = Expects.OPENID_DOCUMENT, Expects.GRAPH_UNAUTHORIZED
EXCHANGE, SHAREPOINT = Expects.EXCHANGE_UNAUTHORIZED, Expects.SHAREPOINT_UNAUTHORIZED
TENANT = "5a5a5a5a-1111-4222-8333-444444444444"


@pytest.mark.parametrize(
    ("expects", "given", "kind"),
    [
        (OPENID, reply(200, DOCUMENT), AnswerKind.EXPECTED),
        (OPENID, reply(400, UNKNOWN_TENANT), AnswerKind.TENANT_UNKNOWN),
        (OPENID, reply(400, refusal(900023)), AnswerKind.TENANT_UNKNOWN),
        (OPENID, reply(400, refusal(500021)), AnswerKind.SIGN_IN_ERROR),
        (OPENID, reply(400, refusal(90033)), AnswerKind.SIGN_IN_ERROR),
        (OPENID, reply(400, refusal(99999999)), AnswerKind.SIGN_IN_ERROR),
        (OPENID, reply(200, PAGE), AnswerKind.NOT_MICROSOFT),
        (OPENID, reply(200, {"hello": 1}), AnswerKind.NOT_MICROSOFT),
        (OPENID, reply(302, "", Location="https://portal.test/login"), AnswerKind.CAPTIVE),
        (OPENID, reply(302, "", Location="/elsewhere"), AnswerKind.NOT_MICROSOFT),
        (OPENID, reply(511, PAGE), AnswerKind.CAPTIVE),
        (OPENID, reply(403, PAGE), AnswerKind.NOT_MICROSOFT),
        (OPENID, reply(429), AnswerKind.THROTTLED),
        (OPENID, reply(503, PAGE), AnswerKind.SERVICE_FAULT),
        (OPENID, reply(599), AnswerKind.SERVICE_FAULT),
        (OPENID, reply(600, PAGE), AnswerKind.NOT_MICROSOFT),
        (GRAPH, reply(999, PAGE), AnswerKind.NOT_MICROSOFT),
        (GRAPH, reply(401, NO_TOKEN, request_id="r"), AnswerKind.EXPECTED),
        (GRAPH, reply(401, NO_TOKEN), AnswerKind.NOT_MICROSOFT),
        (GRAPH, reply(401, PAGE, request_id="r"), AnswerKind.NOT_MICROSOFT),
        (GRAPH, reply(200, PAGE), AnswerKind.NOT_MICROSOFT),
        (GRAPH, reply(200, DOCUMENT), AnswerKind.NOT_MICROSOFT),
        (GRAPH, reply(403, PAGE), AnswerKind.NOT_MICROSOFT),
        (EXCHANGE, reply(401, WWW_Authenticate='Bearer client_id="x"'), AnswerKind.EXPECTED),
        (GRAPH, reply(400, NO_TOKEN, request_id="r"), AnswerKind.UNEXPECTED),
        (GRAPH, reply(404, NO_TOKEN, request_id="r"), AnswerKind.UNEXPECTED),
        (GRAPH, reply(403, NO_TOKEN), AnswerKind.NOT_MICROSOFT),
        (GRAPH, reply(403, PAGE, request_id="r"), AnswerKind.NOT_MICROSOFT),
        (
            SHAREPOINT,
            reply(404, PAGE, Content_Type="text/html", SPRequestGuid="r"),
            AnswerKind.UNEXPECTED,
        ),
        (SHAREPOINT, reply(404, PAGE, Content_Type="text/html"), AnswerKind.NOT_MICROSOFT),
        (EXCHANGE, reply(401), AnswerKind.UNEXPECTED),
        (EXCHANGE, reply(404), AnswerKind.UNEXPECTED),
        (EXCHANGE, reply(403, PAGE, Content_Type="text/html"), AnswerKind.NOT_MICROSOFT),
        (EXCHANGE, reply(302, "", Location="https://portal.test/"), AnswerKind.CAPTIVE),
        (SHAREPOINT, reply(401, WWW_Authenticate=f'Bearer realm="{TENANT}"'), AnswerKind.EXPECTED),
        (SHAREPOINT, reply(401, WWW_Authenticate="NTLM"), AnswerKind.UNEXPECTED),
        (SHAREPOINT, reply(200, PAGE, Content_Type="text/html"), AnswerKind.NOT_MICROSOFT),
    ],
)
def test_read_when_answered_then_kind(expects: Expects, given: Reply, kind: AnswerKind) -> None:
    assert answer.read(given, expects, 0.0).kind is kind


def test_read_when_page_then_its_title() -> None:
    assert answer.read(reply(200, PAGE), GRAPH, 0.0).words == "Web filter blocked"


def test_read_when_redirected_then_where_to() -> None:
    found = answer.read(reply(302, "", Location="https://portal.test/login?a=b"), GRAPH, 0.0)
    assert found.location == "portal.test"


@pytest.mark.parametrize(
    ("server", "round_trip_ms", "ahead"),
    [(NOW, 0, -0.5), (NOW - 600, 0, 599.5), (NOW + 600, 2000, -601.5)],
)
def test_clock_ahead_when_dated_then_corrected_by_half_the_way(
    server: float, round_trip_ms: float, ahead: float
) -> None:
    given = reply(200, "", 9000, Date=formatdate(server, usegmt=True))
    assert answer.clock_ahead(given, round_trip_ms) == ahead


@pytest.mark.parametrize("date", ["", "yesterday", "Tue, 99 Nov 2026 25:00:00 GMT"])
def test_clock_ahead_when_no_date_then_unknown(date: str) -> None:
    assert answer.clock_ahead(reply(200, "", Date=date), 0.0) is None


def test_none_when_broken_then_says_where() -> None:
    found = answer.none("https://x.test", NoAnswer(NoAnswerKind.TIMEOUT, "x.test", "6 s"))
    assert (found.kind, found.broken, found.detail) == (
        AnswerKind.NONE,
        NoAnswerKind.TIMEOUT,
        "6 s",
    )


def test_read_when_throttled_then_how_long_to_wait() -> None:
    assert answer.read(reply(429, Retry_After="90"), GRAPH, 0.0).retry_after == "90"


def test_read_when_sharepoint_refuses_then_the_tenant_it_belongs_to() -> None:
    given = reply(401, WWW_Authenticate=f'Bearer realm="{TENANT.upper()}",client_id="x"')
    assert answer.read(given, SHAREPOINT, 0.0).tenant_realm == TENANT


def test_clock_ahead_when_answer_comes_from_a_store_then_unknown() -> None:
    given = reply(200, "", Date=formatdate(NOW, usegmt=True), Age="3600")
    assert answer.clock_ahead(given, 0.0) is None


@pytest.mark.parametrize("location", ["http://[bad", "https://ev\x1bil.test/", "https://]x/"])
def test_read_when_location_is_no_address_then_still_read(location: str) -> None:
    found = answer.read(reply(302, "", Location=location), GRAPH, 0.0)
    assert found.kind is AnswerKind.CAPTIVE
    assert found.location


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 01 Jan 99999999999 00:00:00 GMT",
        "Mon, 01 Jan 2026 00:00:00 +99999999999999",
        "Fri, 31 Dec 9999 23:00:00 -2300",
    ],
)
def test_read_when_date_is_of_no_calendar_then_no_clock(date: str) -> None:
    found = answer.read(reply(401, NO_TOKEN, request_id="r", Date=date), GRAPH, 0.0)
    assert (found.kind, found.clock_ahead_s) == (AnswerKind.EXPECTED, None)


def test_read_when_refused_then_the_number_and_no_endless_words() -> None:
    body = {"error": "e" * 5000, "error_description": "AADSTS500021: no"}
    found = answer.read(reply(400, body, request_id="r" * 5000), OPENID, 0.0)
    assert (found.code, len(found.words), len(found.request_id)) == (500021, 120, 120)
