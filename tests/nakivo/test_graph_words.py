# SPDX-License-Identifier: MIT
"""Requests and their status, in the words of logs."""

from __future__ import annotations

import pytest

from wizard.nakivo import graph_words

URL = "https://graph.microsoft.com/v1.0/users"


@pytest.mark.parametrize(
    ("text", "method", "url"),
    [
        (f"GET {URL} 403", "GET", URL),
        (f"method=PATCH, url={URL}", "PATCH", URL),
        (f'{{\\"method\\":\\"POST\\",\\"url\\":\\"{URL}\\"}}', "POST", URL),
        ("url: https:\\/\\/graph.microsoft.com\\/v1.0\\/users", None, URL),
        ("GET /v1.0/users HTTP/1.1\nAccept: */*\nHost: graph.microsoft.us", "GET", "us"),
        ("--> GET https://dod-graph.microsoft.us/beta/sites.", "GET", "sites"),
    ],
)
def test_request_when_it_is_written_in_a_known_way_then_method_and_address(
    text: str, method: str | None, url: str
) -> None:
    asked = graph_words.request(text)
    assert asked.get("method") == method
    assert url in str(asked["url"])


@pytest.mark.parametrize(
    "text",
    [
        "CONNECT graph.microsoft.com:443 HTTP/1.1",
        "java.net.UnknownHostException: graph.microsoft.com",
        "GET https://contoso.sharepoint.com/_api/web",
        "GET /v1.0/users HTTP/1.1\nHost: example.com",
    ],
)
def test_request_when_it_is_none_to_graph_then_empty(text: str) -> None:
    assert graph_words.request(text) == {}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("HTTP/1.1 403 Forbidden", 403),
        ("<-- 429 https://graph.microsoft.com/v1.0/users (12ms)", 429),
        ("failed with status 404", 404),
        ('{"status":503}', 503),
        ('{\\"status\\":503}', 503),
        ("HTTP/1.1 200 OK\nresponse: 410", 410),
        ("returned 403 items", None),
        ("2026-11-23 02:14:07,403 INFO done", None),
    ],
)
def test_status_when_it_is_shown_then_the_first_error_counts(text: str, status: int | None) -> None:
    assert graph_words.status(text) == status
