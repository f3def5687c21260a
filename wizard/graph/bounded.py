# SPDX-License-Identifier: MIT
"""Names and times out of an answer, short and on one line: anybody on the way may have written it.

They go into sentences and into text that somebody acts upon, so no line of their own may begin in
them. What can't be in a name becomes a question mark, so that nothing odd passes for a known one.
"""

from __future__ import annotations

import re
from typing import Any

from wizard import secret_patterns

NAME_LENGTH = 100
TIME_LENGTH = 40
MOST_CHARACTERS = 10_000  # of what is looked at
_NO_NAME = re.compile(r"[^\w.-]+", re.ASCII)
_NO_TIME = re.compile(r"[^\w ,:.+-]+", re.ASCII)
_NO_PLACE = re.compile(r"[^\w:/.-]+", re.ASCII)


def name(raw: Any) -> str:
    """A code, an id or a permission; empty where it is none at all."""
    return _cut(_NO_NAME, raw, NAME_LENGTH)


def time(raw: Any) -> str:
    """A moment or a number of seconds, in whatever form."""
    return _cut(_NO_TIME, raw, TIME_LENGTH)


def place(raw: Any) -> str:
    """The address of a service, or its id."""
    return _cut(_NO_PLACE, raw, NAME_LENGTH)


def _cut(odd: re.Pattern[str], raw: Any, length: int) -> str:
    if not isinstance(raw, str | int):
        return ""
    # What stands between us and Graph may send back what was sent, the token included.
    return odd.sub("?", secret_patterns.mask(str(raw)[:MOST_CHARACTERS]))[:length]
