# SPDX-License-Identifier: MIT
"""When a log line was written, as far as its beginning tells.

Only the beginning counts: a date further on is the date of something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from wizard.nakivo import log_time_forms, log_zones
from wizard.nakivo.log_time_forms import ANY, AT_THE_BEGINNING, CLOCK_ONLY, COLOUR, EPOCH, MONTHS
from wizard.nakivo.log_zones import comparable

HEAD_BYTES = 160
# No log is older than computers' clocks; at the ends of the calendar there is no reckoning.
_FIRST_YEAR, _LAST_YEAR = 1971, 2999
_LEAP_GAP = 8  # years between two days of 29 February, at most
_DAY = timedelta(days=1)
_STILL_WRITTEN = timedelta(hours=1)  # a log may grow while it is read
_NOON = 12  # of a clock that counts to twelve, and the months of a year
_Parts = dict[str, str | None]


@dataclass(frozen=True)
class Years:
    """What a log tells of those of its lines that don't tell their whole date.

    The year lies between two moments: `before` is when the file was changed last, by itself now;
    `after` the time of a line before it. `day_first` tells 3/11 from 11/3; None is not known.
    With `clock_only` its lines have a clock and no date, and are of the day before `before`. What
    is dated later than `until` has a wrong date.
    """

    before: datetime | None = None
    after: datetime | None = None
    day_first: bool | None = None
    clock_only: bool = False
    until: datetime | None = None


UNKNOWN_YEARS = Years()


def parse(line: str, years: Years = UNKNOWN_YEARS) -> datetime | None:
    """The time at the beginning of a line; without a zone where none is written."""
    head = line[:HEAD_BYTES]
    told = _told(head)
    if isinstance(told, dict):
        return _completed(told, years)
    if told is None and years.clock_only and years.before:
        return _of_clock(head, years.before)
    return told


def is_ahead(moment: datetime, years: Years) -> bool:
    """Whether a time lies where no line of this log can have been written yet."""
    return years.until is not None and comparable(moment) > years.until


def written(line: str, years: Years) -> datetime | None:
    """When a line was written; None where it has no time, or one that lies ahead."""
    moment = parse(line, years)
    return None if moment is None or is_ahead(moment, years) else moment


def typed(text: str) -> datetime | None:
    """The time that a text is, as a whole."""
    match = log_time_forms.alone(text)
    return _completed(match.groupdict(), UNKNOWN_YEARS) if match else None


def day_first(line: str) -> bool | None:
    """Whether the day stands before the month, where a line tells it: no month is above twelve."""
    told = _told(line[:HEAD_BYTES])
    return _order(told) if isinstance(told, dict) and told.get("one") else None


def has_clock_only(line: str) -> bool:
    """Whether a line begins with a clock without a date."""
    return CLOCK_ONLY.match(COLOUR.sub("", line)) is not None


# A line is asked as the end of the record before it, as the begin of its own, and for its time.
@lru_cache(maxsize=64)
def _told(head: str) -> datetime | _Parts | None:
    """A time, or the parts of one that doesn't tell its whole date."""
    if not ANY.search(head):
        return None
    if "\x1b" in head:
        head = COLOUR.sub("", head)
    for expression in AT_THE_BEGINNING:
        match = expression.match(head)
        if match:
            found = match.groupdict()
            return _moment(found) if found.get("year") and not found.get("one") else found
    return _since_1970(head)


def _completed(found: _Parts, years: Years) -> datetime | None:
    if not found.get("year"):
        return _without_year(found, years)
    if not found.get("one"):
        return _moment(found)
    first = _order(found)
    if first is None:
        # With halves of a day it is American, unless the log shows another order.
        first = False if found.get("half") and years.day_first is None else years.day_first
    if first is None:
        return None
    day, month = ("one", "two") if first else ("two", "one")
    return _moment(found | {"day": found[day], "month": found[month]})


def _order(found: _Parts) -> bool | None:
    """Whether the day comes first of two numbers; None where both can be a month."""
    one, two = int(found["one"] or 0), int(found["two"] or 0)
    if one > _NOON or two > _NOON:
        return one > _NOON
    return None


def _of_clock(head: str, before: datetime) -> datetime | None:
    """The last time before a moment that a clock showed this, by this computer's."""
    match = CLOCK_ONLY.match(COLOUR.sub("", head))
    if not match:
        return None
    latest = log_zones.local(before) + _STILL_WRITTEN
    day = {"year": "0", "day": str(latest.day), "month": str(latest.month), **match.groupdict()}
    moment = _moment(day, latest.year)
    return moment - _DAY if moment and moment > latest else moment


def shown(moment: datetime | None) -> str | None:
    """A moment as the log writes it, to the millisecond where it is that exact."""
    if moment is None:
        return None
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def _moment(found: _Parts, year: int | None = None) -> datetime | None:
    name = found.get("name")
    month = MONTHS.get(name.lower()) if name else int(found["month"] or 0)
    year = year or int(found["year"] or 0)
    if month is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    hour = _hour(int(found["hour"] or 0), found.get("half"))
    midnight = (hour, int(found["minute"] or 0), _second(found)) == (24, 0, 0)  # a day's very end
    try:
        moment = datetime(
            year,
            month,
            int(found["day"] or 0),
            0 if midnight else hour,
            int(found["minute"] or 0),
            _second(found),
            int((found.get("fraction") or "0").ljust(6, "0")[:6]),
            log_zones.zone(found.get("zone")),
        )
    except ValueError:
        return None
    return moment + _DAY if midnight else moment


def _second(found: _Parts) -> int:
    """The second; the one that is put in between two days now and then counts as the last."""
    second = int(found.get("second") or 0)
    return 59 if (found["minute"], second) == ("59", 60) else second


def _hour(hour: int, half: str | None) -> int:
    """The hour of the day; where a clock counts to 24, its half of the day says nothing more."""
    if half is None or hour > _NOON:
        return hour
    return hour % _NOON + (_NOON if half == "PM" else 0)


def _without_year(found: _Parts, years: Years) -> datetime | None:
    """The first time that it was so after a line before it, else the last before the file's end."""
    before = comparable(years.before or datetime.now(UTC)) + _DAY
    if years.after is not None:
        after = comparable(years.after) - _DAY
        for year in (after.year, after.year + 1):
            moment = _moment(found, year)
            if moment and after <= comparable(moment) <= before:
                return moment
    candidates = (_moment(found, before.year - back) for back in range(_LEAP_GAP + 1))
    return next((m for m in candidates if m and comparable(m) <= before), None)


def _since_1970(head: str) -> datetime | None:
    match = EPOCH.match(head)
    if not match or not (match["millis"] or match["fraction"] or match["behind"] or match["key"]):
        return None
    fraction = (match["millis"] or match["fraction"] or "0").ljust(6, "0")[:6]
    moment = datetime.fromtimestamp(int(match["seconds"]), UTC)
    return moment.replace(microsecond=int(fraction))
