# SPDX-License-Identifier: MIT
"""The text of one entry of a package, just as it will be written, with masked places marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from wizard.findings.package import Entry
from wizard.gui.theme import Theme
from wizard.gui.widgets.breaks import joined, joints, plain

MARKED = 2000  # places; more would make the view slow and tell no more


class EntryView(QPlainTextEdit):
    """Read-only; what is masked is underlined on another ground."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._entry: Entry | None = None
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF() * theme.tokens.type.small)
        self.setFont(fixed)
        self.setMinimumHeight(10 * self.fontMetrics().lineSpacing())
        theme.changed.connect(self._mark)

    def show_entry(self, entry: Entry) -> None:
        """Show another entry from its beginning; the same one stays where it was scrolled to."""
        if entry != self._entry:
            self._entry = entry
            self.setPlainText(joined(entry.text))
            self._flatten()
            self._mark()

    def toPlainText(self) -> str:
        """The text without marks for wrapping."""
        return plain(super().toPlainText())

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied has no marks for wrapping."""
        data = QMimeData()
        data.setText(plain(self.textCursor().selection().toPlainText()))
        return data

    def _flatten(self) -> None:
        """Make the marks for wrapping tiny: the font that has them may be higher than this one."""
        tiny = QTextCharFormat()
        tiny.setFontPointSize(1)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for before, place in enumerate(joints(self._entry.text) if self._entry else ()):
            cursor.setPosition(place + before)
            cursor.setPosition(place + before + 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(tiny)
        cursor.endEditBlock()

    def _mark(self) -> None:
        looks = QTextCharFormat()
        looks.setBackground(self._theme.color("added"))
        looks.setForeground(self._theme.color("text"))
        looks.setFontUnderline(True)
        marks = []
        places = joints(self._entry.text) if self._entry else []
        for span in self._entry.spans()[:MARKED] if self._entry else ():
            cursor = QTextCursor(self.document())
            cursor.setPosition(span.start + bisect_right(places, span.start))
            end = span.end + bisect_left(places, span.end)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark: Any = QTextEdit.ExtraSelection()  # its type hints leave the two fields out
            mark.cursor, mark.format = cursor, looks
            marks.append(mark)
        self.setExtraSelections(marks)
