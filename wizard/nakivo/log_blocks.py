# SPDX-License-Identifier: MIT
"""A log as blocks of bytes, each with the places in it that are worth a closer look.

One pass, constant memory: blocks overlap by the room a record may take, so that a record is whole
wherever the border of a block falls.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from wizard.nakivo import log_encoding
from wizard.nakivo.log_search import Place, Search

BLOCK_BYTES = 1 << 20


class Readable(Protocol):
    """What a log is read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""


@dataclass(frozen=True)
class Block:
    """A part of a log. From `begin` to `border` it is new, and around that is what belongs to it.

    `bytes`, `encoding` and `is_text` tell of the log as far as it was read; text is what is
    text for the most part.
    """

    buffer: bytes
    begin: int
    border: int
    places: Sequence[Place]
    bytes: int
    encoding: str
    is_text: bool

    def rest(self, begin: int) -> Block:
        """The part of it from a place on."""
        return replace(self, begin=begin, places=[p for p in self.places if p[0] >= begin])


class Blocks:
    """Cuts one log into blocks and looks for literals in them."""

    def __init__(self, search: Search, record_bytes: int) -> None:
        self._search = search
        self._record_bytes = record_bytes
        self._bytes = 0
        self._samples = 0
        self._text_samples = 0
        self._encoding: str | None = None  # None for what is like UTF-8
        self._latin = False
        self._buffer = b""
        self._begin = 0  # of what hasn't been searched, in the buffer

    def of(self, stream: Readable) -> Iterator[Block]:
        """All blocks of a log."""
        for text in self._texts(stream):
            self._take(text)
            yield self._block(self._border())
        yield from self.rest()

    def rest(self) -> Iterator[Block]:
        """What is left, be it because reading failed."""
        if self._begin < len(self._buffer):
            yield self._block(len(self._buffer))

    def _texts(self, stream: Readable) -> Iterator[bytes]:
        """The log as bytes of UTF-8 or Latin-1, block by block."""
        block = stream.read(BLOCK_BYTES)
        self._encoding = log_encoding.encoding_of(block)
        decoder = None
        if self._encoding == "utf-8-sig":
            block = block[3:]
            self._bytes += 3
        elif self._encoding:
            decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        while block:
            self._bytes += len(block)
            text = decoder.decode(block).encode() if decoder else _without_zeros(block)
            self._look(text)
            yield text
            block = stream.read(BLOCK_BYTES)

    def _look(self, text: bytes) -> None:
        """Note how much of a block is text: a dump among lines leaves a log what it is."""
        for sample in log_encoding.samples(text):
            self._samples += 1
            self._text_samples += not log_encoding.is_binary(sample)

    def _take(self, text: bytes) -> None:
        """Append a block; drop what lies further back than a record can reach."""
        if not self._latin and self._encoding is None and not text.isascii():
            self._latin = not log_encoding.is_utf8(text)
        drop = max(0, self._begin - self._record_bytes)
        self._begin -= drop
        self._buffer = self._buffer[drop:] + text

    def _border(self) -> int:
        """Up to where the buffer can be searched: a record behind it must be whole."""
        reach = max(self._begin, len(self._buffer) - self._record_bytes)
        newline = self._buffer.rfind(b"\n", self._begin, reach)
        return newline + 1 if newline >= 0 else reach

    def _block(self, border: int) -> Block:
        begin, self._begin = self._begin, border
        return Block(
            buffer=self._buffer,
            begin=begin,
            border=border,
            places=self._search.places(self._buffer, begin, border),
            bytes=self._bytes,
            encoding=self._encoding or ("latin-1" if self._latin else "utf-8"),
            is_text=0 < self._samples <= 2 * self._text_samples,
        )


def _without_zeros(block: bytes) -> bytes:
    """Zeros come from a crash, by the megabyte, or from a part in another encoding."""
    text = block.strip(b"\0")
    return text.translate(None, b"\0") if b"\0" in text else text


def once_per_line(block: Block, places: Iterable[Place]) -> Iterator[tuple[int, int, int]]:
    """The first place of each literal in a line: where, which literal, where the line ends."""
    end = -1
    seen: set[int] = set()
    for place, which in places:
        if place >= end:
            newline = block.buffer.find(b"\n", place, block.border)
            end = newline if newline >= 0 else block.border
            seen.clear()
        if which not in seen:
            seen.add(which)
            yield place, which, end
