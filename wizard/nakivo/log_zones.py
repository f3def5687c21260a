# SPDX-License-Identifier: MIT
"""What the zone behind a time means, and how times of several zones are compared.

A log without a zone is taken for one of this computer, in its local time: the product and the
system write theirs so.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

# By hours east of UTC. Left out is what stands for several zones, as CST, IST and BST do: such a
# time is taken for local time.
_NAMES = {
    0: "Z UTC GMT WET",
    1: "WEST CET",
    2: "CEST EET",
    3: "EEST MSK",
    8: "SGT HKT AWST",
    9: "JST KST",
    9.5: "ACST",
    10: "AEST",
    10.5: "ACDT",
    11: "AEDT",
    12: "NZST",
    13: "NZDT",
    -4: "EDT",
    -5: "EST CDT",
    -6: "MDT",
    -7: "MST PDT",
    -8: "PST AKDT",
    -9: "AKST",
    -10: "HST",
}
_HOURS = {name: hours for hours, names in _NAMES.items() for name in names.split()}
NAMES = "|".join(sorted(_HOURS, key=len, reverse=True))


def zone(text: str | None) -> timezone | None:
    """The zone of a name or of an offset such as +01:00, +0100 or +01; None where there is none."""
    if text is None:
        return None
    if text in _HOURS:
        return timezone(timedelta(hours=_HOURS[text])) if _HOURS[text] else UTC
    if text[0] not in "+-":
        return None
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "").ljust(4, "0")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def comparable(moment: datetime) -> datetime:
    """A moment that can be compared with those of any zone."""
    return moment if moment.tzinfo is UTC else _in_utc(moment, moment.fold, time.tzname)


# One line's moment is asked for by all who compare it, and the system's clock answers slowly.
@lru_cache(maxsize=64)
def _in_utc(moment: datetime, _fold: int, _zones: tuple[str, str]) -> datetime:
    """The same, by what else decides it: which of two equal hours, and the computer's zone."""
    return moment.astimezone(UTC)


def local(moment: datetime) -> datetime:
    """A moment by this computer's clock, without a zone: as a log without zones has it."""
    return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment


def local_zone(moment: datetime) -> str:
    """The zone of this computer's clock at a moment, as UTC+01:00."""
    offset = f"{moment.astimezone():%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}"


def as_written(moment: datetime, like: datetime) -> datetime:
    """A comparable moment in the way in which a log writes another one."""
    return moment.astimezone(like.tzinfo) if like.tzinfo else local(moment)
