# SPDX-License-Identifier: MIT
"""Waiting on a terminal: Ctrl-C ends the wait, and what is known by then is the answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from wizard.cli.terminal import Terminal
from wizard.findings.wording import fit
from wizard.host.deadline import Call, StillRunning

T = TypeVar("T")
WAIT_S = 0.1


def until_answered(work: Callable[[threading.Event], T], terminal: Terminal) -> T:
    """What a long piece of work answers; Ctrl-C tells it to come to its end."""
    cancel = threading.Event()
    call = Call(lambda: work(cancel))
    try:
        while True:
            try:
                return call.wait(WAIT_S)
            except StillRunning:
                continue
            except KeyboardInterrupt:
                cancel.set()
    finally:
        progress(terminal, "")


def progress(terminal: Terminal, text: str) -> None:
    """One line that is written over by the next, where somebody watches; empty to remove it."""
    if terminal.err.isatty():
        terminal.err.write(f"\r\x1b[K{fit(text, terminal.err.encoding)}")
        terminal.err.flush()
