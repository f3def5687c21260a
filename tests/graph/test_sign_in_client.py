# SPDX-License-Identifier: MIT
"""What the sign-in library is given: replies it can read, and the last one kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.microsoft365 import host
from wizard.demo.loopback import Loopback, Response
from wizard.graph import proxies
from wizard.graph.http import Http
from wizard.graph.sign_in_client import SignInClient, UnusableReply
from wizard.model import Scope

ROUTE = proxies.choose(Scope(), host(), "localhost")


def asked(response: Response, ask: Callable[[SignInClient, str], object]) -> SignInClient:
    with Loopback(lambda _: response) as server, Http(ROUTE, None) as http:
        client = SignInClient(http, 5)
        ask(client, f"http://localhost:{server.port}/token")
    return client


@pytest.mark.parametrize("status", [200, 400, 401])
def test_post_when_json_then_handed_on_and_kept(status: int) -> None:
    client = asked(Response(status, '{"a": 1}'), lambda c, url: c.post(url, data={"x": "y"}))
    assert (client.last_status, client.last_url.endswith("/token")) == (status, True)
    assert client.last is not None
    assert client.last.text == '{"a": 1}'


@pytest.mark.parametrize(
    "response",
    [
        Response(429, ""),
        Response(429, '{"error": "x"}'),
        Response(503, "<html>"),
        Response(500, '{"error": "x"}'),
        Response(200, "<html>"),
        Response(200, "[1]"),
        Response(400, ""),
    ],
)
def test_post_when_the_library_would_stumble_then_named_before(response: Response) -> None:
    kept: list[SignInClient] = []

    def ask(client: SignInClient, url: str) -> None:
        kept.append(client)
        client.post(url, data={})

    with pytest.raises(UnusableReply):
        asked(response, ask)
    assert kept[0].last_status == response.status


def test_get_when_parameters_then_in_the_address() -> None:
    client = asked(Response(200, "{}"), lambda c, url: c.get(url, params={"a": "b c"}))
    assert client.last is not None
    assert client.last.url.endswith("/token?a=b+c")
