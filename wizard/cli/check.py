# SPDX-License-Identifier: MIT
"""wizard check: run the checks and print the diagnosis."""

from __future__ import annotations

import argparse

from wizard.cli import asked, run
from wizard.cli.terminal import STATUS_OF, ExitStatus, Terminal
from wizard.findings import as_json, as_junit, as_text
from wizard.session import Session


def check(options: argparse.Namespace, terminal: Terminal) -> int:
    """Exit status by the diagnosis; 130 with what is known after Ctrl-C."""
    with options.open_session() as session:
        watched = run.diagnose(session, terminal)
        show(session, options, terminal)
    if watched.interrupted:
        terminal.note(terminal.texts("cli.interrupted"))
        return ExitStatus.INTERRUPTED
    return STATUS_OF[watched.status]


def show(session: Session, options: argparse.Namespace, terminal: Terminal) -> None:
    """Print the session's diagnosis in the format asked for."""
    diagnosis = session.diagnosis
    if diagnosis is None:
        return
    format_ = getattr(options, "format", "text")
    if format_ == "json":
        terminal.json(as_json.diagnosis_to_json(diagnosis, session.product, session.texts))
    elif format_ == "junit":
        terminal.xml(as_junit.diagnosis_to_junit(diagnosis, session.texts))
    else:
        terminal.say(as_text.diagnosis_to_text(diagnosis, session.product, session.texts))
        told = [
            *asked.way(options, diagnosis, session.texts),
            *asked.lines(options, diagnosis, session.texts),
        ]
        if told:
            terminal.say("\n" + "\n".join(told))
