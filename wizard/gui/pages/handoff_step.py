# SPDX-License-Identifier: MIT
"""One step of the change by hand: its sentence, its warning, what to copy and what to open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.fixes.handoff import HandoffStep
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Callout, clear
from wizard.gui.widgets.buttons import Button, CopyButton, fixed
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.text_box import TextBox


class HandoffStepView(QWidget):
    """Above `middle` stands what is to be known first, below it how a person does it alone."""

    def __init__(self, desk: Desk, middle: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self.by_hand = QWidget()
        self._above, self._below = QVBoxLayout(), QVBoxLayout(self.by_hand)
        self._below.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (column, self._above, self._below):
            part.setSpacing(desk.theme.tokens.space.small)
        column.addLayout(self._above)
        column.addWidget(middle)
        column.addWidget(self.by_hand)

    def show_step(self, step: HandoffStep, *, back: bool) -> None:
        """Show another step."""
        clear(self._above)
        clear(self._below)
        texts = self._desk.texts
        self._above.addWidget(Label(texts(f"{step.text}.summary", step.values)))
        if texts.has(f"{step.text}.warning"):
            callout = Callout(self._desk.theme)
            callout.say("warning", "warning", texts(f"{step.text}.warning", step.values))
            self._above.addWidget(callout)
        for line in texts.lines(f"{step.text}.advice", step.values):
            self._below.addWidget(Label(line, "muted"))
        if step.copy is not None:
            what = "back" if back and step.id == "paste" else step.id
            self._add_copy(step.copy, self._say(f"copy_{what}"))
        if step.address is not None:
            self._add_address(step.address)

    def copy_button(self) -> CopyButton | None:
        """The button that copies what this step needs, where it needs anything."""
        shown = (b for b in self.findChildren(CopyButton) if b.isVisibleTo(self))
        return next(shown, None)

    def _add_copy(self, text: str, name: str) -> None:
        desk = self._desk
        box = TextBox(desk.theme, name, read_only=True)
        box.setPlainText(text)
        button = CopyButton(desk.theme, desk.texts, name, fixed(text))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.theme.tokens.space.small)
        row.addWidget(box, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._below.addWidget(holder)

    def _add_address(self, address: str) -> None:
        button = Button(self._desk.theme, self._say("open_address"), "external")
        button.setToolTip(address)
        button.clicked.connect(lambda: self._desk.open_page(address))
        self._below.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _say(self, text: str) -> str:
        return self._desk.texts(f"page.arguments.{text}")
