# SPDX-License-Identifier: MIT
"""wizard check: run the checks and print the diagnosis."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from wizard.cli import asked, run
from wizard.cli.terminal import STATUS_OF, ExitStatus, Terminal
from wizard.findings import admin_text, as_json, as_junit, as_text, network_text, text_file
from wizard.model import Diagnosis
from wizard.session import Session

# By option: the text that it asks for, for somebody else to read.
_TEXTS: dict[str, Callable[[Diagnosis, Session], str]] = {
    "network_text": lambda found, of: network_text.make(found, of.product, of.texts),
    "admin_text": lambda found, of: admin_text.make(found, of.product, of.texts, of.scope.cloud),
}


def check(options: argparse.Namespace, terminal: Terminal) -> int:
    """Exit status by the diagnosis; 130 with what is known after Ctrl-C.

    Raises:
        BadInput: a file for somebody else is there already, or can't be written.
    """
    asked_for = {name: Path(given) for name in _TEXTS if (given := getattr(options, name, None))}
    for output in asked_for.values():
        text_file.must_be_new(output)
    with options.open_session() as session:
        watched = run.diagnose(session, terminal)
        show(session, options, terminal)
        for name, output in asked_for.items():
            text = _TEXTS[name](watched.diagnosis, session)
            written = text_file.write(text, output)
            terminal.note(terminal.texts(f"cli.{name}", path=str(written)))
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
        told = [
            *asked.way(options, diagnosis, session.texts),
            *asked.permissions(options, diagnosis, session.texts),
            *asked.lines(options, diagnosis, session.texts),
        ]
        product, texts = session.product, session.texts
        terminal.say(as_text.diagnosis_to_text(diagnosis, product, texts, told))
