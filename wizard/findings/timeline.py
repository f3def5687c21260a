# SPDX-License-Identifier: MIT
"""How many lines about a cause were logged when: a picture's numbers, and the same in words.

Made of what the log checks recorded, so that the window, the text, the page and a stored diagnosis
show the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wizard import codec
from wizard.checks import log_evidence
from wizard.checks.log_hits import LogHits
from wizard.errors import BadInput
from wizard.model import CauseId, CheckResult, Value
from wizard.nakivo.deciding_run import DecidingRun
from wizard.nakivo.log_tally import LogMatch
from wizard.nakivo.log_zones import comparable, local
from wizard.texts import Texts, readable

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_MOST_HOURS = 48
_MOST_DAYS = 31


@dataclass(frozen=True)
class Bucket:
    """An hour or a day: how many lines it has, and what stands out in it."""

    begin: str
    count: int
    is_first: bool = False  # the very first line is in it
    is_run: bool = False  # the run that decides reaches into it


@dataclass(frozen=True)
class Timeline:
    """The buckets without a gap; `earlier` counts lines before them."""

    by_hour: bool
    buckets: tuple[Bucket, ...]
    first: str
    last: str
    earlier: int = 0

    @property
    def count(self) -> int:
        """All lines with a time."""
        return self.earlier + sum(bucket.count for bucket in self.buckets)

    @property
    def most(self) -> int:
        """How many lines the highest bar stands for."""
        return max(bucket.count for bucket in self.buckets)


def of_results(results: Iterable[CheckResult]) -> dict[CauseId, Timeline]:
    """The timeline of each cause of which the logs hold lines."""
    return _of({row.check: row.observation for row in results})


def of_document(document: Mapping[str, Any]) -> dict[CauseId, Timeline]:
    """The same from a diagnosis as JSON."""
    observed = document.get("observations") or {}
    return _of({check: row["observation"] for check, row in observed.items()})


def of_matches(matches: Sequence[LogMatch], run: DecidingRun) -> Timeline | None:
    """The timeline of some kinds of lines; None where none has a time."""
    dated = [match for match in matches if match.first and match.last and match.bearing.is_counted]
    if not dated:
        return None
    days, hours = _summed(match.days for match in dated), _summed(match.hours for match in dated)
    first = min((_moment(match.first) for match in dated), key=comparable)
    last = max((_moment(match.last) for match in dated), key=comparable)
    begin, end = local(first).replace(minute=0, second=0, microsecond=0), local(last)
    whole = sum(hours.values()) == sum(days.values())
    by_hour = whole and end - begin < _MOST_HOURS * _HOUR
    step = _HOUR if by_hour else _DAY
    if not by_hour:
        begin = datetime.fromisoformat(min(days))
        end = datetime.fromisoformat(max(days))
        begin = max(begin, end - (_MOST_DAYS - 1) * _DAY)
    starts = [begin + n * step for n in range((end - begin) // step + 1)]
    counts = hours if by_hour else days
    named = [f"{start:%Y-%m-%dT%H}" if by_hour else f"{start:%Y-%m-%d}" for start in starts]
    is_first = f"{local(first):%Y-%m-%dT%H}" if by_hour else f"{first:%Y-%m-%d}"
    return Timeline(
        by_hour,
        tuple(
            Bucket(_shown(name), counts[name], name == is_first, _is_in(start, step, run))
            for name, start in zip(named, starts, strict=True)
        ),
        readable(first.isoformat(timespec="seconds")),
        readable(last.isoformat(timespec="seconds")),
        sum(counts.values()) - sum(counts[name] for name in named),
    )


def sentence(timeline: Timeline, texts: Texts) -> str:
    """What the picture shows, for whoever doesn't see it."""
    values: dict[str, Value] = {"count": timeline.count}
    values |= {"begin": timeline.buckets[0].begin, "end": timeline.buckets[-1].begin}
    values |= {"first": timeline.first, "last": timeline.last}
    values["clean"] = int(any(not bucket.count for bucket in timeline.buckets))
    values["single"] = int(len(timeline.buckets) == 1)
    told = texts(f"timeline.by_{'hour' if timeline.by_hour else 'day'}", values)
    if timeline.earlier:
        begin = timeline.buckets[0].begin
        told += " " + texts("timeline.earlier", count=timeline.earlier, begin=begin)
    return told


def note(bucket: Bucket, texts: Texts) -> str:
    """What stands out in a bucket, in words."""
    said = [texts(f"timeline.{name}") for name in ("is_first", "is_run") if getattr(bucket, name)]
    return texts("timeline.both", one=said[0], other=said[1]) if len(said) > 1 else "".join(said)


def _of(observations: Mapping[str, Any]) -> dict[CauseId, Timeline]:
    found: dict[CauseId, Timeline] = {}
    for check in log_evidence.CHECKS:
        plain = observations.get(check.id)
        if plain is None:
            continue
        try:
            hits = codec.from_plain(plain, LogHits)
        except BadInput:  # of another version
            continue
        timeline = of_matches(hits.matches, hits.run)
        if timeline is not None:
            found[check.cause] = timeline
    return found


def _summed(parts: Iterable[Mapping[str, int]]) -> Counter[str]:
    whole: Counter[str] = Counter()
    for part in parts:
        whole.update(part)
    return whole


def _moment(text: str | None) -> datetime:
    return datetime.fromisoformat(text or "")


def _shown(name: str) -> str:
    return f"{name.replace('T', ' ')}:00" if "T" in name else name


def _is_in(start: datetime, step: timedelta, run: DecidingRun) -> bool:
    """Whether the run that decides reaches into a bucket."""
    if run.begin is None or run.end is None:
        return False
    return _moment(run.begin) < start + step and _moment(run.end) >= start
