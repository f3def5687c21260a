# SPDX-License-Identifier: MIT
"""Boxes that hold a page's parts: a card, a callout in a tone, two columns, a rule."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from wizard.gui.theme import Theme
from wizard.gui.widgets.labels import Glyph, Label, restyle

TWO_COLUMNS_FROM = 54  # widths of the letter x, so that larger type falls back to one column


class Card(QFrame):
    """A bordered box with an optional heading."""

    def __init__(self, theme: Theme, heading: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        space = theme.tokens.space
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(space.large, space.medium, space.large, space.medium)
        self.column.setSpacing(space.small)
        if heading:
            self.column.addWidget(Label(heading, "heading"))


class Callout(QFrame):
    """What matters most on a page: a glyph, a sentence in bold, and what goes with it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("callout")
        space = theme.tokens.space
        self._glyph = Glyph(theme, "step", "quiet")
        self.headline = Label(role="strong")
        self.detail = Label()
        row = QHBoxLayout(self)
        row.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        row.setSpacing(space.medium)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(space.tight)
        self.column.addWidget(self.headline)
        self.column.addWidget(self.detail)
        row.addLayout(self.column, 1)

    def say(self, glyph: str, tone: str, headline: str, detail: str = "") -> None:
        """Show a sentence in a tone."""
        self._glyph.show_glyph(glyph, tone)
        restyle(self, "tone", tone)
        self.headline.say(headline)
        self.detail.say(detail)


class Columns(QWidget):
    """Two columns side by side where there is room, else one below the other."""

    def __init__(self, theme: Theme, *, aside: int) -> None:
        super().__init__()
        self._aside = aside
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.tokens.space.large)
        self.main = QVBoxLayout()
        self.side = QVBoxLayout()
        for column in (self.main, self.side):
            column.setSpacing(theme.tokens.space.medium)
        self._row.addLayout(self.main, 100 - aside)
        self._row.addLayout(self.side, aside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction by the room there is, measured in letters."""
        super().resizeEvent(event)
        wide = event.size().width() > TWO_COLUMNS_FROM * 2 * self.fontMetrics().averageCharWidth()
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)


def rule() -> QFrame:
    """A thin line."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, at once for the eye and the keyboard."""
    while layout.count():
        widget = layout.takeAt(0).widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
