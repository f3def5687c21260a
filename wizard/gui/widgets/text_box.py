# SPDX-License-Identifier: MIT
"""A box for one long line: as high as its text, for typing or only for reading and copying."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import (
    QFontDatabase,
    QKeyEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from wizard.gui.theme import Theme

BORDER_AND_PADDING = 8  # of the style sheet, above and below together

Part = tuple[str, str]  # a text and the name of its ground's colour, or "" for none


class TextBox(QPlainTextEdit):
    """Wraps anywhere, since argument strings have few blanks."""

    def __init__(self, theme: Theme, name: str, *, read_only: bool) -> None:
        super().__init__()
        self._theme = theme
        self._parts: Sequence[Part] = ()
        self.setAccessibleName(name)
        self.setReadOnly(read_only)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF())
        self.setFont(fixed)
        if read_only:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.textChanged.connect(self._fit)
        theme.changed.connect(self._draw)
        self._fit()

    @property
    def value(self) -> str:
        """The text as one line: a line break typed or pasted at an end is not meant."""
        return self.toPlainText().strip("\r\n")

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show a text of which some parts are marked, by ground and underline."""
        self._parts = parts
        self._draw()

    def setPlaceholderText(self, text: str) -> None:
        """An example for an empty box, which needs room to be read."""
        super().setPlaceholderText(text)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes no second line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def _draw(self) -> None:
        if not self._parts:
            return
        self.clear()
        cursor = QTextCursor(self.document())
        for text, ground in self._parts:
            looks = QTextCharFormat()
            looks.setForeground(self._theme.color("text"))
            if ground:
                looks.setBackground(self._theme.color(ground))
                looks.setFontUnderline(True)
            cursor.insertText(text, looks)
        self._fit()

    def _fit(self) -> None:
        block, height = self.document().begin(), 0.0
        while block.isValid():
            height += self.blockBoundingRect(block).height()
            block = block.next()
        margins = 2 * round(self.document().documentMargin())
        if self.document().isEmpty() and self.placeholderText():
            room = QRect(0, 0, max(1, self.viewport().width() - margins), 10_000)
            flags = Qt.TextFlag.TextWordWrap
            example = self.fontMetrics().boundingRect(room, flags, self.placeholderText())
            height = max(height, example.height())
        self.setFixedHeight(round(height) + margins + BORDER_AND_PADDING)
