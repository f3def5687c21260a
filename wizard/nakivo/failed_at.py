# SPDX-License-Identifier: MIT
"""When the person says that the job failed: a day, or a moment by this computer's clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wizard.errors import BadInput
from wizard.nakivo import log_times
from wizard.nakivo.log_zones import comparable

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_CLOCK = re.compile(r"\d:\d\d")
_HALF = re.compile(r"(?i)(?<=\d)\s?([ap])\.?m\b\.?")
_NO_SECONDS = re.compile(r"(?<![:+-])\b(\d{1,2}:\d\d)(?!:?\d)")


@dataclass(frozen=True)
class FailedAt:
    """The time in which it failed, as the person typed it and in a form that can be compared."""

    text: str
    begin: datetime
    end: datetime

    @property
    def is_day(self) -> bool:
        """Whether no more than the day is known."""
        return self.end - self.begin > _MINUTE


def parse(text: str) -> FailedAt:
    """2026-11-23, 2026-11-23 02:14 and what logs write; BadInput for anything else."""
    given = " ".join(text.split())
    told = _HALF.sub(lambda half: f" {half[1].upper()}M", given)
    day = None if _CLOCK.search(told) else log_times.typed(f"{told} 00:00:00")
    if day is not None:
        found = FailedAt(given, comparable(day), comparable(day + _DAY))
    else:
        moment = log_times.typed(_NO_SECONDS.sub(r"\1:00", told, count=1))
        if moment is None:
            raise BadInput("error.failed_at", given=given[:80])
        found = FailedAt(given, comparable(moment), comparable(moment))
    if found.begin > datetime.now(UTC):
        raise BadInput("error.failed_at_future", given=given[:80])
    return found
