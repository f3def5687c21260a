# SPDX-License-Identifier: MIT
"""What a hostile proxy sends back of the sign-in, as a real server on a real socket."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from wizard.graph import proxies, reach, tunnel
from wizard.graph.http import Http, NoAnswer
from wizard.graph.proxies import Route
from wizard.host.base import ProxySetting

USER, WORD = "svc-backup", "Pass%20w0rd-12"
PAIR = base64.b64encode(b"svc-backup:Pass w0rd-12").decode()
SECRETS = ("svc-backup", "Pass w0rd-12", "w0rd", PAIR)
ECHOES = [
    f"HTTP/1.1 407 {PAIR}\r\n\r\n",
    "HTTP/1.1 403 svc-backup Pass w0rd-12\r\n\r\n",
    "HTTP/1.1 407 No\r\nProxy-Authenticate: w0rd-12 x\r\nProxy-Authenticate: svc-backup\r\n"
    f"Proxy-Authenticate: {PAIR}\r\nProxy-Authenticate: Basic\r\n\r\n",
]


@contextmanager
def saying(*answers: str) -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that says this to everybody, and keeps what it was sent."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                with line:
                    got.append(line.recv(65536))
                    line.sendall("".join(answers).encode("latin-1"))

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], got


def route(port: int, user: str = USER, word: str = WORD) -> Route:
    place = ProxySetting("HTTPS_PROXY", f"http://{user}:{word}@127.0.0.1:{port}")
    return proxies.pick((place,), "login.test")


@pytest.mark.parametrize("answer", ECHOES)
def test_ask_when_the_proxy_echoes_the_sign_in_then_nothing_of_it_is_kept(answer: str) -> None:
    with saying(answer) as (port, got):
        way = route(port)
        told = tunnel.ask(way, "127.0.0.1", "login.test", 443, 5.0)
        reached = reach.reach(way, "login.test", 443, 5.0)
    assert PAIR.encode() in got[0]
    assert told.status in (403, 407)
    assert not any(secret in f"{told}{reached}" for secret in SECRETS)


@pytest.mark.parametrize("answer", ECHOES)
def test_get_when_the_proxy_echoes_the_sign_in_then_nothing_of_it_is_told(answer: str) -> None:
    with (
        saying(answer) as (port, got),
        Http(route(port), None) as http,
        pytest.raises(NoAnswer) as caught,
    ):
        http.get("https://login.test/", {}, 5.0)
    assert PAIR.encode() in got[0]
    assert not any(secret in f"{caught.value}{caught.value.detail}" for secret in SECRETS)
    assert caught.value.detail[:3] in ("403", "407")


def test_ask_when_the_password_is_a_status_then_the_answer_is_still_read() -> None:
    with saying("HTTP/1.1 200 OK\r\n\r\n") as (port, _):
        assert tunnel.ask(route(port, word="200"), "127.0.0.1", "a.test", 443, 5.0).is_open


def test_both_when_the_password_is_not_latin_then_it_is_sent_alike() -> None:
    pair = base64.b64encode("svc-backup:пароль".encode())
    with saying("HTTP/1.1 407 No\r\n\r\n") as (port, got):
        way = route(port, word="%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C")
        tunnel.ask(way, "127.0.0.1", "login.test", 443, 5.0)
        with Http(way, None) as http, pytest.raises(NoAnswer):
            http.get("https://login.test/", {}, 5.0)
    assert len(got) == 2
    assert all(pair in one for one in got)


def test_ask_when_an_announcement_comes_first_then_the_answer_after_it_counts() -> None:
    with saying("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n") as (port, _):
        assert tunnel.ask(route(port), "127.0.0.1", "login.test", 443, 5.0).is_open
