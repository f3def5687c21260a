# SPDX-License-Identifier: MIT
"""The text of one entry of a package, just as it will be written, with masked places marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from wizard.findings.package import Entry
from wizard.gui.theme import Theme

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
            self.setPlainText(entry.text)
            self._mark()

    def _mark(self) -> None:
        looks = QTextCharFormat()
        looks.setBackground(self._theme.color("added"))
        looks.setForeground(self._theme.color("text"))
        looks.setFontUnderline(True)
        marks = []
        for span in self._entry.spans()[:MARKED] if self._entry else ():
            cursor = QTextCursor(self.document())
            cursor.setPosition(span.start)
            cursor.setPosition(span.end, QTextCursor.MoveMode.KeepAnchor)
            mark: Any = QTextEdit.ExtraSelection()  # its type hints leave the two fields out
            mark.cursor, mark.format = cursor, looks
            marks.append(mark)
        self.setExtraSelections(marks)
