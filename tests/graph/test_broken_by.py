# SPDX-License-Identifier: MIT
"""The innermost cause of a broken request, in words that hold nothing of what was sent."""

from __future__ import annotations

from http.client import BadStatusLine, IncompleteRead, RemoteDisconnected

import pytest
import requests
from urllib3.exceptions import DecodeError

from wizard.graph import broken_by


def test_reason_when_errors_are_nested_then_the_innermost_in_its_words() -> None:
    inner = ConnectionRefusedError(111, "Connection refused")
    error = requests.ConnectionError("GET https://x/?secret=PLANTED", inner)
    assert broken_by.chain(error) == [error, inner]
    assert broken_by.reason(error) == "Connection refused"


def test_reason_when_a_proxy_refuses_then_only_its_status_in_standard_words() -> None:
    error = OSError("Tunnel connection failed: 407 PLANTED")
    assert broken_by.reason(error) == "407 Proxy Authentication Required"


def test_reason_when_the_line_ends_then_told() -> None:
    error = RemoteDisconnected("Remote end closed connection without response")
    assert broken_by.reason(error) == "the connection was closed without an answer"


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        (TimeoutError("timed out"), "no answer in time"),
        (IncompleteRead(b"PLANTED", 9), "the answer broke off before its end"),
        (BadStatusLine("PLANTED"), "what came is no answer of a web server"),
        (DecodeError("PLANTED"), "what came could not be unpacked"),
        (ConnectionResetError(), "the connection was cut"),
    ],
)
def test_reason_when_an_error_has_no_own_words_then_ours(inner: Exception, told: str) -> None:
    assert broken_by.reason(requests.ConnectionError("PLANTED", inner)) == told


def test_reason_when_what_came_is_unreadable_then_nothing_of_it() -> None:
    assert broken_by.reason(ValueError("PLANTED")) == broken_by.UNREADABLE
