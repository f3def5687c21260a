# SPDX-License-Identifier: MIT
"""Waiting on a terminal: Ctrl-C ends the wait, and what is known by then is the answer."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

from wizard.cli.terminal import Terminal
from wizard.findings.wording import fit
from wizard.host.deadline import Call, StillRunning

T = TypeVar("T")
WAIT_S = 0.1


class _Noted:
    """Takes Ctrl-C: the first sets the event, one more ends the program as ever."""

    def __init__(self) -> None:
        self.event = threading.Event()

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        if self.event.is_set():
            raise KeyboardInterrupt
        self.event.set()


@contextlib.contextmanager
def interrupts() -> Iterator[threading.Event]:
    """Set by Ctrl-C, which therefore can't fall between two steps; within another one, the same."""
    before = signal.getsignal(signal.SIGINT)
    if isinstance(before, _Noted):
        yield before.event
        return
    noted = _Noted()
    heeds = before is not signal.SIG_IGN and threading.current_thread() is threading.main_thread()
    if heeds:
        signal.signal(signal.SIGINT, noted)
    try:
        yield noted.event
    finally:
        if heeds:
            signal.signal(signal.SIGINT, before)


def until_answered(work: Callable[[threading.Event], T], terminal: Terminal) -> T:
    """What a long piece of work answers; Ctrl-C tells it to come to its end."""
    with interrupts() as cancel:
        call = Call(lambda: work(cancel))
        try:
            while True:
                with contextlib.suppress(StillRunning):
                    return call.wait(WAIT_S)
        finally:
            progress(terminal, "")


def progress(terminal: Terminal, text: str) -> None:
    """One line that is written over by the next, where somebody watches; empty to remove it."""
    if terminal.err.isatty():
        terminal.err.write(f"\r\x1b[K{fit(text, terminal.err.encoding)}")
        terminal.err.flush()
