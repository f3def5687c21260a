# SPDX-License-Identifier: MIT
"""Text in the window: plain labels by role, a glyph, and a glyph with its word."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from wizard.gui.theme import Theme
from wizard.gui.widgets.breaks import joined, plain


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet selects by, and have it looked at again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Label(QLabel):
    """A plain, wrapping label. Plain text, so that a screen reader never reads markup."""

    def __init__(self, text: str = "", role: str = "", *, wrap: bool = True) -> None:
        super().__init__(joined(text))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """The text without marks for wrapping."""
        return plain(super().text())

    def setText(self, text: str) -> None:
        """Show another text; a path's leading slash stays with what follows."""
        super().setText(joined(text))

    def say(self, text: str, tone: str = "") -> None:
        """Show another text; an empty one takes no room."""
        self.setText(text)
        restyle(self, "tone", tone)
        self.setVisible(bool(text))


class Glyph(QWidget):
    """A small picture whose meaning always stands beside it as a word."""

    def __init__(self, theme: Theme, name: str, color: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._color = color
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """As large as the text beside it."""
        return QSize(self._theme.icon_size, self._theme.icon_size)

    def show_glyph(self, name: str, color: str) -> None:
        """Show another glyph."""
        self._name, self._color = name, color
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw in the scheme of this moment."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, self._theme.pixmap(self._name, self._color, self.width(), ratio))


class Sign(QWidget):
    """A glyph and its word in one tone."""

    def __init__(self, theme: Theme, glyph: str, word: str, tone: str) -> None:
        super().__init__()
        self._glyph = Glyph(theme, glyph, tone)
        self.word = Label(word, "strong")
        self.word.setProperty("tone", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.tokens.space.small)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.word, 1)

    def show_sign(self, glyph: str, word: str, tone: str) -> None:
        """Show another glyph and word."""
        self._glyph.show_glyph(glyph, tone)
        self.word.setText(word)
        restyle(self.word, "tone", tone)
