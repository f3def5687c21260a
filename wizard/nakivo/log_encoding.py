# SPDX-License-Identifier: MIT
"""In which encoding a log is written, told by its bytes, and whether it is text at all."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Which of four bytes are zero in plain English text without a mark at its beginning.
_ZEROS = {
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
_HEAD_BYTES = 4096
_MOSTLY = 0.7
_NO_TEXT = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b")
_BINARY = 0.05  # more of these are no text; what is packed or encrypted has 0.1 of them
_SAMPLES = 4  # of a block
_REPLACED = "\N{REPLACEMENT CHARACTER}".encode()


def encoding_of(head: bytes) -> str | None:
    """The encoding that a log's first bytes name or show; None for UTF-8 and what is like it."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    marked = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    if marked:
        return marked
    part = head[: min(_HEAD_BYTES, len(head) // 4 * 4)]
    if not part:
        return None
    quarter = len(part) / 4 * _MOSTLY
    zeros = tuple(part[n::4].count(0) >= quarter for n in range(4))
    return _ZEROS.get((zeros[0], zeros[1], zeros[2], zeros[3]))


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text; zeros alone don't tell."""
    part = head[:_HEAD_BYTES].replace(b"\0", b"")
    if part.count(_REPLACED) * len(_REPLACED) > _MOSTLY * len(part):
        return True  # the encoding that its zeros showed is none
    return len(part) - len(part.translate(None, _NO_TEXT)) > _BINARY * len(part)


def samples(block: bytes) -> Iterator[bytes]:
    """Parts of a block from its beginning to its end, enough to tell what most of it is."""
    for begin in range(0, len(block), max(_HEAD_BYTES, -(-len(block) // _SAMPLES))):
        yield block[begin : begin + _HEAD_BYTES]


def is_utf8(block: bytes) -> bool:
    """Whether a block can be UTF-8; a character cut at either border is no objection."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(block.lstrip(bytes(range(0x80, 0xC0))))
    except UnicodeDecodeError:
        return False
    return True


def decode(data: bytes) -> str:
    """Text of unknown encoding: UTF-8 where it can be, else Latin-1; line ends made alike."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").rstrip("\r")
