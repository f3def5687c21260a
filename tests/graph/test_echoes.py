# SPDX-License-Identifier: MIT
"""A secret that is sent back is masked, whatever it looks like and however it is written."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from tests.support.microsoft365 import host
from wizard.demo.loopback import Loopback, Response
from wizard.graph import echoes, graph_errors, proxies
from wizard.graph.http import Http, Reply
from wizard.model import Scope

OPAQUE = "opaque/sample+PLANTED=="
SIGNATURE = "c2lnbmF0dXJlLVBMQU5URUQ"
JWT = f"eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL2cifQ.{SIGNATURE}"
ROUTE = proxies.choose(Scope(), host(), "localhost")


def sent_back(body: str, token: str, **headers: str) -> Reply:
    """The reply of a server that knows what it was sent."""
    answer = Response(401, body, headers={k.replace("_", "-"): v for k, v in headers.items()})
    with Loopback(lambda _: answer) as server, Http(ROUTE, None) as http:
        sent = {"Authorization": f"Bearer {token}"}
        return http.get(f"http://localhost:{server.port}/x", sent, 5)


@pytest.mark.parametrize(
    "form",
    [
        OPAQUE,
        quote(OPAQUE, safe=""),
        OPAQUE.replace("/", "\\/"),
        OPAQUE.replace("/", "\\u002F").replace("+", "\\u002B").replace("=", "\\u003D"),
        OPAQUE.replace("/", "\\u002f").replace("+", "\\u002b").replace("=", "\\u003d"),
    ],
)
def test_without_when_sent_back_in_any_form_then_masked(form: str) -> None:
    assert echoes.without(f"blocked: {form}!", OPAQUE) == "blocked: ***!"


def test_without_when_only_the_signature_comes_back_then_masked() -> None:
    assert echoes.without(f"bad signature {SIGNATURE}", JWT) == "bad signature ***"


def test_without_when_nothing_was_sent_then_as_it_is() -> None:
    assert echoes.without("blocked", "") == "blocked"


@pytest.mark.parametrize("token", [OPAQUE, JWT])
def test_get_when_the_token_is_sent_back_then_in_no_part_of_the_reply(token: str) -> None:
    body = {"error": {"code": token, "message": f"blocked {token}", "innerError": {"date": token}}}
    reply = sent_back(json.dumps(body), token, request_id=token, Retry_After=token)
    error = graph_errors.of_reply(reply)
    assert "PLANTED" not in f"{reply.text} {dict(reply.headers)} {error} {reply!r}"
    assert SIGNATURE not in f"{reply.text} {dict(reply.headers)} {error}"
    assert error.message == "blocked ***"


def test_get_when_the_token_is_inside_a_challenge_then_masked() -> None:
    claims = json.dumps({"access_token": {"x": {"value": OPAQUE}}})
    hidden = base64.b64encode(claims.encode()).decode()
    challenge = f'Bearer error="insufficient_claims", claims="{hidden}"'
    error = graph_errors.of_reply(sent_back("{}", OPAQUE, WWW_Authenticate=challenge))
    assert "***" in error.claims
    assert "PLANTED" not in error.claims
