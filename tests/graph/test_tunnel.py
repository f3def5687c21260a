# SPDX-License-Identifier: MIT
"""What a proxy says to CONNECT."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.microsoft365 import host
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.graph import proxies, tunnel
from wizard.graph.proxies import Route
from wizard.graph.tunnel import Tunnel
from wizard.model import Scope

LOOPBACK = "127.0.0.1"


def route(address: str) -> Route:
    return proxies.choose(Scope(), host({"HTTPS_PROXY": address}), "login.test")


def ask(address: str, target: str = "login.test", seconds: float = 2) -> Tunnel:
    return tunnel.ask(route(address), LOOPBACK, target, 443, seconds)


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    """Something that answers any connection with these bytes."""
    with socket.create_server((LOOPBACK, 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://{LOOPBACK}:{server.getsockname()[1]}"


def test_ask_when_sign_in_is_wanted_then_status_and_schemes() -> None:
    behaviour = ProxyBehaviour(schemes=("Negotiate", "NTLM", "Basic"))
    with SignInProxy(behaviour) as proxy:
        said = ask(proxy.address)
    assert (said.status, said.is_open) == (407, False)
    assert said.schemes == ("Negotiate", "NTLM", "Basic")
    assert proxy.targets == ["login.test:443"]


def test_ask_when_refused_then_status() -> None:
    with SignInProxy(ProxyBehaviour(status=403, schemes=())) as proxy:
        said = ask(proxy.address)
    assert (said.status, said.schemes) == (403, ())


def test_ask_when_signed_in_then_open() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        with SignInProxy(ProxyBehaviour(user="u", password="p")) as proxy:
            address = f"http://u:p@{LOOPBACK}:{proxy.port}"
            said = tunnel.ask(route(address), LOOPBACK, LOOPBACK, port, 2)
    assert said.is_open


def test_ask_when_it_is_no_proxy_then_no_status() -> None:
    with saying(b"SSH-2.0-x\r\n\r\n") as address:
        said = ask(address)
    assert (said.status, said.detail) == (None, "not-http")


def test_ask_when_it_hangs_up_then_no_status() -> None:
    with saying(b"") as address:
        assert ask(address).status is None


def test_ask_when_nobody_listens_then_the_systems_words() -> None:
    with socket.socket() as bound:
        bound.bind((LOOPBACK, 0))
        said = ask(f"http://{LOOPBACK}:{bound.getsockname()[1]}")
    assert (said.status, said.detail) == (None, "refused: Connection refused")


def test_ask_when_it_says_nothing_then_ends_in_its_seconds() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        said = ask(f"http://{LOOPBACK}:{server.getsockname()[1]}", seconds=0.2)
    assert said.status is None
    assert said.duration_ms < 4000


def test_line_when_proxy_refuses_then_connection_error() -> None:
    with SignInProxy() as proxy, pytest.raises(ConnectionError, match="407"):
        tunnel.line(route(proxy.address), LOOPBACK, "login.test", 443, 2)


def test_ask_when_the_head_never_ends_then_nothing_passed() -> None:
    endless = b"HTTP/1.1 200 OK\r\n" + b"X-A: aaaaaaaa\r\n" * 8000
    with saying(endless) as address:
        said = ask(address, seconds=10)
    assert (said.is_open, said.detail) == (False, tunnel.NOT_HTTP)


def test_ask_when_schemes_are_huge_or_many_then_only_some_that_can_be_real_are_kept() -> None:
    huge = b"Proxy-Authenticate: S" + b"a" * 3000 + b"\r\n"
    offers = huge + b"".join(b"Proxy-Authenticate: S%d\r\n" % n for n in range(15))
    with saying(b"HTTP/1.1 407 No\r\n" + offers + b"\r\n") as address:
        said = ask(address)
    assert len(said.schemes) == tunnel.MOST_SCHEMES
    assert max(len(scheme) for scheme in said.schemes) <= tunnel.SCHEME_LENGTH


def test_ask_when_the_status_is_no_status_then_no_answer_of_a_proxy() -> None:
    with saying(b"HTTP/1.1 " + b"9" * 5000 + b" No\r\n\r\n") as address:
        said = ask(address)
    assert (said.status, said.detail) == (None, tunnel.NOT_HTTP)


def test_ask_when_the_proxy_sends_back_the_sign_in_then_it_is_not_kept() -> None:
    echo = b"HTTP/1.1 407 Basic am9lOkNuNHJ5Q240cnk= is Cn4ryCn4ry\r\n\r\n"
    with saying(echo) as address:
        said = ask(address.replace("http://", "http://joe:Cn4ryCn4ry@"))
    assert said.reason == "Proxy Authentication Required"
