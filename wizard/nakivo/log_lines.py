# SPDX-License-Identifier: MIT
"""The lines of a log worth a closer look, each with what surrounds it.

Literals were looked for in the bytes; only lines that hold one are decoded.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from wizard.nakivo import log_blocks, log_dates, log_floods, log_runs, log_times
from wizard.nakivo.log_blocks import Block
from wizard.nakivo.log_doubts import Doubts
from wizard.nakivo.log_encoding import decode
from wizard.nakivo.log_runs import Timeline
from wizard.nakivo.log_search import Search
from wizard.nakivo.log_signatures import Limits
from wizard.nakivo.log_times import UNKNOWN_YEARS, Years
from wizard.nakivo.log_zones import comparable

SILENT_S = 30.0  # a disk that slept needs a third of it; a share that is gone never answers
_SILENT_AGAIN_S = 1.0


class Stop:
    """Whether reading shall end: cancelled, or out of time; how long something may be silent."""

    def __init__(
        self,
        cancel: threading.Event,
        seconds: float | None = None,
        silent_s: float = SILENT_S,
    ) -> None:
        self.seconds = seconds
        self.silent_s = silent_s
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

    def silence(self) -> TimeoutError:
        """The error of what gave no answer; whatever else hangs is waited for less."""
        self.silent_s = max(min(self.silent_s, _SILENT_AGAIN_S), self.silent_s / 4)
        return TimeoutError()


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
    def time(self) -> datetime | None:
        """Its own time, or that of the line it belongs to."""
        own = log_times.written(self.head, self.years)
        return own or last_time(self.before, self.years) or self.earlier


class Reading:
    """One log being read: its lines of interest, and what is known of it so far."""

    def __init__(
        self,
        search: Search,
        limits: Limits,
        context: frozenset[bytes] = frozenset(),
        changed: datetime | None = None,
    ) -> None:
        self.bytes = 0
        self.is_text = False
        self.floods: set[bytes] = set()  # literals with so many lines that samples do
        self.encoding: str | None = None
        self.newest: datetime | None = None  # the last in the order of lines
        self.timeline = Timeline(timedelta(hours=limits.run_pause_hours))
        self._search = search
        self._context = context  # literals that tell nothing new in a line of a flood
        self._limits = limits
        self.doubts = Doubts()
        self.latest: datetime | None = None
        self._years = Years(changed, until=log_dates.until(changed))
        self._number = 1  # of the line at _counted
        self._counted = 0  # in the block's buffer: up to here lines are counted

    def lines(self, blocks: Iterable[Block]) -> Iterator[Line]:
        """Every line with a literal, in order; an overlong one may come once per literal."""
        for block in blocks:
            self.bytes, self.encoding, self.is_text = block.bytes, block.encoding, block.is_text
            self._counted = block.begin
            self._years = log_dates.learned(self._years, block)
            yield from self._of_block(block)
            self._number += block.buffer.count(b"\n", self._counted, block.border)
            self._note_time(block)

    def _of_block(self, block: Block) -> Iterator[Line]:
        calm, last = not self.floods, -1
        for place, stands_for in self._places(block):
            start = self._line_start(block.buffer, place)
            if start != last:
                line = self._line(block.buffer, start, place, stands_for)
                self._note(log_times.parse(line.head, line.years))
                yield line
                if calm and self.floods:  # the rest needn't be looked at line by line
                    yield from self._of_block(block.rest(line.end))
                    return
            last = start

    def _places(self, block: Block) -> Iterable[tuple[int, int]]:
        """Where to look: once per line and literal, with the lines that each place stands for."""
        if self.floods:
            return log_floods.places(block, self._search, frozenset(self.floods), self._context)
        return ((place, 1) for place, _, _ in log_blocks.once_per_line(block, block.places))

    def _line_start(self, buffer: bytes, position: int) -> int:
        floor = max(0, position - self._limits.line_bytes // 2)
        return max(floor, buffer.rfind(b"\n", floor, position) + 1)

    def _line(self, buffer: bytes, start: int, position: int, stands_for: int) -> Line:
        limits = self._limits
        ceiling = position + limits.line_bytes // 2
        newline = buffer.find(b"\n", position, ceiling)
        end = newline if newline >= 0 else min(ceiling, len(buffer))
        self._number += buffer.count(b"\n", self._counted, start)
        self._counted = max(self._counted, start)
        first = buffer.rfind(b"\n", 0, start) + 1
        text, head = decode(buffer[start:end]), buffer[first : first + log_times.HEAD_BYTES]
        return Line(
            number=self._number,
            text=text,
            head=text[: log_times.HEAD_BYTES] if first == start else decode(head),
            buffer=buffer,
            start=start,
            end=end,
            room=limits.record_bytes,
            earlier=self.newest,
            stands_for=stands_for,
            years=self._years,
        )

    def _note_time(self, block: Block) -> None:
        """The time of the last line that has one, before the border."""
        end, years, pause = block.border, self._years, self.timeline.pause
        for moment in log_runs.times(block.buffer, block.begin, end, pause, years):
            self._note(moment)
        tail = block.buffer[max(block.begin, end - self._limits.record_bytes) : end]
        self.newest = last_time(decode(tail), years) or self._first_time(block) or self.newest
        self._years = replace(self._years, after=self.newest)

    def _note(self, moment: datetime | None) -> None:
        """Something was logged then, unless that lies ahead."""
        if moment is None:
            return
        if log_times.is_ahead(moment, self._years):
            self.doubts.note_ahead(moment)
            return
        self.doubts.note(moment, self._years)
        self.timeline.add(moment)
        if self.latest is None or comparable(moment) > comparable(self.latest):
            self.latest = moment

    def _first_time(self, block: Block) -> datetime | None:
        """The time of the first line, which may be all that the block holds."""
        begin = block.begin
        if begin and block.buffer[begin - 1] != ord("\n"):
            return None
        return log_times.written(
            decode(block.buffer[begin : begin + log_times.HEAD_BYTES]), self._years
        )


def last_time(text: str, years: Years = UNKNOWN_YEARS) -> datetime | None:
    """The time of the last line that begins with one."""
    for line in reversed(text.split("\n")):
        moment = log_times.written(line, years)
        if moment:
            return moment
    return None
