# SPDX-License-Identifier: MIT
"""Boxes that hold a page's parts: a card, a callout in a tone, two columns, a rule."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from wizard.gui.theme import Theme
from wizard.gui.widgets.labels import Glyph, Label, restyle

LETTERS_OF_A_PATH = 36
LETTERS_FOR_TWO = 108  # so that larger type falls back to one column


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


class Turning(QWidget):
    """Parts side by side where there is room, else one below the other."""

    stacked = QBoxLayout.Direction.TopToBottom
    turned = Signal()

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.row.setSpacing(spacing)

    def minimumSizeHint(self) -> QSize:
        """Room for the widest part is enough."""
        return QSize(max(self._widths(), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction by the room there is."""
        super().resizeEvent(event)
        self.turn()

    def event(self, event: QEvent) -> bool:
        """A part that was shown or says something else may need another direction."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.turn()
        return super().event(event)

    def turn(self) -> None:
        """Have the parts side by side, or one above the other."""
        gaps = self.row.spacing() * (self.row.count() - 1)
        wide = self.width() >= max(sum(self._widths()) + gaps, self.least())
        direction = QBoxLayout.Direction.LeftToRight if wide else self.stacked
        if self.row.direction() != direction:
            self.row.setDirection(direction)
            self.turned.emit()

    def least(self) -> int:
        """A width below which the parts never stand side by side."""
        return 0

    def _widths(self) -> list[int]:
        return [self.row.itemAt(place).minimumSize().width() for place in range(self.row.count())]


class Columns(Turning):
    """Two columns of cards; `aside` is the share of the second in percent."""

    def __init__(self, theme: Theme, *, aside: int, aside_first: bool = False) -> None:
        """`aside_first` puts the second on top where there is only room for one."""
        super().__init__(theme.tokens.space.large)
        if aside_first:
            self.stacked = QBoxLayout.Direction.BottomToTop
        self.main = QVBoxLayout()
        self.side = QVBoxLayout()
        for column, share in ((self.main, 100 - aside), (self.side, aside)):
            column.setSpacing(theme.tokens.space.medium)
            self.row.addLayout(column, share)

    def least(self) -> int:
        """So that larger type falls back to one column."""
        return LETTERS_FOR_TWO * self.fontMetrics().averageCharWidth()


class ButtonLine(Turning):
    """Buttons side by side, at the left."""

    def __init__(self, theme: Theme, buttons: Sequence[QWidget]) -> None:
        super().__init__(theme.tokens.space.small)
        for button in buttons:
            self.row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.row.addStretch()


class FieldLine(Turning):
    """A field with its buttons behind it; below it where it would become too narrow to read."""

    def __init__(self, theme: Theme, field: QWidget) -> None:
        super().__init__(theme.tokens.space.small)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.tokens.space.small)
        self.row.addWidget(field, 1)
        self.row.addLayout(self._buttons)
        self.row.setAlignment(self._buttons, Qt.AlignmentFlag.AlignLeft)

    def add_button(self, button: QWidget) -> None:
        """One more button, at the left of the room that the buttons have."""
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def least(self) -> int:
        """So that a usual path can be read beside the buttons."""
        letters = LETTERS_OF_A_PATH * self.fontMetrics().averageCharWidth()
        return letters + self._buttons.minimumSize().width() + self.row.spacing()


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
