# SPDX-License-Identifier: MIT
"""A labelled line to fill in, with a sentence beside it when what it holds can't be meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QVBoxLayout, QWidget

from wizard.errors import BadInput
from wizard.gui.theme import Theme
from wizard.gui.widgets.boxes import FieldLine
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label, restyle
from wizard.texts import Texts

Check = Callable[[str], str]  # a text to the sentence that is wrong with it, or ""


class Line(QLineEdit):
    """A line whose middle gives way to an ellipsis while it is too long and nobody types in it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the beginning and the end of what does not fit."""
        super().paintEvent(event)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        what = QStyle.SubElement.SE_LineEditContents
        room = self.style().subElementRect(what, option, self).adjusted(2, 0, -2, 0)
        text = self.displayText()
        if self.hasFocus() or self.fontMetrics().horizontalAdvance(text) <= room.width():
            return
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(3, 3, -3, -3), self.palette().base())
        elided = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


class Field(QWidget):
    """One value. `check` sees it whenever it changes; an empty value is never wrong."""

    changed = Signal()

    def __init__(self, theme: Theme, label: str, name: str, *, check: Check | None = None) -> None:
        super().__init__()
        self._check = check
        self.edit = Line()
        self.edit.setAccessibleName(name)
        self._label = Label(label)
        self._label.setBuddy(self.edit)
        self._error = Label(role="error")
        self._error.hide()
        self._row = FieldLine(theme, self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens.space.tight)
        column.addWidget(self._label)
        column.addWidget(self._row)
        column.addWidget(self._error)
        self.edit.textChanged.connect(self._look)

    @property
    def value(self) -> str:
        """What the field holds, without blanks around it."""
        return self.edit.text().strip()

    @property
    def is_wrong(self) -> bool:
        """Whether what it holds can't be meant."""
        return bool(self.edit.property("wrong") == "true")

    def hint(self, text: str) -> None:
        """Show a grey example while the field is empty."""
        self.edit.setPlaceholderText(text)

    def hide_text(self) -> None:
        """Show dots instead of what is typed."""
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)

    def add_button(self, button: Button) -> None:
        """A button behind the field, such as Browse."""
        self._row.add_button(button)

    def complain(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""
        restyle(self.edit, "wrong", "true" if sentence else "false")
        self._error.say(sentence)
        self.edit.setAccessibleDescription(sentence)

    def _look(self) -> None:
        if self._check is not None:
            self.complain(self._check(self.value) if self.value else "")
        shown = self.edit.echoMode() == QLineEdit.EchoMode.Normal
        self.edit.setToolTip(self.edit.text() if shown else "")
        if not self.edit.hasFocus():
            self.edit.setCursorPosition(0)  # a long path is shown from its beginning
        self.changed.emit()


def sentence_of(texts: Texts, check: Callable[[str], object]) -> Check:
    """A check that raises BadInput as one that tells its sentence."""

    def sentence(text: str) -> str:
        try:
            check(text)
        except BadInput as error:
            return texts.summary(error)
        return ""

    return sentence


def existing_file(texts: Texts) -> Check:
    """A check that there is such a file."""

    def sentence(text: str) -> str:
        return "" if Path(text).is_file() else texts("error.file_missing.summary", path=text)

    return sentence
