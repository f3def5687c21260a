# SPDX-License-Identifier: MIT
"""When a log line was written, as far as its beginning tells.

Only the beginning counts: a date further on is the date of something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from wizard.nakivo import log_zones
from wizard.nakivo.log_zones import comparable

HEAD_BYTES = 160
# No log is older than computers' clocks; at the ends of the calendar there is no reckoning.
_FIRST_YEAR, _LAST_YEAR = 1971, 2999
_LEAP_GAP = 8  # years between two days of 29 February, at most
_DAY = timedelta(days=1)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# Brackets, a syslog priority, a level or thread, the key of a JSON record, a day of the week, or
# the three fields of an access log.
_PREFIX = (
    r"^\s{0,8}(?:<\d{1,3}>(?:1 )?)?[\s\[(<#*|]{0,8}(?:"
    r"\{\s{0,3}\"@?(?:timestamp|time|ts|date)\"\s{0,3}:\s{0,3}\"?|"
    r"(?:[A-Z]{4,8}|[a-z]{4,8})[\s\]:|-]{1,4}\[?|(?<=\[)[^\[\]\n]{1,60}\]\s?\[?|"
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s|\S{1,64} \S{1,64} \S{1,64} \[)?"
)
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d):(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?"
_SHORT_CLOCK = (
    r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?(?!\d)"
)
_ZONE = rf"(?:\s?(?P<zone>[+-]\d\d(?::?\d\d)?|{log_zones.NAMES})\b)?"
_DATED = r"(?P<year>\d{4})"
_NAMED = r"(?P<name>[A-Z][a-z]{2})"
_FORMATS = tuple(
    re.compile(_PREFIX + form)
    for form in (
        rf"{_DATED}[-/.](?P<month>\d\d)[-/.](?P<day>\d\d)(?:[T _]|, |:){_SHORT_CLOCK}{_ZONE}",
        rf"{_DATED}(?P<month>\d\d)(?P<day>\d\d)[T _-](?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)"
        rf"(?:[.,](?P<fraction>\d{{1,9}}))?(?!\d){_ZONE}",
        rf"(?P<day>\d{{1,2}})[/ -](?P<name>[A-Za-z]{{3}})[/ -]{_DATED}[: ]{_CLOCK}{_ZONE}",
        rf"{_NAMED} (?P<day>\d{{1,2}}), {_DATED},? {_CLOCK} (?P<half>[AP]M)",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d\d)\.{_DATED},? {_CLOCK}{_ZONE}",
        # Day and month of this form are told apart by the half of the day: American.
        rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/{_DATED},? {_CLOCK} (?P<half>[AP]M)",
        # As ctime and Java write a moment, and syslog with a year.
        rf"{_NAMED} {{1,2}}(?P<day>\d{{1,2}}) {_CLOCK}{_ZONE} {_DATED}\b",
        rf"{_NAMED} {{1,2}}(?P<day>\d{{1,2}}) {_DATED} {_CLOCK}{_ZONE}",
        rf"{_NAMED} {{1,2}}(?P<day>\d{{1,2}}) {_CLOCK}{_ZONE}",
        rf"(?:[DIWEF](?P<month>\d\d)(?P<day>\d\d)) {_CLOCK}",
    )
)
# What every form holds; most lines without a time don't.
_ANY = re.compile(r"\d:\d\d|\d{8}")
# Seconds or milliseconds since 1970. A bare count of seconds might count anything: it needs a
# fraction, a bracket, a level behind it, or the key of a JSON record before it.
_EPOCH = re.compile(
    r"^\s{0,8}(?P<key>\{\s{0,3}\"@?(?:timestamp|time|ts|date)\"\s{0,3}:\s{0,3}\"?)?\[?"
    r"(?P<seconds>1\d{9})(?:(?P<millis>\d{3})|[.,](?P<fraction>\d{3,9}))?"
    r"(?P<behind>\]|[\s,|\"}-]{1,4}\[?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL|SEVERE)\b)?(?![\w.])"
)


@dataclass(frozen=True)
class Years:
    """What tells the year of a line that names none: it lies between these two moments.

    `before` is when its file was changed last, by itself now; `after` the time of a line before it.
    """

    before: datetime | None = None
    after: datetime | None = None


UNKNOWN_YEARS = Years()


def parse(line: str, years: Years = UNKNOWN_YEARS) -> datetime | None:
    """The time at the beginning of a line; without a zone where none is written."""
    told = _told(line[:HEAD_BYTES])
    return _without_year(told, years) if isinstance(told, dict) else told


# A line is asked as the end of the record before it, as the begin of its own, and for its time.
@lru_cache(maxsize=64)
def _told(head: str) -> datetime | dict[str, str | None] | None:
    """A time, or the parts of one that names no year."""
    if not _ANY.search(head):
        return None
    for expression in _FORMATS:
        match = expression.match(head)
        if match:
            found = match.groupdict()
            return _moment(found) if found.get("year") else found
    return _since_1970(head)


def shown(moment: datetime | None) -> str | None:
    """A moment as the log writes it, to the millisecond where it is that exact."""
    if moment is None:
        return None
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def _moment(found: dict[str, str | None], year: int | None = None) -> datetime | None:
    name = found.get("name")
    month = _MONTHS.get(name.lower()) if name else int(found["month"] or 0)
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


def _second(found: dict[str, str | None]) -> int:
    """The second; the one that is put in between two days now and then counts as the last."""
    second = int(found.get("second") or 0)
    return 59 if (found["minute"], second) == ("59", 60) else second


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half == "PM" else 0)


def _without_year(found: dict[str, str | None], years: Years) -> datetime | None:
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
    match = _EPOCH.match(head)
    if not match or not (match["millis"] or match["fraction"] or match["behind"] or match["key"]):
        return None
    fraction = (match["millis"] or match["fraction"] or "0").ljust(6, "0")[:6]
    moment = datetime.fromtimestamp(int(match["seconds"]), UTC)
    return moment.replace(microsecond=int(fraction))
