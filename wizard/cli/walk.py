# SPDX-License-Identifier: MIT
"""The wizard as text: the same causes in the same order, one at a time, for a screenless server."""

from __future__ import annotations

import argparse

from wizard import flow
from wizard.cli import run, walk_actions
from wizard.cli.asking import Ask
from wizard.cli.streams import is_answered
from wizard.cli.terminal import STATUS_OF, ExitStatus, Terminal
from wizard.findings import as_text
from wizard.flow import Flow
from wizard.model import CauseId
from wizard.session import Session


def walk(options: argparse.Namespace, terminal: Terminal) -> int:
    """Walk the causes; where nobody can answer, print all pages and end."""
    with options.open_session() as session:
        terminal.say(terminal.texts("walk.welcome"))
        watched = run.diagnose(session, terminal)
        if watched.interrupted:
            return ExitStatus.INTERRUPTED
        diagnosis, product, texts = watched.diagnosis, session.product, session.texts
        terminal.say(as_text.verdict_to_text(diagnosis, product, texts))
        if is_answered():
            walk_actions.attempt(walk_actions.begin, session, terminal, input)
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
        self.flow.jump(flow.SCAN)
        self.flow.go_next()
        self._show()
        while (answer := self._answer()) != "q":
            if answer == "" and self.flow.current == flow.EXPORT:
                return
            if self._act(answer):
                self._show()

    def _answer(self) -> str:
        """The person's letter; the end of the input means that nobody is there any more."""
        try:
            return self.ask(self.terminal.texts("walk.prompt")).strip().lower()
        except EOFError:
            return "q"

    def _show(self) -> None:
        """The current cause, the verdict, or the end of the walk."""
        diagnosis, page = self.session.diagnosis, self.flow.current
        product, texts = self.session.product, self.session.texts
        if diagnosis is None:
            return
        found = [verdict for verdict in diagnosis.verdicts if verdict.cause == page]
        told = [as_text.cause_to_text(diagnosis, verdict, product, texts) for verdict in found]
        if page == flow.EXPORT:
            end = "walk.end" if diagnosis.likely_cause else "walk.end_without_cause"
            told = [as_text.not_checked_to_text(diagnosis, product, texts), "", texts(end)]
        self.terminal.say("\n".join(told or [as_text.verdict_to_text(diagnosis, product, texts)]))

    def _act(self, answer: str) -> bool:
        """Do what a letter stands for; whether there is something new to show."""
        actions = {"a": walk_actions.move_folder, "e": walk_actions.write_findings}
        if answer in actions:
            walk_actions.attempt(actions[answer], self.session, self.terminal, self.ask)
            return False
        if answer not in ("", "b", "r"):
            self.terminal.say(self.terminal.texts("walk.unknown_key", given=answer))
            return False
        if answer == "r":
            self._check_again()
        elif answer == "b":
            self.flow.go_back()
        else:
            self._go_on()
        return True

    def _go_on(self) -> None:
        """The next cause or the end; what mends one has its own key."""
        self.flow.go_next()
        if self.flow.current == flow.ARGUMENTS:
            self.flow.go_next()

    def _check_again(self) -> None:
        page = self.flow.current
        if page in list(CauseId):
            self.flow.update(self.session.recheck(CauseId(page)))
        else:
            self.flow.update(self.session.diagnose())
