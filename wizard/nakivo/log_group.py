# SPDX-License-Identifier: MIT
"""How often and when the lines of one kind were written; memory doesn't grow with their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wizard.model import Value
from wizard.nakivo.log_bearing import Bearing
from wizard.nakivo.log_lines import Line
from wizard.nakivo.log_signatures import Signature
from wizard.nakivo.log_zones import as_written, comparable, local

_MINUTE = timedelta(minutes=1)
_MINUTES_PER_DAY = 1440
_MOST_OBJECTS = 1000  # told apart; what is asked for is a handful
Span = tuple[datetime, datetime]
Rank = tuple[bool, datetime]  # within the limit or not, and when it was written


@dataclass(frozen=True)
class Shown:
    """One line of a group with what surrounds it."""

    file: str
    line: int
    before: bytes
    text: str
    after: bytes
    excerpt: str
    at: int
    fields: Mapping[str, Value]


@dataclass
class Group:
    """Lines of one kind; `others` where it takes those of more kinds than are kept apart."""

    signature: Signature
    bearing: Bearing = Bearing.DECIDES
    others: bool = False
    count: int = 0
    sampled: bool = False
    undated: int = 0
    first: datetime | None = None
    last: datetime | None = None
    days: Counter[str] = field(default_factory=Counter)
    minutes: Counter[datetime] = field(default_factory=Counter)
    seen: tuple[str, int] = ("", 0)
    newest: Shown | None = None
    shown: Rank | None = None  # of the line to show
    forgotten: datetime | None = None  # single minutes before this one
    objects: dict[int, datetime] = field(default_factory=dict)  # when each was last met
    again: Group | None = None  # those lines that another kind of the cause has counted

    def add(self, line: Line, moment: datetime | None, limit: datetime | None = None) -> bool:
        """Count a line; whether it is the one to show: the newest, if it can be up to a limit."""
        self.count += line.stands_for
        self.sampled = self.sampled or line.stands_for > 1
        if moment is None:
            self.undated += line.stands_for
            return self.last is None
        self.days[moment.date().isoformat()] += line.stands_for
        self.minutes[minute_of(moment)] += line.stands_for
        if self.first is None or comparable(moment) < comparable(self.first):
            self.first = moment
        if self.last is None or comparable(moment) >= comparable(self.last):
            self.last = moment
        rank = (limit is None or comparable(moment) <= limit, moment)
        if self.shown is not None and not _is_better(rank, self.shown):
            return False
        self.shown = rank
        return True

    def repeat(self, line: Line, moment: datetime | None) -> None:
        """Note that a line just counted is no line more for its cause."""
        if self.again is None:
            self.again = Group(self.signature)
        self.again.add(line, moment)

    def note_object(self, name: str, moment: datetime | None) -> None:
        """Remember when an object was last met, by a hash of its name."""
        key = hash(name)
        if name and moment and (key in self.objects or len(self.objects) < _MOST_OBJECTS):
            self.objects[key] = max(self.objects.get(key, minute_of(moment)), minute_of(moment))

    def objects_within(self, begin: datetime, until: datetime | None = None) -> int:
        """How many objects were last met from a minute on, up to one that counts no more."""
        met = self.objects.values()
        return sum(moment >= begin and (until is None or moment < until) for moment in met)

    def forget(self, newest: datetime, wanted: Span | None = None) -> None:
        """Let go of single minutes that are too old to decide anything, once there are many.

        Those of a `wanted` time are kept.
        """
        days = self.signature.maximum_age_days
        if self.again:
            self.again.forget(newest, wanted)
        if len(self.minutes) > 2 * (days + 1) * _MINUTES_PER_DAY:
            self.forgotten = oldest_fresh(newest, self.signature)
            first, last = wanted or (self.forgotten, self.forgotten)
            kept = {
                minute: count
                for minute, count in self.minutes.items()
                if minute >= self.forgotten or first <= minute <= last
            }
            self.minutes = Counter(kept)

    def within(self, begin: datetime, until: datetime | None = None) -> int:
        """How many lines there are from a minute on, up to one that counts no more."""
        inside = (
            count
            for minute, count in self.minutes.items()
            if minute >= begin and (until is None or minute < until)
        )
        return sum(inside)

    def newest_within(self, begin: datetime, until: datetime | None = None) -> datetime | None:
        """The minute of the newest line from a minute on, up to one that counts no more."""
        inside = (m for m in self.minutes if m >= begin and (until is None or m < until))
        return max(inside, default=None)

    def by_hour(self, begin: datetime) -> dict[str, int]:
        """How many lines there are in each hour by this computer's clock, from a minute on."""
        hours: Counter[str] = Counter()
        for minute, count in self.minutes.items():
            if minute >= begin:
                hours[f"{local(minute):%Y-%m-%dT%H}"] += count
        return dict(sorted(hours.items()))

    def first_after(self, begin: datetime, until: datetime | None = None) -> datetime | None:
        """The first line from a minute on; exact to the minute, where it isn't the first of all."""
        inside = (m for m in self.minutes if m >= begin and (until is None or m < until))
        minute = min(inside, default=None)
        if minute is None or self.first is None or minute_of(self.first) == minute:
            return minute and self.first
        return as_written(minute, self.first)


def _is_better(one: Rank, other: Rank) -> bool:
    """Whether a line is shown instead of another: one within the limit, else the newer."""
    return (one[0], comparable(one[1])) >= (other[0], comparable(other[1]))


def minute_of(moment: datetime) -> datetime:
    """The minute of a moment, in a form that can be compared."""
    return comparable(moment).replace(second=0, microsecond=0)


def oldest_fresh(newest: datetime, signature: Signature) -> datetime:
    """The oldest minute that doesn't count as old, measured from the newest line of all."""
    return comparable(newest) - timedelta(days=signature.maximum_age_days) - _MINUTE
