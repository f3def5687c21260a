# SPDX-License-Identifier: MIT
"""The sample proxy refuses, asks for a sign-in, or really passes connections on."""

from __future__ import annotations

import base64
import http.client

import pytest

from wizard.demo.loopback import Loopback, Response
from wizard.demo.proxy import ProxyBehaviour, SignInProxy


def through(proxy: SignInProxy, port: int, sign_in: str | None = None) -> str:
    """The answer of a server behind the proxy."""
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=5)
    headers = {}
    if sign_in:
        headers["Proxy-Authorization"] = f"Basic {base64.b64encode(sign_in.encode()).decode()}"
    connection.set_tunnel("localhost", port, headers)
    try:
        connection.request("GET", "/")
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_proxy_when_asked_without_sign_in_then_407() -> None:
    with SignInProxy() as proxy, pytest.raises(OSError, match="407"):
        through(proxy, 443)
    assert proxy.targets == ["localhost:443"]


def test_proxy_when_it_passes_then_the_servers_answer() -> None:
    with (
        Loopback(lambda _: Response(200, "hello" * 5000)) as server,
        SignInProxy(ProxyBehaviour(tunnels=True)) as proxy,
    ):
        assert through(proxy, server.port) == "hello" * 5000


def test_proxy_when_signed_in_then_passes_and_only_then() -> None:
    with (
        Loopback(lambda _: Response(200, "hello")) as server,
        SignInProxy(ProxyBehaviour(user="u", password="p")) as proxy,
    ):
        assert through(proxy, server.port, "u:p") == "hello"
        with pytest.raises(OSError, match="407"):
            through(proxy, server.port, "u:wrong")


def test_proxy_when_closed_then_refused() -> None:
    with SignInProxy() as proxy:
        pass
    with pytest.raises(ConnectionRefusedError):
        through(proxy, 443)
