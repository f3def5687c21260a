# SPDX-License-Identifier: MIT
"""How far reading is, told a few times a second: blocks come by the hundred."""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[int], None]  # is told the bytes read so far
EACH_S = 0.25


def ignore(_bytes: int) -> None:
    """The progress of somebody who doesn't watch."""


def paced(tell: Progress) -> Progress:
    """The same, but no more often than somebody can read."""
    last = float("-inf")

    def at(count: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EACH_S:
            last = now
            tell(count)

    return at
