# SPDX-License-Identifier: MIT
"""A download ends when there is enough of it or the time is up, and counts bytes of the line."""

from __future__ import annotations

import pytest

from tests.support.http_client import client, plain
from wizard.demo.loopback import Request, Response
from wizard.graph.http import NoAnswer, NoAnswerKind


def test_download_when_quick_then_ends_as_soon_as_there_is_enough() -> None:
    with plain(lambda _: Response(200, "x" * 3_000_000)) as url, client() as http:
        found = http.download(url, 500_000, 5)
    assert 500_000 <= found.size_bytes < 1_000_000
    assert (found.status_code, found.is_whole) == (200, False)
    assert found.seconds < 3


def test_download_when_short_then_whole() -> None:
    with plain(lambda _: Response(200, "x" * 1000)) as url, client() as http:
        found = http.download(url, 500_000, 5)
    assert found.is_whole
    assert found.size_bytes <= 1000


def test_download_when_slow_then_what_came_in_the_time() -> None:
    def answer(_request: Request) -> Response:
        return Response(200, "x" * 400, seconds=4.0, drip=True)

    with plain(answer) as url, client() as http:
        found = http.download(url, 500_000, 0.6)
    assert 0.5 < found.seconds < 2
    assert 10 < found.size_bytes < 200
    assert not found.is_whole


def test_download_when_nothing_comes_then_no_answer() -> None:
    silent = plain(lambda _: Response(200, "x", seconds=20))
    with silent as url, client() as http, pytest.raises(NoAnswer) as told:
        http.download(url, 500_000, 0.3)
    assert told.value.kind is NoAnswerKind.TIMEOUT


def test_download_when_served_compressed_then_bytes_of_the_line_are_counted() -> None:
    def answer(request: Request) -> Response:
        assert request.headers["accept-encoding"] == "identity"
        return Response(200, "x" * 70_000, headers={"Content-Encoding": "gzip"})

    with plain(answer) as url, client() as http:
        assert http.download(url, 500_000, 5).is_whole  # not taken apart, so no error either
