# SPDX-License-Identifier: MIT
"""Where in a stream of bytes the lines worth a closer look are, each with what surrounds it.

One pass, constant memory: blocks overlap by the room a record may take, so that a record is whole
wherever the border of a block falls. Literals are looked for in the bytes; only lines that hold one
are decoded.
"""

from __future__ import annotations

import codecs
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

from wizard.nakivo import log_encoding, log_runs, log_times
from wizard.nakivo.log_encoding import decode
from wizard.nakivo.log_runs import Timeline
from wizard.nakivo.log_signatures import Limits
from wizard.nakivo.log_times import UNKNOWN_YEARS, Years

BLOCK_BYTES = 1 << 20
_SAMPLES = 200  # lines of a flood that are looked at, per block and literal


class Stop:
    """Whether reading shall end: cancelled, or out of time."""

    def __init__(self, cancel: threading.Event, seconds: float | None = None) -> None:
        self.seconds = seconds
        self._cancel = cancel
        self._end = None if seconds is None else time.monotonic() + seconds

    @property
    def is_cancelled(self) -> bool:
        """Nobody waits for the answer any more."""
        return self._cancel.is_set()

    @property
    def is_late(self) -> bool:
        """The time for reading is over."""
        return self._end is not None and time.monotonic() >= self._end


