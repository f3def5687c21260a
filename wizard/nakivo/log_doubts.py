# SPDX-License-Identifier: MIT
"""What is doubtful about the times that logs show, told beside what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from wizard.nakivo.log_times import Years, shown
from wizard.nakivo.log_zones import comparable

_KEPT = 1000


@dataclass
class Doubts:
    """Gathered while logs are read."""

    zoneless: bool = False  # some times name no zone and are taken for this computer's
    dated_by_file: int = 0  # logs whose lines have a clock and no date
    _ahead: set[datetime] = field(default_factory=set)

    def note(self, moment: datetime, years: Years) -> None:
        """A time that was taken as it is written."""
        self.zoneless = self.zoneless or moment.tzinfo is None
        self.dated_by_file = int(years.clock_only)

    def note_ahead(self, moment: datetime) -> None:
        """A line whose date lies ahead."""
        if len(self._ahead) < _KEPT:
            self._ahead.add(moment)

    def add(self, other: Doubts) -> None:
        """Those of another log."""
        self.zoneless = self.zoneless or other.zoneless
        self.dated_by_file += other.dated_by_file
        self._ahead |= other._ahead

    @property
    def told(self) -> TimeDoubts:
        """All of it, to be told."""
        latest = max(self._ahead, key=comparable, default=None)
        return TimeDoubts(self.zoneless, self.dated_by_file, len(self._ahead), shown(latest))


@dataclass(frozen=True)
class TimeDoubts:
    """What is doubtful about times. `ahead` counts lines seen with a date that lies ahead."""

    zoneless: bool = False
    dated_by_file: int = 0
    ahead: int = 0
    latest_ahead: str | None = None


NO_DOUBTS = TimeDoubts()
