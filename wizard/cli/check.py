# SPDX-License-Identifier: MIT
"""wizard check: run the checks and print the diagnosis."""

from __future__ import annotations

import argparse
from pathlib import Path

from wizard.cli import asked, run
from wizard.cli.terminal import STATUS_OF, ExitStatus, Terminal
from wizard.findings import as_json, as_junit, as_text, network_text
from wizard.model import Diagnosis
from wizard.session import Session


def check(options: argparse.Namespace, terminal: Terminal) -> int:
    """Exit status by the diagnosis; 130 with what is known after Ctrl-C.

    Raises:
        BadInput: the file for the network team is there already, or can't be written.
    """
    given = getattr(options, "network_text", None)
    output = Path(given) if given else None
    if output:
        network_text.must_be_new(output)
    with options.open_session() as session:
        watched = run.diagnose(session, terminal)
        show(session, options, terminal)
        if output:
            _write_network_text(session, watched.diagnosis, output, terminal)
    if watched.interrupted:
        terminal.note(terminal.texts("cli.interrupted"))
        return ExitStatus.INTERRUPTED
    return STATUS_OF[watched.status]


def _write_network_text(
    session: Session, diagnosis: Diagnosis, output: Path, terminal: Terminal
) -> None:
    text = network_text.make(diagnosis, session.product, session.texts)
    written = network_text.write(text, output)
    terminal.note(terminal.texts("cli.network_text", path=str(written)))


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
            *asked.lines(options, diagnosis, session.texts),
        ]
        product, texts = session.product, session.texts
        terminal.say(as_text.diagnosis_to_text(diagnosis, product, texts, told))