class Readable(Protocol):
    """What a log is read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""


@dataclass(frozen=True)
class Line:
    """A line that holds a literal. What surrounds it is decoded only when asked for.

    `head` is how it begins, where `text` is only a part of a very long line; `earlier` is the time
    of the last timed line of the block before. `stands_for` counts it and those left out after it.
    """

    number: int
    text: str
    head: str
    buffer: bytes
    start: int
    end: int
    room: int
    earlier: datetime | None
    stands_for: int = 1
    years: Years = UNKNOWN_YEARS

    def alone(self) -> Line:
        """The line without those that it stands for."""
        return self if self.stands_for == 1 else replace(self, stands_for=1)

    @cached_property
    def before(self) -> str:
        """Whole lines before it, as far as a record may reach."""
        floor = max(0, self.start - self.room)
        if floor:
            floor = self.buffer.find(b"\n", floor, self.start) + 1 or self.start
        return decode(self.buffer[floor : self.start])

    @cached_property
    def after(self) -> str:
        """Whole lines after it, as far as a record may reach."""
        ceiling = self.end + 1 + self.room
        if ceiling < len(self.buffer):
            ceiling = self.buffer.rfind(b"\n", self.end, ceiling) + 1 or self.end
        return decode(self.buffer[self.end + 1 : ceiling])

    @cached_property
    def time(self) -> datetime | None:
        """Its own time, or that of the line it belongs to."""
        own = log_times.parse(self.head, self.years)
        return own or last_time(self.before, self.years) or self.earlier


class Reading:
    """One log being read: its lines of interest, and what is known of it afterwards."""

    def __init__(
        self,
        literals: Sequence[bytes],
        limits: Limits,
        stop: Stop,
        context: frozenset[bytes] = frozenset(),
        changed: datetime | None = None,
    ) -> None:
        self.bytes = 0
        self.is_text = False
        self.floods: set[bytes] = set()  # literals with so many lines that samples do
        self.encoding: str | None = None
        self.newest: datetime | None = None
        self.timeline = Timeline(timedelta(hours=limits.run_pause_hours))
        self._literals = literals
        self._context = context  # literals that tell nothing new in a line of a flood
        self._limits = limits
        self._stop = stop
        self._changed = changed
        self._latin = False
        self._buffer = b""
        self._begin = 0  # of what hasn't been searched, in the buffer
        self._number = 1  # of the line at _counted
        self._counted = 0  # in the buffer: up to here lines are counted

    def lines(self, stream: Readable) -> Iterator[Line]:
        """Every line with a literal, in order; an overlong one may come once per literal."""
        for block in self._blocks(stream):
            self._take(block)
            yield from self._search(self._border())
        yield from self._search(len(self._buffer))

    def _blocks(self, stream: Readable) -> Iterator[bytes]:
        """The log as bytes of UTF-8 or Latin-1, block by block."""
        block = stream.read(BLOCK_BYTES)
        self.encoding = log_encoding.encoding_of(block)
        decoder = None
        if self.encoding == "utf-8-sig":
            block = block[3:]
            self.bytes += 3
        elif self.encoding:
            decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        while block and not self._stop.is_cancelled:
            self.bytes += len(block)
            # Zeros that are left come from a crash, or from a part in another encoding.
            text = decoder.decode(block).encode() if decoder else block.replace(b"\0", b"")
            self.is_text = self.is_text or (bool(text) and not log_encoding.is_binary(text))
            yield text
            block = stream.read(BLOCK_BYTES)
        if self.encoding is None and self.bytes:
            self.encoding = "latin-1" if self._latin else "utf-8"

    def _take(self, block: bytes) -> None:
        """Append a block; drop what lies further back than a record can reach."""
        if not self._latin and self.encoding is None and not block.isascii():
            self._latin = not log_encoding.is_utf8(block)
        drop = max(0, self._begin - self._limits.record_bytes)
        self._number += self._buffer.count(b"\n", self._counted, drop)
        self._counted = max(self._counted, drop) - drop
        self._begin -= drop
        self._buffer = self._buffer[drop:] + block

    def _border(self) -> int:
        """Up to where the buffer can be searched: a record behind it must be whole."""
        reach = max(self._begin, len(self._buffer) - self._limits.record_bytes)
        newline = self._buffer.rfind(b"\n", self._begin, reach)
        return newline + 1 if newline >= 0 else reach

    def _search(self, border: int) -> Iterator[Line]:
        lines: dict[int, tuple[int, int]] = {}
        for position, stands_for in sorted(self._positions(border)):
            lines.setdefault(self._line_start(position), (position, stands_for))
        for start, (position, stands_for) in lines.items():
            yield self._line(start, position, stands_for)
        self._note_time(border)
        self._begin = border

    def _positions(self, border: int) -> Iterator[tuple[int, int]]:
        """Where literals are, one place per literal and line, with the lines each stands for."""
        for literal in self._literals:
            places = list(self._places(literal, border))
            if self.floods and literal in self._context:
                places = [place for place in places if not self._is_flood(place, border)]
            step = len(places) // _SAMPLES + 1 if literal in self.floods else 1
            for n in range(0, len(places), step):
                yield places[n], min(step, len(places) - n)
            if step > 1 and (len(places) - 1) % step:
                yield places[-1], 0  # the last is looked at, and counted already

    def _places(self, literal: bytes, border: int) -> Iterator[int]:
        # Reaching over the border by a literal's length finds one that an overlong line's
        # border would cut; lines end at a border, so nothing is found twice in others.
        end = border + len(literal) - 1
        position = self._buffer.find(literal, self._begin, end)
        while position >= 0:
            yield position
            newline = self._buffer.find(b"\n", position, border)
            if newline < 0:
                break
            position = self._buffer.find(literal, newline, end)

    def _is_flood(self, place: int, border: int) -> bool:
        start, newline = self._line_start(place), self._buffer.find(b"\n", place, border)
        end = newline if newline >= 0 else border
        return any(self._buffer.find(flood, start, end) >= 0 for flood in self.floods)

    def _line_start(self, position: int) -> int:
        floor = max(0, position - self._limits.line_bytes // 2)
        return max(floor, self._buffer.rfind(b"\n", floor, position) + 1)

    def _line(self, start: int, position: int, stands_for: int) -> Line:
        buffer, limits = self._buffer, self._limits
        ceiling = position + limits.line_bytes // 2
        newline = buffer.find(b"\n", position, ceiling)
        end = newline if newline >= 0 else min(ceiling, len(buffer))
        self._number += buffer.count(b"\n", self._counted, start)
        self._counted = max(self._counted, start)
        first = buffer.rfind(b"\n", 0, start) + 1
        return Line(
            number=self._number,
            text=decode(buffer[start:end]),
            head=decode(buffer[first : min(end, first + log_times.HEAD_BYTES)]),
            buffer=buffer,
            start=start,
            end=end,
            room=limits.record_bytes,
            earlier=self.newest,
            stands_for=stands_for,
            years=self._years,
        )

    @property
    def _years(self) -> Years:
        """What tells the year of lines from here on that name none."""
        return Years(self._changed, self.newest)

    def _note_time(self, end: int) -> None:
        """The time of the last line that has one, before `end`."""
        tail = self._buffer[max(self._begin, end - self._limits.record_bytes) : end]
        years, pause = self._years, self.timeline.pause
        for moment in log_runs.times(self._buffer, self._begin, end, pause, years):
            self.timeline.add(moment)
        self.newest = last_time(decode(tail), years) or self.newest


def last_time(text: str, years: Years = UNKNOWN_YEARS) -> datetime | None:
    """The time of the last line that begins with one."""
    for line in reversed(text.split("\n")):
        moment = log_times.parse(line, years)
        if moment:
            return moment
    return None
