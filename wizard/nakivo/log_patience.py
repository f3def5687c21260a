# SPDX-License-Identifier: MIT
"""Asking a disk or share that may never answer; nobody waits for it beyond the end of reading."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from wizard.host.deadline import Call, StillRunning
from wizard.nakivo.log_lines import Stop
from wizard.nakivo.log_sources import LimitReached

T = TypeVar("T")

_LOOK_S = 0.05


class _End:
    """Behind the last item."""


_END = _End()


def ask(question: Callable[[], T], stop: Stop) -> T:
    """The answer of a call that may hang; a call left alone goes on by itself.

    Raises:
        TimeoutError: there was no answer for long.
        LimitReached: reading ended meanwhile.
    """
    call, began = Call(question), time.monotonic()
    while not (stop.is_cancelled or stop.is_late):
        try:
            return call.wait(_LOOK_S)
        except StillRunning:
            if time.monotonic() - began >= stop.silent_s:
                raise stop.silence() from None
    raise LimitReached("log_unread_time")


def each(items: Iterator[T], stop: Stop) -> Iterator[T]:
    """The items of an iterator, each of which may hang."""
    try:
        while True:
            found = ask(lambda: next(items, _END), stop)
            if isinstance(found, _End):
                return
            yield found
    finally:
        Call(lambda: _close(items))  # which may hang, too


def _close(items: Iterator[object]) -> None:
    close = getattr(items, "close", None)
    if close is not None:
        close()
