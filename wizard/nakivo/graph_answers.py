# SPDX-License-Identifier: MIT
"""Requests that Microsoft Graph answered well: when the same kind of request worked, and when not.

Only lines that hold request and answer together count. Names of objects aren't kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wizard.graph import operations
from wizard.model import Value
from wizard.nakivo import graph_rejections
from wizard.nakivo.log_lines import Line
from wizard.nakivo.log_zones import comparable

Kind = tuple[str, str]  # method, and the path without names


@dataclass
class Good:
    """Good answers to one kind of request, those with a time."""

    count: int
    first: datetime
    last: datetime

    def __post_init__(self) -> None:
        self._begin, self._end = comparable(self.first), comparable(self.last)

    def add(self, moment: datetime, time: datetime) -> None:
        """Another one; `time` is its moment as it can be compared."""
        self.count += 1
        if time > self._end:
            self.last, self._end = moment, time
        elif time < self._begin:
            self.first, self._begin = moment, time


def kind_of(fields: Mapping[str, Value]) -> Kind:
    """What sort of request it was; empty where the log doesn't show that."""
    url = str(fields.get("url", ""))
    return str(fields.get("method", "")), operations.place_of(url) if url else ""


class Answers:
    """Good answers by kind of request; memory is bounded by the number of kinds."""

    def __init__(self, kinds: int) -> None:
        self._kinds = kinds
        self._good: dict[Kind, Good] = {}
        self.count = 0
        self.is_whole = True  # whether no kind was left out
        self._last: datetime | None = None  # the newest of all kinds, as it can be compared

    def note(self, line: Line) -> bool:
        """Take a line that shows a request; whether it shows a good answer, too."""
        asked = graph_rejections.answered_well(line)
        if not asked:
            return False
        self.count += 1
        moment = line.time
        if moment:
            time = comparable(moment)
            self._last = time if self._last is None else max(self._last, time)
            self._add(kind_of(asked), moment, time)
        return True

    def of(self, kind: Kind) -> Good | None:
        """The good answers to a kind of request."""
        return self._good.get(kind)

    def is_behind(self, moment: datetime | None) -> bool:
        """Whether any request was answered well after a moment."""
        if moment is None or self._last is None:
            return False
        return self._last > comparable(moment)

    def _add(self, kind: Kind, moment: datetime, time: datetime) -> None:
        good = self._good.get(kind)
        if good is not None:
            good.add(moment, time)
        elif len(self._good) < self._kinds:
            self._good[kind] = Good(1, moment, moment)
        else:
            self.is_whole = False
