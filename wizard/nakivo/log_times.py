# SPDX-License-Identifier: MIT
"""When a log line was written, as far as its beginning tells.

Only the beginning counts: a date further on is the date of something else.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

HEAD_BYTES = 160
# No log is older than computers' clocks; at the ends of the calendar there is no reckoning.
_FIRST_YEAR, _LAST_YEAR = 1970, 2999
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# Brackets, a level word, the key of a JSON record, or the three fields of an access log.
_PREFIX = (
    r"^[\s\[(<#*|]{0,8}(?:\{\s{0,3}\"@?(?:timestamp|time|ts|date)\"\s{0,3}:\s{0,3}\"|"
    r"(?:[A-Z]{4,8}|[a-z]{4,8})[\s\]:|-]{1,4}\[?|\S{1,64} \S{1,64} \S{1,64} \[)?"
)
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d):(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?"
_ZONE = r"(?:\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?"
_FORMATS = tuple(
    re.compile(_PREFIX + date + _CLOCK + tail)
    for date, tail in (
        (r"(?P<year>\d{4})[-/.](?P<month>\d\d)[-/.](?P<day>\d\d)(?:[T ]|, )", _ZONE),
        (r"(?P<day>\d{1,2})[/-](?P<name>[A-Za-z]{3})[/-](?P<year>\d{4})[: ]", _ZONE),
        (r"(?P<name>[A-Z][a-z]{2}) (?P<day>\d{1,2}), (?P<year>\d{4}),? ", r" (?P<half>[AP]M)"),
        (r"(?P<day>\d{1,2})\.(?P<month>\d\d)\.(?P<year>\d{4}),? ", _ZONE),
        # Day and month of this form are told apart by the half of the day: American.
        (r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}),? ", r" (?P<half>[AP]M)"),
    )
)


def parse(line: str) -> datetime | None:
    """The time at the beginning of a line; without a zone where none is written."""
    head = line[:HEAD_BYTES]
    for expression in _FORMATS:
        match = expression.match(head)
        if match:
            return _moment(match)
    return None


def comparable(moment: datetime) -> datetime:
    """A moment that can be compared: one without a zone is taken as UTC, at most 14 hours off."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def shown(moment: datetime | None) -> str | None:
    """A moment as the log writes it, to the millisecond where it is that exact."""
    if moment is None:
        return None
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def _moment(match: re.Match[str]) -> datetime | None:
    found = match.groupdict()
    month = _MONTHS.get(found["name"].lower()) if found.get("name") else int(found["month"])
    if month is None or not _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        return None
    try:
        return datetime(
            int(found["year"]),
            month,
            int(found["day"]),
            _hour(int(found["hour"]), found.get("half")),
            int(found["minute"]),
            int(found["second"]),
            int((found["fraction"] or "0").ljust(6, "0")[:6]),
            _zone(found.get("zone")),
        )
    except ValueError:
        return None


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half == "PM" else 0)


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text[0] not in "+-":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
