# SPDX-License-Identifier: MIT
"""Evidence as an aligned table: what it is, its value with the unit, and where it was seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.gui import shown
from wizard.gui.desk import Desk
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.table import Cell, Table
from wizard.model import Evidence


class EvidenceTable(QWidget):
    """One row per value; selectable, and copied with Ctrl+C together with where it was seen.

    Places are long and few: they stand below the table, by the numbers that its rows name.
    """

    def __init__(self, desk: Desk, evidence: Sequence[Evidence]) -> None:
        super().__init__()
        self._texts = desk.texts
        places = [shown.source_of(item, desk.session.product) for item in evidence]
        self._places = list(dict.fromkeys(filter(None, places)))
        several = len(self._places) > 1
        head = desk.texts.lines("page.cause.evidence_head")
        name = desk.texts("page.cause.evidence")
        self.table = Table(desk.theme, name, head if several else head[:-1], main=1)
        rows = zip(evidence, places, strict=True)
        self.table.show_rows([self._row(item, place, several=several) for item, place in rows])
        self.seen_in = Label(self._told(), "small")
        if not self._places:
            self.seen_in.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.tight)
        column.addWidget(self.table)
        column.addWidget(self.seen_in)

    def _row(self, item: Evidence, place: str, *, several: bool) -> tuple[Cell, ...]:
        value = shown.value_of(item, self._texts)
        cells = Cell(self._texts(f"label.{item.label}")), Cell(value)
        if not several:
            return (cells[0], Cell(value, copied=f"{value}\t{place}"))
        number = str(self._places.index(place) + 1) if place else ""
        return (*cells, Cell(number, copied=place))

    def _told(self) -> str:
        """Where the values were seen, a line each."""
        if len(self._places) < 2:
            return self._texts("page.cause.seen_in", place="".join(self._places))
        return "\n".join(
            self._texts("page.cause.seen_in_number", number=number, place=place)
            for number, place in enumerate(self._places, start=1)
        )
