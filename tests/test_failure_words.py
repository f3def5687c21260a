# SPDX-License-Identifier: MIT
"""What an error is called: the system's words or ours, and never the name of its class."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from pathlib import Path

import pytest

import wizard
from tests.support.real_proxies import LOOPBACK
from wizard import failure_words

SOURCES = Path(wizard.__file__).parent
# What is written for the makers of this program: its own faults, and what was asked by its tests.
OF_FAULTS = {
    "engine.py", "program.py", "cli/selftest.py", "graph/network_walk.py", "gui/bridge.py",
}  # fmt: skip


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (PermissionError(), "access to it is not allowed"),
        (TimeoutError("timed out"), "no answer in time"),
        (ConnectionAbortedError(), "the connection was cut"),
        (ConnectionRefusedError(), "the connection was refused"),
        (UnicodeDecodeError("utf-8", b"PLANTED", 0, 1, "odd"), "it holds characters"),
        (ValueError("PLANTED"), "it holds something that cannot be used"),
        (MemoryError(), "there is not enough memory"),
        (ssl.SSLError(1, "[SSL: ODD] words of it (_ssl.c:1006)"), "words of it"),
        (KeyError("PLANTED"), "it failed in a way that this program has no words for"),
    ],
)
def test_of_when_an_error_has_words_then_those_and_else_ours(error: Exception, told: str) -> None:
    assert failure_words.of(error).startswith(told)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\nhello", "what came is not encrypted"),
        (b"\x15\x03\x01\x00\x02\x02\x28", "the other side refused, as it does without a cipher"),
        (b"\x15\x03\x01\x00\x02\x02\x70", "the other side does not know this host name"),
        (b"", "the connection was closed in the middle of it"),
    ],
)
def test_of_when_encryption_does_not_begin_then_in_words_without_codes(
    answer: bytes, told: str
) -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        threading.Thread(target=answer_once, args=(server, answer), daemon=True).start()
        with (
            socket.create_connection(server.getsockname(), timeout=5) as sock,
            pytest.raises(ssl.SSLError) as caught,
        ):
            ssl.create_default_context().wrap_socket(sock, server_hostname="x.test")
    assert failure_words.of(caught.value).startswith(told)


def answer_once(server: socket.socket, answer: bytes) -> None:
    with server.accept()[0] as sock:
        sock.recv(4096)
        sock.sendall(answer)


def test_sources_when_they_tell_of_an_error_then_nowhere_by_its_class() -> None:
    named = re.compile(r"type\(\w+\)\.__name__")
    found = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if named.search(path.read_text(encoding="utf-8"))
    }
    assert found - OF_FAULTS == {"codec.py", "graph/http.py"}  # a kind of value; a comparison
