# SPDX-License-Identifier: MIT
"""How fast a document comes over the line, counted in bytes of the line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import requests
from urllib3.exceptions import ReadTimeoutError

from wizard.graph.deadline import Deadline, Stopwatch

CHUNK_BYTES = 65536


@dataclass(frozen=True)
class Downloaded:
    """How much of a document came how fast, counted as it came over the line.

    The time runs from the first piece on, which is not counted: what comes before is no download.
    """

    status_code: int
    content_type: str
    size_bytes: int
    seconds: float
    is_whole: bool  # the document ended before there was enough of it


def measure(
    call: Callable[..., requests.Response], enough_bytes: int, seconds: float
) -> Downloaded:
    """Make the call and read until there is enough, the time is up, or the document ends."""
    with call(timeout=seconds, allow_redirects=False, stream=True) as response:
        response.raw.read1(CHUNK_BYTES, decode_content=False)
        watch, deadline, size, is_whole = Stopwatch(), Deadline(seconds), 0, False
        while size < enough_bytes and not deadline.over and not is_whole:
            piece = _piece(response)
            size, is_whole = size + len(piece or b""), piece == b""
        return Downloaded(
            status_code=response.status_code,
            content_type=response.headers.get("Content-Type", "").partition(";")[0],
            size_bytes=size,
            seconds=watch.ms() / 1000,
            is_whole=is_whole,
        )


def _piece(response: requests.Response) -> bytes | None:
    """What comes next; None when the line is silent, b"" at the end of the document."""
    try:
        return bytes(response.raw.read1(CHUNK_BYTES, decode_content=False))
    except ReadTimeoutError:
        return None
