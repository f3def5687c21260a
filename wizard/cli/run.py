# SPDX-License-Identifier: MIT
"""Running a diagnosis on a terminal: progress on stderr, Ctrl-C keeps what is known."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from wizard.cli.terminal import Terminal
from wizard.findings.wording import fit
from wizard.model import CheckFinished, Diagnosis, Emit, Event, Status
from wizard.session import Session

WAIT_S = 0.1


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
    cancel, over = threading.Event(), threading.Event()

    def work() -> None:
        try:
            session.diagnose(_progress(terminal), cancel)
        finally:
            over.set()

    threading.Thread(target=work, daemon=True).start()
    # An event and not join: a join that Ctrl-C interrupts may take the thread for finished.
    try:
        while not over.wait(WAIT_S):
            pass
    except KeyboardInterrupt:
        cancel.set()
        over.wait()
    if session.diagnosis is None:
        raise RuntimeError("the run ended without a diagnosis")
    return Watched(session.diagnosis, cancel.is_set())


def _progress(terminal: Terminal) -> Emit:
    """An emit that rewrites one line where somebody watches, and is silent elsewhere."""
    watched = terminal.err.isatty()

    def emit(event: Event) -> None:
        if watched and isinstance(event, CheckFinished):
            line = fit(progress_line(event, terminal), terminal.err.encoding)
            terminal.err.write(f"\r\x1b[K{line}")
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
