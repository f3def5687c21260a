# SPDX-License-Identifier: MIT
"""Somebody at a terminal, with the answers that they will give."""

from __future__ import annotations

import io

from wizard.cli.terminal import Terminal
from wizard.session import Session


class Person:
    """Answers in turn; then the input ends."""

    def __init__(self, session: Session, *answers: str) -> None:
        self.out = io.StringIO()
        self.terminal = Terminal(self.out, self.out, session.texts)
        self._answers = iter(answers)

    def ask(self, prompt: str) -> str:
        self.out.write(prompt)
        try:
            return next(self._answers)
        except StopIteration:
            raise EOFError from None

    @property
    def told(self) -> str:
        return self.out.getvalue()
