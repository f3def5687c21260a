# SPDX-License-Identifier: MIT
"""How often each kind of line occurs, when, and what the newest one says, without its secrets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from wizard.graph import operations
from wizard.model import CauseId, Value
from wizard.nakivo import deciding_run, graph_answers, log_operations, log_signs
from wizard.nakivo.deciding_run import DecidingRun, Signs, Window
from wizard.nakivo.failed_at import FailedAt
from wizard.nakivo.graph_answers import Answers
from wizard.nakivo.graph_rejections import Rejection
from wizard.nakivo.log_bearing import Bearing
from wizard.nakivo.log_copies import Copies
from wizard.nakivo.log_encoding import decode
from wizard.nakivo.log_group import Group, Shown, Span, minute_of, oldest_fresh
from wizard.nakivo.log_lines import Line
from wizard.nakivo.log_operations import RejectedOperation
from wizard.nakivo.log_runs import Timeline
from wizard.nakivo.log_signatures import Limits, Signature
from wizard.nakivo.log_times import shown
from wizard.nakivo.log_zones import comparable
from wizard.secret_patterns import mask

# Lines that differ in one of these are told apart.
_GROUP_BY = ("status", "code", "inner_code", "kind", "host", "service", "process")
_WINDOW_BYTES = 8192  # more than the longest private key, so that a cut never halves one
_ROOM = 30  # what masking may add to an excerpt
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_WORD = 24  # a longer one is cut
_HOURLY = timedelta(days=3)  # of so much the hours are told, not just the days


@dataclass(frozen=True)
class Repeated:
    """How many lines of one kind are of another kind of the same cause as well, counted there."""

    count: int = 0
    recent: int = 0
    earlier: int = 0
    later: int = 0
    undated: int = 0


@dataclass(frozen=True)
class LogMatch:
    """All lines of one kind. File, line, excerpt and fields are those of the newest.

    `recent` counts those of the run that decides, `earlier` those before it that aren't old yet,
    `undated` those without any time; times are as the log writes them. Secrets are masked.
    `days` and `hours` leave out what is `again`, so that they add up to the lines of a cause.
    """

    signature: str
    cause: CauseId
    count: int
    recent: int
    undated: int
    first: str | None
    last: str | None
    age_days: float | None  # of the newest, against the newest line of all logs
    file: str
    line: int
    excerpt: str
    context: str
    fields: Mapping[str, Value]
    days: Mapping[str, int]
    earlier: int = 0
    later: int = 0  # those behind the run that decides, where the person named an earlier one
    written: str | None = None  # the line that is shown
    runs_after: int = 0  # runs that began after the newest
    hours: Mapping[str, int] = field(default_factory=dict)  # of the newest days, by the local clock
    sampled: bool = False  # counted by its words; only samples of the lines were read
    again: Repeated = Repeated()
    bearing: Bearing = Bearing.DECIDES


class Tally:
    """Counts lines while they are read; memory is bounded by the number of groups."""

    def __init__(self, limits: Limits, told: FailedAt | None = None) -> None:
        self._limits = limits
        self._told = told
        self._work = Timeline(timedelta(hours=limits.run_pause_hours))
        self._groups: dict[tuple[str, Bearing, str], Group] = {}
        self._sizes: Counter[str] = Counter()
        self._counted: dict[CauseId, tuple[str, int]] = {}  # the newest line of each cause
        self._newest: datetime | None = None
        self.tells_runs = True  # whether what is read now tells when the product ran
        self._timeline = Timeline(timedelta(hours=limits.run_pause_hours))
        self._copies = Copies(limits.identical_lines)

    def note_times(self, newest: datetime | None, timeline: Timeline) -> None:
        """When one log was written to."""
        self._timeline.add_all(timeline)
        if newest:
            self.note_time(newest)

    def note_time(self, moment: datetime) -> None:
        """Something was logged then."""
        if self._newest is None or comparable(moment) > comparable(self._newest):
            self._newest = moment

    def note_work(self, moment: datetime | None) -> None:
        """A job asked Microsoft Graph for something then, and had an answer."""
        if moment:
            self._work.add(moment)

    @property
    def _wanted(self) -> Span | None:
        """The time that the person told, as far as a run may reach."""
        if self._told is None:
            return None
        reach = timedelta(hours=self._limits.run_hours + self._limits.run_pause_hours)
        return self._told.begin - reach, self._told.end + reach

    @property
    def _limit(self) -> datetime | None:
        """Up to when a line may be of the failure that the person told of."""
        return self._told.end + deciding_run.AFTERWARDS if self._told else None

    def decide(self) -> tuple[DecidingRun, Window | None]:
        """The run whose lines decide."""
        signs = Signs(self._newest_sign, answers=bool(self._work.stretches))
        return deciding_run.choose(self._timeline.stretches, self._limits, self._told, signs)

    def _newest_sign(self, begin: datetime, until: datetime | None) -> datetime | None:
        return log_signs.newest(self._work.stretches, self._groups.values(), begin, until)

    @property
    def newest_shown(self) -> str | None:
        """The newest time of all logs, as the log writes it."""
        return shown(self._newest)

    def add(
        self,
        signature: Signature,
        file: str,
        line: Line,
        fields: Mapping[str, Value],
        at: int = 0,
        *,
        bearing: Bearing = Bearing.DECIDES,
    ) -> None:
        """Count a line once per kind; `at` is where in it the match begins."""
        group = self._group(signature, fields, bearing)
        if group.seen != (file, line.number):
            group.seen = (file, line.number)
            if self._count(group, line, file, line.text):
                group.newest = _keep(file, line, line.text, at, fields)

    def add_rejection(
        self, signature: Signature, file: str, line: Line, rejection: Rejection
    ) -> None:
        """Count a rejected Graph request, of which `line` is one line."""
        group = self._group(signature, rejection.fields)
        url = str(rejection.fields.get("url", ""))
        group.note_object(operations.object_of(url), line.time)
        if self._count(group, line, file, rejection.text):
            kept = _keep(file, line, line.text, 0, rejection.fields)
            record = re.sub(r"\s+", " ", rejection.text)
            group.newest = replace(kept, line=rejection.first, excerpt=record)

    def _group(
        self,
        signature: Signature,
        fields: Mapping[str, Value],
        bearing: Bearing = Bearing.DECIDES,
    ) -> Group:
        told = [str(fields.get(name, "")) for name in _GROUP_BY]
        key = (signature.id, bearing, "\n".join([*told, *graph_answers.kind_of(fields)]))
        if (
            key not in self._groups
            and self._sizes[signature.id] >= self._limits.groups_per_signature
        ):
            key = (signature.id, bearing, "")
        if key not in self._groups:
            self._sizes[signature.id] += 1
            self._groups[key] = Group(signature, bearing, others=not key[2])
        return self._groups[key]

    def _count(self, group: Group, line: Line, file: str, text: str) -> bool:
        """Count a line and note its time; whether it is the newest of its group."""
        moment = line.time
        if moment and self._copies.is_copy((id(group), text, moment), file):
            return False
        if moment:
            if self.tells_runs:
                self.note_time(moment)
                self._timeline.add(moment)
            group.forget(self._newest or moment, self._wanted)
        place, cause = (file, line.number), group.signature.cause
        if self._counted.get(cause) == place:
            group.repeat(line, moment)
        self._counted[cause] = place
        return group.add(line, moment, self._limit)

    def matches(self, answers: Answers) -> tuple[LogMatch, ...]:
        """One match per group, newest first, those without a time last."""
        _, window = self.decide()
        found = [self._match(group, window, answers) for group in self._groups.values()]
        oldest = float("inf")
        found.sort(key=lambda m: (oldest if m.age_days is None else m.age_days, -m.count))
        return tuple(found)

    def rejected(self, answers: Answers) -> tuple[RejectedOperation, ...]:
        """One entry per kind of refused request: those of the newest run first, the rest last."""
        _, window = self.decide()
        found = [
            log_operations.told(
                group, _newest(group), self._counts(group, window)[:2], answers, window
            )
            for group in self._groups.values()
            if group.signature.is_refusal
        ]
        found.sort(key=lambda one: (one.others, -one.recent, -one.earlier, -one.count, one.path))
        return tuple(found)

    def _match(self, group: Group, window: Window | None, answers: Answers) -> LogMatch:
        newest, again = _newest(group), group.again
        recent, earlier, later = self._counts(group, window)
        return LogMatch(
            signature=group.signature.id,
            cause=group.signature.cause,
            count=group.count,
            recent=recent,
            earlier=earlier,
            later=later,
            runs_after=self._runs_after(group),
            sampled=group.sampled,
            undated=group.undated,
            first=shown(group.first),
            last=shown(group.last),
            written=shown(group.shown[1]) if group.shown else None,
            age_days=self._age(group.last),
            file=newest.file,
            line=newest.line,
            excerpt=self._excerpt(newest),
            context=self._context(newest),
            fields={k: mask(v) if isinstance(v, str) else v for k, v in newest.fields.items()},
            days=dict(sorted((group.days - (again.days if again else Counter())).items())),
            hours=self._hours(group),
            again=self._repeated(again, window) if again else Repeated(),
            bearing=log_operations.bearing(group, newest, answers, window),
        )

    def _hours(self, group: Group) -> dict[str, int]:
        """The lines of each hour lately, without those that another kind has counted."""
        if self._newest is None:
            return {}
        begin = comparable(self._newest) - _HOURLY
        again = Counter(group.again.by_hour(begin) if group.again else {})
        return dict(Counter(group.by_hour(begin)) - again)

    def _repeated(self, again: Group, window: Window | None) -> Repeated:
        recent, earlier, later = self._counts(again, window)
        return Repeated(again.count, recent, earlier, later, again.undated)

    def _counts(self, group: Group, window: Window | None) -> tuple[int, int, int]:
        """Lines of the run that decides, those before it that aren't old yet, and those after."""
        if self._newest is None or window is None:
            return 0, 0, 0
        begin = minute_of(window.begin)
        until = minute_of(window.until) if window.until else None
        fresh = oldest_fresh(window.until or self._newest, group.signature)
        return (
            group.within(begin, until),
            group.within(fresh, begin),
            group.within(until) if until else 0,
        )

    def _runs_after(self, group: Group) -> int:
        if group.last is None:
            return 0
        return sum(begin > comparable(group.last) for begin, _ in self._timeline.stretches)

    def _age(self, last: datetime | None) -> float | None:
        if last is None or self._newest is None:
            return None
        age = (comparable(self._newest) - comparable(last)) / timedelta(days=1)
        return max(0.0, round(age, 2))  # the system's own logs go on after the product's last line

    def _excerpt(self, line: Shown) -> str:
        """The line, or the part of it around the match, cut between words."""
        room = self._limits.excerpt_characters - _ROOM
        text = _printable(mask(line.excerpt)).strip()
        begin = 0 if len(text) <= room else max(0, min(line.at - room // 3, len(text) - room))
        part = text[begin : begin + room]
        if begin:
            blank = max(0, part.find(" ", 0, _WORD))
            part = f"{_CUT} {part[blank:].lstrip()}"
        if begin + room < len(text):
            blank = part.rfind(" ", len(part) - _WORD)
            part = f"{part[: blank if blank > 0 else None].rstrip()} {_CUT}"
        return mask(part)

    def _context(self, line: Shown) -> str:
        """The lines around it, for the person who reads the findings package."""
        half = self._limits.context_characters // 2
        before, after = decode(line.before), decode(line.after)
        whole = f"{before}\v{line.text}\n{after}"
        left, _, right = mask(whole).partition("\v")
        left = left[-half:] if len(left) <= half else left[-half:].partition("\n")[2]
        right = right if len(right) <= half else right[:half].rpartition("\n")[0]
        return mask("\n".join(_printable(text) for text in f"{left}{right}".split("\n"))).strip()


def _newest(group: Group) -> Shown:
    """The line that a group is shown by; a group is made for a line."""
    if group.newest is None:
        raise AssertionError("a group without a line")
    return group.newest


def _keep(file: str, line: Line, excerpt: str, at: int, fields: Mapping[str, Value]) -> Shown:
    before = line.buffer[max(0, line.start - _WINDOW_BYTES) : line.start]
    after = line.buffer[line.end + 1 : line.end + 1 + _WINDOW_BYTES]
    return Shown(file, line.number, before, line.text, after, excerpt, at, dict(fields))


def _printable(text: str) -> str:
    """Text without characters that could play tricks on a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
