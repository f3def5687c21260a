# SPDX-License-Identifier: MIT
"""The permissions as a table: a service a row, its operations beside it, each by sign and word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.findings import permission_rows
from wizard.findings.permission_rows import Cell as MatrixCell
from wizard.findings.permission_rows import Line, Matrix, ServiceRow
from wizard.graph.permissions import Operation
from wizard.gui.theme import Theme
from wizard.gui.tones import TONE_OF_OUTCOME, glyph_of
from wizard.gui.widgets.buttons import Fold
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.table import Cell, Table
from wizard.model import Outcome, Value
from wizard.texts import Texts

_PERMISSION = 2  # the column that gets most room


class PermissionTable(QWidget):
    """The matrix and what lacks; folded away each permission, and what the words mean."""

    def __init__(self, theme: Theme, texts: Texts, matrix: Matrix) -> None:
        super().__init__()
        self._texts = texts
        self.setAccessibleName(
            " ".join(permission_rows.sentence(one, texts) for one in matrix.services)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens.space.small)
        listed = [service for service in matrix.services if service.cells]
        self.table = Table(theme, texts("matrix.title"), self._heads())
        self.table.show_rows([self._row(service) for service in listed])
        self.table.setVisible(bool(listed))
        column.addWidget(self.table)
        for service in listed:
            for told in self._lacking(service):
                column.addWidget(Label(told))
        for service in matrix.services:
            if not service.cells:
                told = texts("permission_table.service_told", name=service.name, told=service.told)
                column.addWidget(Label(told, "small"))
        column.addWidget(Label(matrix.caption, "small"))
        self.single = self._singles(theme, matrix)
        self.fold = Fold(theme, texts("permission_table.each"), self.single)
        column.addWidget(self.fold)
        column.addWidget(self.single)

    def _heads(self) -> tuple[str, ...]:
        operations = (permission_rows.operation_name(one, self._texts) for one in Operation)
        return (self._texts("matrix.service_head"), *operations)

    def _row(self, service: ServiceRow) -> tuple[Cell, ...]:
        return (Cell(service.name), *(self._cell(cell) for cell in service.cells))

    def _cell(self, cell: MatrixCell) -> Cell:
        """The count; names have no room in a column, and what lacks stands below the table."""
        whole = "\n".join(
            (cell.told, *(permission_rows.said(one, self._texts) for one in cell.lines))
        )
        return Cell(cell.told, glyph_of(cell.outcome), TONE_OF_OUTCOME[cell.outcome], copied=whole)

    def _lacking(self, service: ServiceRow) -> Iterator[str]:
        """What a backup needs and isn't there; those that fare alike in one line."""
        alike: dict[tuple[str, str], list[str]] = {}
        for line, operations in _together(service).items():
            if line.outcome is Outcome.PROBLEM:
                state = f"{line.word} ({line.note})" if line.note else line.word
                alike.setdefault((state, self._names(operations)), []).append(line.permission)
        for (state, named), names in alike.items():
            values: dict[str, Value] = {"service": service.name, "state": state}
            values |= {"operations": named, "names": ", ".join(names)}
            yield self._texts("permission_table.lacking", values)

    def _names(self, operations: Iterable[Operation]) -> str:
        return ", ".join(permission_rows.operation_name(one, self._texts) for one in operations)

    def _singles(self, theme: Theme, matrix: Matrix) -> QWidget:
        """Each permission of each operation, and what the words mean."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens.space.small)
        heads = self._texts.lines("permission_table.each_head")
        table = Table(theme, self._texts("permission_table.each"), heads, main=_PERMISSION)
        table.show_rows(list(self._lines(matrix)))
        column.addWidget(table)
        for note in matrix.notes:
            column.addWidget(Label(note, "small"))
        return whole

    def _lines(self, matrix: Matrix) -> Iterator[tuple[Cell, ...]]:
        for service in matrix.services:
            for line, operations in _together(service).items():
                said = permission_rows.said(line, self._texts)
                sign = Cell(said, glyph_of(line.outcome), TONE_OF_OUTCOME[line.outcome])
                yield (Cell(service.name), Cell(self._names(operations)), sign)


def _together(service: ServiceRow) -> dict[Line, list[Operation]]:
    """Each permission of a service once, with the operations for which it stands alike."""
    found: dict[Line, list[Operation]] = {}
    for cell in service.cells:
        for line in cell.lines:
            found.setdefault(line, []).append(cell.operation)
    return found
