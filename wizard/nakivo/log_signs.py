# SPDX-License-Identifier: MIT
"""When do logs show that a job was at work, or that it failed?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from wizard.nakivo import log_bearing
from wizard.nakivo.log_group import Group, minute_of
from wizard.nakivo.log_signatures import Weight

Stretch = tuple[datetime, datetime]


def newest(
    worked: Sequence[Stretch], groups: Iterable[Group], begin: datetime, until: datetime | None
) -> datetime | None:
    """The newest sign of a job in a time: Graph answered well, or a line explains a failure."""
    signs = [
        end if until is None else min(end, until)
        for first, end in worked
        if end >= begin and (until is None or first < until)
    ]
    return max((*signs, *_failed(groups, begin, until)), default=None)


def _failed(groups: Iterable[Group], begin: datetime, until: datetime | None) -> Iterator[datetime]:
    """The newest minute of each kind of line that explains a failure, where there are enough."""
    first, last = minute_of(begin), minute_of(until) if until else None
    for group in groups:
        if log_bearing.weight(group.signature, group.bearing) is not Weight.PROBLEM:
            continue
        minute = group.newest_within(first, last)
        if minute and group.within(first, last) >= max(1, group.signature.minimum_hits):
            yield minute
