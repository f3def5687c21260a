# SPDX-License-Identifier: MIT
"""When was something logged at all, and when did the newest run begin?

A log doesn't name its runs. A run is taken for a stretch of lines without a long pause. Only pauses
are looked for: times are parsed where halving a block leads to one, not line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from wizard.nakivo import log_times
from wizard.nakivo.log_encoding import decode
from wizard.nakivo.log_times import UNKNOWN_YEARS, Years
from wizard.nakivo.log_zones import comparable

_WINDOW_BYTES = 16384  # how far to look for a line with a time
_MERGED_AT = 256


class Timeline:
    """Stretches of time in which something was logged, from all logs of a reading."""

    def __init__(self, pause: timedelta) -> None:
        self.pause = pause
        self._stretches: list[tuple[datetime, datetime]] = []

    def add(self, moment: datetime) -> None:
        """Something was logged then."""
        time = comparable(moment)
        if self._stretches:
            begin, end = self._stretches[-1]
            if begin <= time <= end + self.pause:
                self._stretches[-1] = (begin, max(end, time))
                return
        self._stretches.append((time, time))
        if len(self._stretches) % _MERGED_AT == 0:
            self._stretches = self._merged()

    def add_all(self, other: Timeline) -> None:
        """Everything that another log noted."""
        self._stretches = [*self._stretches, *other._stretches]
        self._stretches = self._merged()

    @property
    def stretches(self) -> tuple[tuple[datetime, datetime], ...]:
        """All stretches, begin and end, oldest first."""
        self._stretches = self._merged()
        return tuple(self._stretches)

    def _merged(self) -> list[tuple[datetime, datetime]]:
        merged: list[tuple[datetime, datetime]] = []
        for begin, end in sorted(self._stretches):
            if merged and begin <= merged[-1][1] + self.pause:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((begin, end))
        return merged


def times(
    buffer: bytes, begin: int, end: int, pause: timedelta, years: Years = UNKNOWN_YEARS
) -> Iterator[datetime]:
    """Times in a part of a log, enough of them to show every pause that is longer."""
    part = _Part(buffer, years)
    first = part.first(begin, end)
    last = part.last(begin, end)
    if first is None or last is None:
        return
    yield first[1]
    yield from part.between(first, last, pause)
    yield last[1]


_Place = tuple[int, datetime]  # where a line with a time begins


@dataclass(frozen=True)
class _Part:
    """A part of a log; `years` tells the year where its lines don't."""

    buffer: bytes
    years: Years

    def between(self, first: _Place, last: _Place, pause: timedelta) -> Iterator[datetime]:
        """Times between two lines that lie further apart than a pause."""
        open_parts = [(first, last)]
        while open_parts:
            left, right = open_parts.pop()
            # Where the clock goes back, the newest line is somewhere between.
            if timedelta() <= comparable(right[1]) - comparable(left[1]) <= pause:
                continue
            middle = self._middle(left[0], right[0])
            if middle is not None:
                yield middle[1]
                open_parts += [(left, middle), (middle, right)]

    def first(self, begin: int, end: int) -> _Place | None:
        """The first line with a time that begins in a part."""
        limit = min(end, begin + _WINDOW_BYTES)
        while begin < limit:
            moment = self._time_at(begin)
            if moment:
                return begin, moment
            begin = self._next_line(begin, limit)
        return None

    def last(self, begin: int, end: int) -> _Place | None:
        """The last line with a time that begins in a part."""
        floor = max(begin, end - _WINDOW_BYTES)
        place = self._line_before(floor, end)
        while place >= floor:
            moment = self._time_at(place)
            if moment:
                return place, moment
            if place == floor:
                return None
            place = self._line_before(floor, place)
        return None

    def _middle(self, left: int, right: int) -> _Place | None:
        """A line with a time between two others, near the middle."""
        while True:
            half = (left + right) // 2
            found = self.first(self._next_line(half, right), right)
            if found is not None:
                return found
            if half <= left:
                return None
            right = half + 1 if half + 1 < right else half

    def _line_before(self, floor: int, end: int) -> int:
        return max(floor, self.buffer.rfind(b"\n", floor, max(floor, end - 1)) + 1)

    def _next_line(self, place: int, end: int) -> int:
        newline = self.buffer.find(b"\n", place, end)
        return end if newline < 0 else newline + 1

    def _time_at(self, place: int) -> datetime | None:
        newline = self.buffer.find(b"\n", place, place + log_times.HEAD_BYTES)
        end = newline if newline >= 0 else place + log_times.HEAD_BYTES
        return log_times.parse(decode(self.buffer[place:end]), self.years)
