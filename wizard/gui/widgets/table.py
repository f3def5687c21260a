# SPDX-License-Identifier: MIT
"""A small read-only table: no scroll bars of its own, selectable, copied with Ctrl+C."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from wizard.gui.theme import Theme
from wizard.gui.widgets.breaks import WRAP, breakable
from wizard.gui.widgets.shares import around, shares

GLYPH_GAP = 4
LETTERS_FOR_SPARE = 120
OTHERS_UNCUT = 60  # percent; numbers that can't wrap need more than sentences leave them
WRAPS_AT = f"[ \n{WRAP}]"  # not at a space that doesn't break
ROW_PADDING = 6
TEXT_MARGIN = 22  # at both sides together: the style sheet's padding and the style's own

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Cell:
    """One cell; a glyph stands before its text, a tone colours the glyph.

    `copied` is what Ctrl+C takes, and the pointer shows, where that is more than the text.
    """

    text: str
    glyph: str = ""
    tone: str = "text"
    is_number: bool = False
    copied: str = ""


class _Wrapping(QStyledItemDelegate):
    """Asks for the height that the wrapped text needs; styles forget their own padding."""

    def __init__(self, table: QTableWidget) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height at the column's width; the width as Qt has it."""
        hint = super().sizeHint(option, index)
        glyph = self._table.iconSize().width() + GLYPH_GAP if self._has_glyph(index) else 0
        width = max(1, self._table.columnWidth(index.column()) - TEXT_MARGIN - glyph)
        room = QRect(0, 0, width, 10_000)
        flags = Qt.TextFlag.TextWordWrap
        text = self._table.fontMetrics().boundingRect(room, flags, str(index.data()))
        return QSize(hint.width(), text.height() + ROW_PADDING)

    def _has_glyph(self, index: Index) -> bool:
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        return isinstance(icon, QIcon) and not icon.isNull()


class Table(QTableWidget):
    """As high as its rows. The last column takes the room that is left, and wraps."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        headers: Sequence[str],
        *,
        wrap: bool = True,
        main: int | None = None,
        spare: int | None = None,
    ) -> None:
        """`main` is the column that gets most room, `spare` one that goes where room is short."""
        super().__init__(0, len(headers))
        self._theme = theme
        self._main = main
        self._spare = spare
        self._cells: list[Sequence[Cell]] = []
        self._will_fit = False
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headers))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setIconSize(QSize(theme.icon_size, theme.icon_size))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)  # Tab leaves the table; arrows move in it
        self.setWordWrap(wrap)
        if wrap:
            self.setItemDelegate(_Wrapping(self))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        height = self.fontMetrics().height() + ROW_PADDING
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        theme.changed.connect(self._draw)

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows and no others."""
        self._cells = list(rows)
        self.setRowCount(len(rows))
        for index in range(len(rows)):
            self._draw_row(index)
        for column, cell in enumerate(rows[0] if rows else ()):
            head = self.horizontalHeaderItem(column)
            if cell.is_number and head is not None:
                head.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._fit()

    def texts_of(self, column: int) -> list[str]:
        """The texts of one column."""
        return [cell.text for cell in self._column(column)]

    def set_row(self, index: int, cells: Sequence[Cell]) -> None:
        """Show one row anew."""
        self._cells[index] = cells
        self._draw_row(index)
        self._fit_soon()

    def sizeHint(self) -> QSize:
        """The height of all rows."""
        height = self.verticalHeader().length() + 2 * self.frameWidth() + 2
        if not self.horizontalHeader().isHidden():
            height += self.horizontalHeader().sizeHint().height()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """Never less high than its rows."""
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the last column anew."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the selected rows, one a line, cells parted by tabs."""
        if event.matches(QKeySequence.StandardKey.Copy):
            chosen = sorted({index.row() for index in self.selectedIndexes()})
            lines = [
                "\t".join(cell.copied or cell.text for cell in self._cells[row]) for row in chosen
            ]
            QGuiApplication.clipboard().setText("\n".join(lines))
            return
        super().keyPressEvent(event)

    def _draw(self) -> None:
        for index in range(len(self._cells)):
            self._draw_row(index)

    def _draw_row(self, row: int) -> None:
        middle = not self.wordWrap() or any(cell.glyph for cell in self._cells[row])
        for column, cell in enumerate(self._cells[row]):
            item = QTableWidgetItem(breakable(cell.text) if self.wordWrap() else cell.text)
            vertical = Qt.AlignmentFlag.AlignVCenter if middle else Qt.AlignmentFlag.AlignTop
            side = Qt.AlignmentFlag.AlignRight if cell.is_number else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | vertical)
            item.setToolTip(cell.copied or cell.text)
            item.setIcon(self._theme.icon(cell.glyph, cell.tone) if cell.glyph else QIcon())
            self.setItem(row, column, item)

    def _fit_soon(self) -> None:
        """Once for all rows that change in one go."""
        if not self._will_fit:
            self._will_fit = True
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        self._will_fit = False
        room = self.viewport().width()
        if self._spare is not None:
            letters = self.fontMetrics().averageCharWidth()
            self.setColumnHidden(self._spare, room < LETTERS_FOR_SPARE * letters)
        columns = [c for c in range(self.columnCount()) if not self.isColumnHidden(c)]
        heads = [self._header_width(column) for column in columns]
        natural = [max(self._width_of(c), head) for c, head in zip(columns, heads, strict=True)]
        least = [max(self._least_of(c), head) for c, head in zip(columns, heads, strict=True)]
        if self._main is None:
            widths = shares(natural, room, least)
        else:
            widths = around(
                natural,
                room,
                columns.index(self._main),
                least,
                50 if self.wordWrap() else OTHERS_UNCUT,
            )
        for column, width in zip(columns, widths, strict=True):
            self.setColumnWidth(column, width)
        if self.wordWrap():
            self.resizeRowsToContents()
        self.updateGeometry()

    def _width_of(self, column: int) -> int:
        """The room of its longest text in one line; Qt's own answer wraps at the present width."""
        return max((self._room_for(c, c.text) for c in self._column(column)), default=0)

    def _least_of(self, column: int) -> int:
        """The room of its longest part that can't be wrapped; 0 in a table that doesn't wrap."""
        if not self.wordWrap():
            return 0
        parts = (
            self._room_for(cell, part)
            for cell in self._column(column)
            for part in re.split(WRAPS_AT, breakable(cell.text))
        )
        return max(parts, default=0)

    def _room_for(self, cell: Cell, text: str) -> int:
        glyph = self.iconSize().width() + GLYPH_GAP if cell.glyph else 0
        return self.fontMetrics().horizontalAdvance(text) + glyph + TEXT_MARGIN

    def _column(self, column: int) -> list[Cell]:
        return [cells[column] for cells in self._cells]

    def _header_width(self, column: int) -> int:
        header = self.horizontalHeader()
        return 0 if header.isHidden() else header.sectionSizeHint(column)
