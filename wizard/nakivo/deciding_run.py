# SPDX-License-Identifier: MIT
"""Whose lines decide? Those of the run that failed, as the person tells it or the logs show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wizard.nakivo.failed_at import FailedAt
from wizard.nakivo.log_signatures import Limits
from wizard.nakivo.log_zones import local, local_zone

AFTERWARDS = timedelta(hours=1)  # what is still written of a failure once it is noticed
_KEPT = 60  # of very many runs the newest
Run = tuple[datetime, datetime]  # begin and end
Sign = Callable[[datetime, datetime | None], datetime | None]


class Chosen(StrEnum):
    """How the run that decides was found."""

    NEWEST = "newest"  # nobody told, so it is the newest
    WORKED = "worked"  # the newest one that shows a job at work or failing: later ones show none
    TOLD = "told"  # the one that holds what the person told
    NEAREST = "nearest"  # the one nearest to that
    NOT_LOGGED = "not-logged"  # of that time the logs hold nothing
    UNTIMED = "untimed"  # no line has a time


@dataclass(frozen=True)
class DecidingRun:
    """The run that decides, by this computer's clock; `failed_at` is what the person told.

    `runs` are all runs that the logs show, oldest first.
    """

    chosen: Chosen = Chosen.UNTIMED
    begin: str | None = None
    end: str | None = None
    failed_at: str | None = None
    runs: tuple[tuple[str, str], ...] = ()
    zone: str = ""  # of that clock, at the begin

    @property
    def is_told(self) -> bool:
        """Whether the person's word decides."""
        return self.failed_at is not None


UNTIMED = DecidingRun()


@dataclass(frozen=True)
class Window:
    """From when to when lines count for the run that decides; without an end, all later ones do.

    `runs` are those up to it, the last one cut to what is taken for one run.
    """

    run: DecidingRun
    begin: datetime
    until: datetime | None
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Signs:
    """What shows that a job was at work, or failed: `newest` of a time.

    Where good `answers` of Microsoft Graph are logged, a run without any sign was none of a job.
    """

    newest: Sign
    answers: bool


def choose(
    runs: Sequence[Run], limits: Limits, told: FailedAt | None, signs: Signs
) -> tuple[DecidingRun, Window | None]:
    """The run that decides; no window where there is none."""
    spans = tuple((_shown(begin), _shown(end)) for begin, end in runs[-_KEPT:])
    text = told.text if told else None
    place, chosen = _newest(runs, signs, limits) if told is None else _by_word(runs, told, limits)
    if place is None:
        return DecidingRun(chosen, failed_at=text, runs=spans), None
    if told is None:
        begin, end = _newest_day(runs[place], signs, limits)
    else:
        begin, end = _cut(runs[place], told, timedelta(hours=limits.run_hours))
    if chosen in (Chosen.NEWEST, Chosen.WORKED):
        until = None
    else:
        until = end if end < runs[place][1] else next((r[0] for r in runs[place + 1 :]), None)
    run = DecidingRun(chosen, _shown(begin), _shown(end), text, spans, local_zone(begin))
    return run, Window(run, begin, until, (*runs[:place], (begin, end)))


def _newest(runs: Sequence[Run], signs: Signs, limits: Limits) -> tuple[int | None, Chosen]:
    """The newest run, unless only earlier ones show a job at work or failing.

    A restart after the failure shows neither. Where answers aren't logged, a good job shows
    neither, too: what reaches into the next day may be the next job.
    """
    if not runs:
        return None, Chosen.UNTIMED
    last = len(runs) - 1
    day, pause = timedelta(hours=limits.run_hours), timedelta(hours=limits.run_pause_hours)
    for place in range(last, -1, -1):
        begin = runs[place][0]
        sign = signs.newest(begin, runs[place + 1][0] if place < last else None)
        if sign is None:
            continue
        if place == last:
            return place, Chosen.NEWEST
        if signs.answers or runs[last][1] - max(begin, sign - pause) < day:
            return place, Chosen.WORKED
        break
    return last, Chosen.NEWEST


def _newest_day(run: Run, signs: Signs, limits: Limits) -> Run:
    """Of a log that never pauses, the last day; where that shows no job, the day of the last one.

    That one is too old once the next day's job has had time to fail.
    """
    begin, end = run
    day, pause = timedelta(hours=limits.run_hours), timedelta(hours=limits.run_pause_hours)
    sign = signs.newest(begin, None)
    if sign is None or not end - day - pause <= sign < end - day:
        sign = end
    return max(begin, sign - day), end


def _by_word(runs: Sequence[Run], told: FailedAt, limits: Limits) -> tuple[int | None, Chosen]:
    """The newest run that holds what the person told, else the nearest within a pause."""
    if not runs:
        return None, Chosen.UNTIMED
    holding = [n for n, (begin, end) in enumerate(runs) if begin <= told.end and end >= told.begin]
    if holding:
        return holding[-1], Chosen.TOLD
    away = [(max(begin - told.end, told.begin - end), n) for n, (begin, end) in enumerate(runs)]
    distance, place = min(away)
    if distance > timedelta(hours=limits.run_pause_hours):
        return None, Chosen.NOT_LOGGED
    return place, Chosen.NEAREST


def _cut(run: Run, told: FailedAt, longest: timedelta) -> Run:
    """Of a log that never pauses, what is taken for the run of a time."""
    begin, end = run
    if end - begin <= longest:
        return run
    if told.is_day:
        return max(begin, told.begin), min(end, told.end)
    return max(begin, told.begin - longest), min(end, told.end + AFTERWARDS)


def _shown(moment: datetime) -> str:
    return local(moment).isoformat(timespec="seconds")
