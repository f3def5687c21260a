# SPDX-License-Identifier: MIT
"""The small server: on every address of localhost, gone when closed."""

from __future__ import annotations

import http.client
import socket
import threading
import time

import pytest

from wizard.demo.loopback import Loopback, Request, Response
from wizard.errors import BadInput
from wizard.texts import Texts

LOOPBACK = ("127.0.0.1", 0)


def echo(request: Request) -> Response:
    return Response(200, f"{request.method} {request.path} {request.body.decode()}")


def ask(port: int, method: str = "GET", body: str | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request(method, "/a?b=c", body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_server_when_asked_then_answers_with_path_and_body() -> None:
    with Loopback(echo) as server:
        assert ask(server.port) == (200, "GET /a?b=c ")
        assert ask(server.port, "POST", "x=1") == (200, "POST /a?b=c x=1")


def test_server_when_running_then_on_every_address_of_localhost() -> None:
    found = socket.getaddrinfo("localhost", None, type=socket.SOCK_STREAM)
    with Loopback(echo) as server:
        for family, *_, address in found:
            with socket.socket(family) as sock:
                sock.connect((address[0], server.port))


def test_server_when_localhost_has_two_families_then_one_port_on_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = [(socket.AF_INET6, 1, 6, "", ("::1", 0, 0, 0)), (socket.AF_INET, 1, 6, "", LOOPBACK)]
    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
        running = Loopback(echo)
    with running as server:
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            with socket.socket(family) as sock:
                sock.connect((address, server.port))


def test_server_when_localhost_has_no_address_then_says_what_to_mend(
    monkeypatch: pytest.MonkeyPatch, texts: Texts
) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: real("no.invalid", 1))
    with pytest.raises(BadInput) as refused:
        Loopback(echo)
    assert "localhost" in texts.summary(refused.value)
    assert "hosts file" in texts.advice(refused.value)[0]


def test_server_when_one_client_waits_then_others_are_served() -> None:
    with Loopback(echo) as server, socket.create_connection(("localhost", server.port)):
        assert ask(server.port)[0] == 200


def test_server_when_not_listening_then_refused() -> None:
    with Loopback(echo, listening=False) as server, pytest.raises(ConnectionRefusedError):
        ask(server.port)


def test_server_when_closed_then_refused_and_held_answers_end_at_once() -> None:
    held = Loopback(lambda _: Response(200, "late", seconds=30))
    started = time.monotonic()
    with held:
        waiting = threading.Thread(target=_ask_in_vain, args=(held.port,))
        waiting.start()
        time.sleep(0.1)
    waiting.join(5)
    assert time.monotonic() - started < 3
    with pytest.raises(ConnectionRefusedError):
        ask(held.port)


def _ask_in_vain(port: int) -> None:
    try:
        ask(port)
    except (OSError, http.client.HTTPException):
        return


def test_server_when_clock_is_wrong_then_its_date_header_too() -> None:
    with Loopback(echo, clock_offset_s=-86400 * 400) as server:
        connection = http.client.HTTPConnection("localhost", server.port, timeout=5)
        connection.request("GET", "/")
        date = connection.getresponse().getheader("Date") or ""
        connection.close()
    year = time.gmtime(time.time() - 86400 * 400).tm_year
    assert str(year) in date
