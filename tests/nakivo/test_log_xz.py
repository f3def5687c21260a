# SPDX-License-Identifier: MIT
"""Logs in .xz files of every make, and of those that want gigabytes to be unpacked."""

from __future__ import annotations

import io
import lzma
import threading
import zlib
from pathlib import Path

import pytest

from wizard.nakivo import log_xz, logs
from wizard.product import Product

TEXT = b"2026-11-23 02:14:07,123 INFO  Block written to the repository\n" * 5000
ZEROS = b"\0" * 8


def packed(dict_bytes: int) -> bytes:
    """A few lines that claim to need so large a dictionary, which packing them doesn't take."""
    # The head of a block holds the size as one byte, and its own sum behind it.
    made = bytearray(lzma.compress(TEXT, preset=0))
    head = made[12 : 12 + (made[12] + 1) * 4]
    head[head.index(0x21) + 2] = _size_byte(dict_bytes)
    head[-4:] = zlib.crc32(head[:-4]).to_bytes(4, "little")
    made[12 : 12 + len(head)] = head
    return bytes(made)


def _size_byte(dict_bytes: int) -> int:
    return next(b for b in range(40) if (2 | b & 1) << (b // 2 + 11) >= dict_bytes)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (lzma.compress(TEXT, preset=9), TEXT),
        (lzma.compress(TEXT) + lzma.compress(b"more"), TEXT + b"more"),
        (lzma.compress(TEXT) + ZEROS + lzma.compress(b"more") + ZEROS, TEXT + b"more"),
        (lzma.compress(b""), b""),
        (packed(64 << 20), TEXT),
    ],
)
def test_unpack_when_an_xz_is_usual_then_its_text(made: bytes, text: bytes) -> None:
    with log_xz.unpack(io.BytesIO(made)) as stream:
        assert stream.read() == text


@pytest.mark.parametrize(
    ("made", "error"),
    [
        (packed(1536 << 20), log_xz.NeedsMemory),
        (lzma.compress(TEXT)[:-9], EOFError),
        (lzma.compress(TEXT) + b"this is no xz at all", lzma.LZMAError),
    ],
)
def test_unpack_when_an_xz_asks_for_too_much_or_is_damaged_then_so(
    made: bytes, error: type[Exception]
) -> None:
    with log_xz.unpack(io.BytesIO(made)) as stream, pytest.raises(error):
        stream.read()


def test_scan_when_an_xz_asks_for_gigabytes_then_it_is_listed_with_that_reason(
    product: Product, tmp_path: Path
) -> None:
    (tmp_path / "a.log.xz").write_bytes(packed(1536 << 20))
    evidence = logs.scan((str(tmp_path),), product, threading.Event())
    assert [(file.bytes, file.skipped) for file in evidence.files] == [(0, "log_unread_memory")]
