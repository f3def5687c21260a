# SPDX-License-Identifier: MIT
"""The list of steps at the left: where we are, what is done, and how each cause stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from wizard.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
STEP = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Step:
    """One line of the rail. `caption` begins a group; `state` is the word under the name."""

    page: str
    name: str
    glyph: str
    tone: str
    state: str
    is_open: bool
    caption: str = ""
    lines: int = 1


class RailModel(QAbstractListModel):
    """The steps as Qt wants them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []

    def show_steps(self, steps: list[Step]) -> None:
        """Show these steps; only what differs is told, so that the focus stays where it is."""
        if len(steps) != len(self._steps):
            self.beginResetModel()
            self._steps = steps
            self.endResetModel()
            return
        before, self._steps = self._steps, steps
        for row, (old, new) in enumerate(zip(before, steps, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, page: str) -> int:
        """The place of a page."""
        return [step.page for step in self._steps].index(page)

    def step(self, index: Index) -> Step:
        """The step at an index."""
        return self._steps[index.row()]

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many steps there are."""
        return len(self._steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name to see; name and state to hear."""
        step = self.step(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return step.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{step.name}, {step.state}" if step.state else step.name
        return step if role == STEP else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Steps that can't be gone to yet take no focus."""
        if not self.step(index).is_open:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True)
class _Place:
    """What Qt says of a step's place; its type hints leave these fields out."""

    box: QRect
    font: QFont
    line: int
    state: QStyle.StateFlag

    @classmethod
    def of(cls, option: Any) -> _Place:
        return cls(QRect(option.rect), option.font, option.fontMetrics.height(), option.state)


class RailDelegate(QStyledItemDelegate):
    """Draws a step: glyph, name, state word; the current one as a raised tile."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As many lines as the step has, and one more where a group begins."""
        line = _Place.of(option).line
        space = self._theme.tokens.space
        step: Step = index.data(STEP)
        height = step.lines * line + space.medium
        return QSize(0, height + (line + space.large if step.caption else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one step."""
        step: Step = index.data(STEP)
        space = self._theme.tokens.space
        place = _Place.of(option)
        box = place.box
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if step.caption:
            box = self._paint_caption(painter, box, step.caption, place.font)
        tile = box.adjusted(space.small, 1, -space.small, -1)
        self._paint_tile(painter, tile, place.state)
        self._paint_step(painter, tile, step, place)
        painter.restore()

    def _paint_caption(self, painter: QPainter, box: QRect, text: str, base: QFont) -> QRect:
        space = self._theme.tokens.space
        painter.setFont(self._small(base))
        painter.setPen(self._theme.color("muted"))
        line = painter.fontMetrics().height() + space.large
        place = box.adjusted(space.large, space.tight, -space.small, 0)
        place.setHeight(line - space.tight)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return box.adjusted(0, line, 0, 0)

    def _paint_tile(self, painter: QPainter, tile: QRect, state: QStyle.StateFlag) -> None:
        radius = self._theme.tokens.sizes.radius
        focused = state & QStyle.StateFlag.State_HasFocus
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._theme.color("selected"))
            painter.setPen(QPen(self._theme.color("accent" if focused else "border"), 1.5))
        elif state & QStyle.StateFlag.State_MouseOver and state & QStyle.StateFlag.State_Enabled:
            painter.setBrush(self._theme.color("hover"))
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            return
        painter.drawRoundedRect(tile, radius, radius)

    def _paint_step(self, painter: QPainter, tile: QRect, step: Step, place: _Place) -> None:
        space, icon = self._theme.tokens.space, self._theme.icon_size
        selected = bool(place.state & QStyle.StateFlag.State_Selected)
        ratio = painter.device().devicePixelRatioF()
        top = tile.top() + (tile.height() - icon) // 2
        glyph = self._theme.pixmap(step.glyph, step.tone, icon, ratio)
        painter.drawPixmap(tile.left() + space.medium, top, glyph)
        words = tile.adjusted(space.medium + icon + space.small, 0, -space.tight, 0)
        font = QFont(place.font)
        font.setBold(selected)
        painter.setFont(font)
        painter.setPen(self._theme.color("text" if step.is_open else "muted"))
        self._paint_words(painter, words, step, self._small(place.font))

    def _paint_words(self, painter: QPainter, box: QRect, step: Step, small: QFont) -> None:
        metrics = painter.fontMetrics()
        name = metrics.elidedText(step.name, Qt.TextElideMode.ElideRight, box.width())
        if not step.state:
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            return
        line = metrics.height()
        top = box.top() + (box.height() - 2 * line) // 2
        painter.drawText(QRect(box.left(), top, box.width(), line), 0, name)
        painter.setFont(small)
        painter.setPen(self._theme.color(step.tone))
        state = painter.fontMetrics().elidedText(
            step.state, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(QRect(box.left(), top + line, box.width(), line), 0, state)

    def _small(self, base: QFont) -> QFont:
        font = QFont(base)
        font.setPointSizeF(base.pointSizeF() * self._theme.tokens.type.small)
        font.setBold(False)
        return font


class Rail(QListView):
    """The list itself. Going to a step, by mouse or keyboard, emits its page."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, name: str, names: Sequence[str] = ("",)) -> None:
        """`names` are all that may stand in it; the longest one decides how wide it is."""
        super().__init__()
        self._theme = theme
        self._showing = False
        self.setObjectName("rail")
        self.setAccessibleName(name)
        self.steps = RailModel(self)
        self.setModel(self.steps)
        self.setItemDelegate(RailDelegate(theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        letters = self.fontMetrics().averageCharWidth() * 30
        wanted = max(theme.tokens.sizes.rail_width, letters, *map(self._width_of, names))
        self.setFixedWidth(wanted)
        self.selectionModel().currentChanged.connect(self._go)
        theme.changed.connect(self.viewport().update)

    def show_current(self, page: str) -> None:
        """Mark the page that is shown."""
        index = self.steps.index(self.steps.row_of(page))
        self._showing = True
        choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, choose)
        self._showing = False
        self.scrollTo(index)

    def _width_of(self, name: str) -> int:
        """The room of a name in bold, with the glyph and the gaps that the delegate draws."""
        bold = QFont(self.font())
        bold.setBold(True)
        space = self._theme.tokens.space
        gaps = 4 * space.small + space.medium + space.tight
        return QFontMetrics(bold).horizontalAdvance(name) + self._theme.icon_size + gaps

    def _go(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._showing:
            self.wanted.emit(self.steps.step(current).page)
