# SPDX-License-Identifier: MIT
"""How long something may still take, and how to stop waiting for what can't be interrupted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from wizard.host.deadline import Call, StillRunning

T = TypeVar("T")


class Deadline:
    """A moment by which everything must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Seconds still allowed, never less than a token 0.01 so that it may be a time-out."""
        remaining = max(0.01, self._end - time.monotonic())
        return remaining if at_most is None else min(remaining, at_most)

    @property
    def over(self) -> bool:
        """Whether the moment has passed."""
        return time.monotonic() >= self._end


class Stopwatch:
    """Milliseconds since it was made."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def ms(self) -> float:
        """Rounded to a tenth: finer says nothing about a network."""
        return round((time.monotonic() - self._start) * 1000, 1)


def within(seconds: float, call: Callable[[], T]) -> T:
    """The call's answer; TimeoutError when it takes longer, and then it is left to itself."""
    try:
        return Call(call).wait(seconds)
    except StillRunning:
        raise TimeoutError from None


def side_by_side(calls: Sequence[Callable[[], T]]) -> list[T]:
    """The answers of calls that bound themselves, in order; all run at the same time."""
    return [running.wait(threading.TIMEOUT_MAX) for running in [Call(call) for call in calls]]
