# SPDX-License-Identifier: MIT
"""Whose lines decide? Those of the run that failed, as the person tells it or the logs show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wizard.nakivo.failed_at import FailedAt
from wizard.nakivo.log_signatures import Limits
from wizard.nakivo.log_zones import local

AFTERWARDS = timedelta(hours=1)  # what is still written of a failure once it is noticed
_KEPT = 60  # of very many runs the newest
Run = tuple[datetime, datetime]  # begin and end
Shows = Callable[[datetime, datetime | None], bool]  # whether a time shows a job at work


class Chosen(StrEnum):
    """How the run that decides was found."""

    NEWEST = "newest"  # nobody told, so it is the newest
    WORKED = "worked"  # the newest one that shows a job at work: those after it show none
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


def choose(
    runs: Sequence[Run], limits: Limits, told: FailedAt | None, shows: Shows
) -> tuple[DecidingRun, Window | None]:
    """The run that decides; no window where there is none."""
    spans = tuple((_shown(begin), _shown(end)) for begin, end in runs[-_KEPT:])
    text = told.text if told else None
    place, chosen = _newest(runs, shows) if told is None else _by_word(runs, told, limits)
    if place is None:
        return DecidingRun(chosen, failed_at=text, runs=spans), None
    begin, end = _cut(runs[place], told, timedelta(hours=limits.run_hours))
    if chosen in (Chosen.NEWEST, Chosen.WORKED):
        until = None
    else:
        until = end if end < runs[place][1] else next((r[0] for r in runs[place + 1 :]), None)
    run = DecidingRun(chosen, _shown(begin), _shown(end), text, spans)
    return run, Window(run, begin, until, (*runs[:place], (begin, end)))


def _newest(runs: Sequence[Run], shows: Shows) -> tuple[int | None, Chosen]:
    """The newest run, unless only earlier ones show a job at work."""
    if not runs:
        return None, Chosen.UNTIMED
    last = len(runs) - 1
    for place in range(last, -1, -1):
        following = runs[place + 1][0] if place < last else None
        if shows(runs[place][0], following):
            return place, Chosen.NEWEST if place == last else Chosen.WORKED
    return last, Chosen.NEWEST


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


def _cut(run: Run, told: FailedAt | None, longest: timedelta) -> Run:
    """Of a log that never pauses, what is taken for one run."""
    begin, end = run
    if end - begin <= longest:
        return run
    if told is None:
        return end - longest, end
    if told.is_day:
        return max(begin, told.begin), min(end, told.end)
    return max(begin, told.begin - longest), min(end, told.end + AFTERWARDS)


def _shown(moment: datetime) -> str:
    return local(moment).isoformat(timespec="seconds")
