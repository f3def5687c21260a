# SPDX-License-Identifier: MIT
"""Running a diagnosis on a terminal: progress on stderr, Ctrl-C keeps what is known."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from wizard.cli.terminal import Terminal
from wizard.engine import Emit
from wizard.model import CheckFinished, Diagnosis, Event, Status
from wizard.session import Session

JOIN_POLL_S = 0.1


@dataclass
class Watched:
    """A finished or interrupted run."""

    diagnosis: Diagnosis
    interrupted: bool

    @property
    def status(self) -> Status:
        """The diagnosis in one word."""
        return self.diagnosis.status


def diagnose(session: Session, terminal: Terminal) -> Watched:
    """Run all checks; the first Ctrl-C cancels and keeps the rows there are."""
    cancel = threading.Event()
    worker = threading.Thread(
        target=session.diagnose, args=(_progress(terminal), cancel), daemon=True
    )
    worker.start()
    try:
        while worker.is_alive():
            worker.join(JOIN_POLL_S)
    except KeyboardInterrupt:
        cancel.set()
        worker.join()
    if session.diagnosis is None:
        raise RuntimeError("the run ended without a diagnosis")
    return Watched(session.diagnosis, cancel.is_set())


def _progress(terminal: Terminal) -> Emit:
    """An emit that rewrites one line where somebody watches, and is silent elsewhere."""
    watched = terminal.err.isatty()

    def emit(event: Event) -> None:
        if watched and isinstance(event, CheckFinished):
            terminal.err.write(f"\r\x1b[K{progress_line(event, terminal)}")
            if not event.waiting:
                terminal.err.write("\r\x1b[K")
            terminal.err.flush()

    return emit


def progress_line(event: CheckFinished, terminal: Terminal) -> str:
    """'7 of 21, waiting for: Sign-in, Host names'."""
    texts = terminal.texts
    names = ", ".join(texts(f"check.{check}.title") for check in event.waiting[:3])
    text = "cli.progress" if names else "cli.progress_done"
    return texts(text, done=event.done, total=event.total, names=names)
