# SPDX-License-Identifier: MIT
"""What to do about a cause: first what its finding asks for, then the article's steps that fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.findings import wording
from wizard.findings.vendor_steps import Fitting
from wizard.gui import actions
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Card, clear, rule
from wizard.gui.widgets.buttons import Button, CopyButton, Fold, fixed
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
        self._shown: Fitting | None = None
        self._list = QWidget()
        self._article = QVBoxLayout(self._list)
        self._article.setContentsMargins(0, 0, 0, 0)
        self._article.setSpacing(desk.theme.tokens.space.small)
        self._from_article = Label(self._say("article_steps"), "strong")
        self.fold = Fold(desk.theme, self._say("article_steps_part"), self._list)
        self.recheck = Button(desk.theme, self._say("recheck"), "again")
        self.recheck.clicked.connect(recheck)
        self.measured = Label(role="small")
        self.column.addWidget(self._heading)
        self.column.addLayout(self._own)
        for part in (self._from_article, self.fold, self._list):
            self.column.addWidget(part)
        self.column.addWidget(self.recheck, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(rule())
        self.column.addWidget(self.measured)
        self._add_source()

    def show_advice(
        self, advice: Sequence[str], fitting: Fitting, *, is_calm: bool, hint: str = ""
    ) -> None:
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
        self._show_article(fitting, is_alone=not advice)

    def _show_article(self, fitting: Fitting, *, is_alone: bool) -> None:
        """Folded away once the reason is known: the finding's own advice is nearer to it."""
        is_folded = fitting.is_part and bool(fitting.steps)
        self._from_article.setVisible(not is_alone and not fitting.is_part)
        self.fold.setVisible(is_folded)
        self._list.setVisible(self.fold.isChecked() if is_folded else not fitting.is_part)
        if fitting != self._shown:
            self._shown = fitting
            clear(self._article)
            self._add_article(fitting)

    def _copy_button(self, sentence: str) -> CopyButton | None:
        found = command_in(sentence)
        if found is None:
            return None
        desk = self._desk
        return CopyButton(desk.theme, desk.texts, found, fixed(found), letter=False)

    def _add_article(self, fitting: Fitting) -> None:
        desk = self._desk
        known = desk.session.product.cause(self._cause).steps
        steps = [step for step in known if step.id in fitting.steps]
        for number, step in enumerate(steps, start=1):
            sentence = desk.texts(f"cause.{self._cause}.steps.{step.id}")
            button = actions.make_button(desk, step.action, sentence)
            self._article.addWidget(StepRow(desk.theme, number, sentence, button))

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
