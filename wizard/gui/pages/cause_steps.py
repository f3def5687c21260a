# SPDX-License-Identifier: MIT
"""What to do about a cause: first what its finding asks for, then the article's steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from wizard.findings import wording
from wizard.gui import actions
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Card, clear, rule
from wizard.gui.widgets.buttons import Button, CopyButton, fixed
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.step_row import StepRow
from wizard.model import CauseId

# What can be run as it stands in a sentence, up to its end.
_COMMAND = re.compile(
    r"(?:sudo )?systemctl [a-z]+ [\w@.-]+(?: [\w@-]+\.service)*"
    r"|(?:sudo )?journalctl -u [\w@.-]+(?: -n \d+)?"
    r'|sc\.exe \w+ "[^"]+"'
    r"""|(?:"[^"]*keytool[^"]*"|'[^']*keytool'|\S*keytool\S*) -importcert .+"""
)


class CauseSteps(Card):
    """The card at the right of a cause page."""

    def __init__(self, desk: Desk, cause: CauseId, recheck: Callable[[], None]) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._cause = cause
        self._heading = Label(role="heading")
        self._own = QVBoxLayout()
        self._own.setSpacing(desk.theme.tokens.space.small)
        self._from_article = Label(self._say("article_steps"), "strong")
        self.recheck = Button(desk.theme, self._say("recheck"), "again")
        self.recheck.clicked.connect(recheck)
        self.measured = Label(role="small")
        self.column.addWidget(self._heading)
        self.column.addLayout(self._own)
        self.column.addWidget(self._from_article)
        self._add_article()
        self.column.addWidget(rule())
        self.column.addWidget(self.measured)
        self._add_source()

    def show_advice(self, advice: Sequence[str], *, is_calm: bool, hint: str = "") -> None:
        """Show a finding's own advice first; without a finding the steps are only in case.

        A hint leads to what helps with the advice.

        Only the article's steps have numbers: two lists that both begin at 1 confuse.
        """
        self._heading.setText(self._say("steps_calm" if is_calm else "steps"))
        clear(self._own)
        for sentence in advice:
            button = self._copy_button(sentence)
            self._own.addWidget(StepRow(self._desk.theme, None, sentence, button))
        if advice and hint:
            self._own.addWidget(StepRow(self._desk.theme, None, hint, None))
        self._from_article.setVisible(bool(advice))

    def _copy_button(self, sentence: str) -> CopyButton | None:
        found = command_in(sentence)
        if found is None:
            return None
        desk = self._desk
        return CopyButton(desk.theme, desk.texts, found, fixed(found), letter=False)

    def _add_article(self) -> None:
        desk = self._desk
        steps = desk.session.product.cause(self._cause).steps
        for number, step in enumerate(steps, start=1):
            sentence = desk.texts(f"cause.{self._cause}.steps.{step.id}")
            button = actions.make_button(desk, step.action, sentence)
            if step.action == actions.RECHECK:
                button = self.recheck
            self.column.addWidget(StepRow(desk.theme, number, sentence, button))
        if not any(step.action == actions.RECHECK for step in steps):
            self.column.addWidget(self.recheck, alignment=Qt.AlignmentFlag.AlignLeft)

    def _add_source(self) -> None:
        desk, product = self._desk, self._desk.session.product
        source = product.sources[product.cause(self._cause).source]
        title = wording.source_title(source, desk.texts)
        self.column.addWidget(Label(self._say("source", title=title, date=source.date), "small"))
        if source.url:
            link = Button(desk.theme, self._say("open_source"), "external", "link")
            link.setToolTip(source.url)
            link.clicked.connect(lambda: desk.open_page(source.url))
            self.column.addWidget(link, alignment=Qt.AlignmentFlag.AlignLeft)

    def _say(self, text: str, **values: str) -> str:
        return self._desk.texts(f"page.cause.{text}", values)


def command_in(sentence: str) -> str | None:
    """The command that a sentence holds, without the full stop after it."""
    found = _COMMAND.search(sentence)
    return found[0].rstrip(".") if found else None
