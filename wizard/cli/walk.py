# SPDX-License-Identifier: MIT
"""The wizard as text: the same causes in the same order, one at a time, for a screenless server."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from wizard import flow
from wizard.cli import run
from wizard.cli.terminal import STATUS_OF, ExitStatus, Terminal
from wizard.findings import as_text
from wizard.flow import Flow
from wizard.model import CauseId
from wizard.session import Session

Ask = Callable[[str], str]


def walk(options: argparse.Namespace, terminal: Terminal) -> int:
    """Walk the causes; where nobody can answer, print all pages and end."""
    with options.open_session() as session:
        terminal.say(terminal.texts("walk.welcome"))
        watched = run.diagnose(session, terminal)
        if watched.interrupted:
            return ExitStatus.INTERRUPTED
        diagnosis, product, texts = watched.diagnosis, session.product, session.texts
        terminal.say(as_text.verdict_to_text(diagnosis, product, texts))
        if sys.stdin.isatty():
            _Walk(session, terminal, input).go()
        else:
            for verdict in diagnosis.verdicts:
                terminal.say(as_text.cause_to_text(diagnosis, verdict, product, texts))
        return STATUS_OF[(session.diagnosis or diagnosis).status]


class _Walk:
    """One person's way through the causes, driven by the same flow as the window."""

    def __init__(self, session: Session, terminal: Terminal, ask: Ask) -> None:
        self.session = session
        self.terminal = terminal
        self.ask = ask
        self.flow = Flow()
        if session.diagnosis:
            self.flow.finish_scan(session.diagnosis)

    def go(self) -> None:
        """Show a page, ask, act, until the person has seen enough."""
        self.flow.go_next()
        self.flow.go_next()
        self.flow.go_next()
        while self._show():
            answer = self.ask(self.terminal.texts("walk.prompt")).strip().lower()
            if answer == "q":
                return
            self._act(answer)

    def _show(self) -> bool:
        diagnosis, page = self.session.diagnosis, self.flow.current
        if diagnosis is None or page == flow.EXPORT:
            self.terminal.say(self.terminal.texts("walk.end"))
            return False
        verdict = next(v for v in diagnosis.verdicts if v.cause == page)
        text = as_text.cause_to_text(diagnosis, verdict, self.session.product, self.session.texts)
        self.terminal.say(text)
        return True

    def _act(self, answer: str) -> None:
        if answer == "b":
            self.flow.go_back()
        elif answer == "r":
            self.flow.update(self.session.recheck(CauseId(self.flow.current)))
        else:
            self.flow.go_next()
