# SPDX-License-Identifier: MIT
"""How the dates of a log are to be read, told by its own lines.

3/11/2026 is of November or of March: one line with a number above twelve tells it for all. A clock
without a date is of the day on which the file was changed last, if the log is of one day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from wizard.nakivo import log_times
from wizard.nakivo.log_blocks import BLOCK_BYTES, Block
from wizard.nakivo.log_encoding import decode
from wizard.nakivo.log_times import Years
from wizard.nakivo.log_zones import comparable

_BEGIN_BYTES = 16384  # a log writes its dates in one way, seen by then
_OF_TWO_MEANINGS = re.compile(rb"\b\d{1,2}([/-])\d{1,2}\1\d{4},? \d")
_DAY = timedelta(days=1)  # more than zones differ by, for a log that names none
_JITTER = timedelta(minutes=1)  # threads overtake each other
_ANY_DATE = datetime(2000, 1, 2)  # noqa: DTZ001 - any will do to compare clocks


def until(changed: datetime | None) -> datetime:
    """Up to when a line of a log can have been written: its file's last change, at most now."""
    now = datetime.now(UTC)
    return min(now, comparable(changed) if changed else now) + _DAY


def learned(years: Years, block: Block) -> Years:
    """What is known of a log's dates after one more block; those of most logs tell it all."""
    if years.after is None:
        years = _of_undated(years, block)
    return replace(years, until=until(None)) if _is_written_later(years, block) else years


def _of_undated(years: Years, block: Block) -> Years:
    """The same where no line before could be dated."""
    begin = block.buffer[block.begin : block.begin + _BEGIN_BYTES]
    if years.day_first is None and _OF_TWO_MEANINGS.search(begin):
        years = replace(years, day_first=_day_first(block))
    if block.bytes < BLOCK_BYTES and not years.clock_only:
        years = replace(years, clock_only=_is_of_one_day(block, begin))
    return years


def _is_written_later(years: Years, block: Block) -> bool:
    """Whether a log goes on behind its file's last change, which Windows may note late.

    A single line behind it has a wrong date.
    """
    if years.until is None or years.until >= until(None) - _DAY:
        return False
    tail = decode(block.buffer[max(block.begin, len(block.buffer) - _BEGIN_BYTES) :])
    times = (log_times.parse(line, years) for line in reversed(tail.split("\n")))
    last = list(islice((moment for moment in times if moment), 2))
    return len(last) > 1 and all(
        log_times.is_ahead(moment, years) and comparable(moment) <= until(None) for moment in last
    )


def _day_first(block: Block) -> bool | None:
    """What the first line tells that can be read in one way only."""
    seen: set[bytes] = set()
    for match in _OF_TWO_MEANINGS.finditer(block.buffer, block.begin):
        if match[0] not in seen:
            seen.add(match[0])
            line = block.buffer.rfind(b"\n", 0, match.start()) + 1
            found = log_times.day_first(decode(block.buffer[line : line + log_times.HEAD_BYTES]))
            if found is not None:
                return found
    return None


def _is_of_one_day(block: Block, begin: bytes) -> bool:
    """Whether a log has clocks without dates, and they go round once at most."""
    heads = decode(begin).split("\n")
    if any(log_times.parse(head) for head in heads) or not any(
        map(log_times.has_clock_only, heads)
    ):
        return False
    clocks = list(_clocks(block))
    back = [place for place in range(1, len(clocks)) if clocks[place] < clocks[place - 1] - _JITTER]
    return not back or (len(back) == 1 and clocks[-1] < clocks[0])


def _clocks(block: Block) -> Iterator[datetime]:
    """What the clocks of a whole log show, on one and the same day."""
    years = Years(before=_ANY_DATE, clock_only=True)
    for line in decode(block.buffer[block.begin :]).split("\n"):
        if log_times.has_clock_only(line):
            moment = log_times.parse(line, years)
            if moment:
                yield moment.replace(year=2000, month=1, day=1)
