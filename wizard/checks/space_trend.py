# SPDX-License-Identifier: MIT
"""Is the disk filling up, how fast, and when is it full? Pure, apart from what keeps the looks.

Two sources: earlier diagnoses of this computer, and two looks of one run. A rate that is no more
than a disk's usual coming and going is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from wizard import codec
from wizard.errors import BadInput
from wizard.history import History, SpaceLook
from wizard.host.base import Volume
from wizard.model import Diagnosis
from wizard.product import Product

CHECK = "temp_space"  # the check whose observation holds the looks
_HOUR = 3600


@dataclass(frozen=True)
class Trend:
    """Free space that falls: from `since` on, by so much in all."""

    since: datetime
    looks: int
    fallen_bytes: int
    seconds: float

    @property
    def bytes_per_hour(self) -> float:
        """How fast."""
        return self.fallen_bytes / self.seconds * _HOUR

    def hours_until(self, free_bytes: int, left_bytes: float = 0.0) -> float:
        """How long until no more than `left_bytes` of the free space are left, at this rate."""
        return max(0.0, free_bytes - left_bytes) / self.bytes_per_hour


def over_days(earlier: Sequence[SpaceLook], now: SpaceLook, product: Product) -> Trend | None:
    """The fall that has lasted until now; a rise beyond what is usual ends it."""
    facts = product.facts
    usual = product.bytes_of_gb(facts.trend_usual_gb.value)
    longest = timedelta(days=facts.trend_longest_days.value)
    same = of_volume(earlier, now)
    fresh = [look for look in same if now.when - longest <= look.when < now.when]
    fresh.sort(key=lambda look: look.when)
    falling = _falling((*fresh, now), usual)
    return _beyond(falling, usual, facts.trend_shortest_hours.value * _HOUR)


def in_run(first: SpaceLook, second: SpaceLook, product: Product) -> Trend | None:
    """The fall between two looks of one run."""
    usual = product.facts.trend_usual_in_run_mb.value * 1024**2
    return _beyond((first, second), usual, 0.0)


def of_volume(looks: Sequence[SpaceLook], now: SpaceLook) -> tuple[SpaceLook, ...]:
    """Those of the same volume: another size means another disk mounted there, or that it grew."""
    return tuple(
        look
        for look in looks
        if (look.computer, look.volume, look.total_bytes)
        == (now.computer, now.volume, now.total_bytes)
    )


def _falling(looks: Sequence[SpaceLook], usual: float) -> Sequence[SpaceLook]:
    begin = 0
    for place, (before, after) in enumerate(pairwise(looks), start=1):
        if after.free_bytes > before.free_bytes + usual:
            begin = place
    return looks[begin:]


def _beyond(looks: Sequence[SpaceLook], usual: float, shortest_s: float) -> Trend | None:
    first, last = looks[0], looks[-1]
    fallen, seconds = first.free_bytes - last.free_bytes, (last.when - first.when).total_seconds()
    if seconds <= 0 or seconds < shortest_s or fallen <= usual:
        return None
    return Trend(first.when, len(looks), fallen, seconds)


def look_at(volume: Volume, when: datetime, computer: str) -> SpaceLook:
    """A look at a volume."""
    return SpaceLook(when, computer, volume.mount, volume.total_bytes, volume.free_bytes)


@dataclass(frozen=True)
class _Seen:
    """What of the check's observation is kept."""

    temp_volume: Volume
    observed: datetime


def remember(diagnosis: Diagnosis, history: History) -> None:
    """Keep how much was free in this diagnosis, if it was looked at."""
    observation = next((r.observation for r in diagnosis.results if r.check == CHECK), None)
    seen = _seen(observation)
    if seen is not None:
        history.add(look_at(seen.temp_volume, seen.observed, diagnosis.host.name))


def _seen(observation: Any) -> _Seen | None:
    if not isinstance(observation, dict):
        return None
    known = {name: observation.get(name) for name in ("temp_volume", "observed")}
    try:
        return codec.from_plain(known, _Seen)
    except BadInput:
        return None
