# SPDX-License-Identifier: MIT
"""Evidence as an aligned table: what it is, its value with the unit, and where it was seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.findings import alike, as_json
from wizard.findings.as_json import Document
from wizard.gui import shown
from wizard.gui.desk import Desk
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.table import Cell, Table
from wizard.model import Evidence


class EvidenceTable(QWidget):
    """What many places say alike is one row; Ctrl+C copies it together with where it was seen.

    Places are long and few: they stand below the table, by the numbers that its rows name.
    """

    def __init__(self, desk: Desk, evidence: Sequence[Evidence]) -> None:
        super().__init__()
        self._texts = desk.texts
        documents = [_document(item, desk) for item in evidence]
        self._places = alike.places(documents)
        several = len(self._places) > 1
        head = desk.texts.lines("page.cause.evidence_head")
        name = desk.texts("page.cause.evidence")
        self.table = Table(desk.theme, name, head if several else head[:-1], main=1)
        groups = alike.groups(documents, desk.texts)
        self.table.show_rows([self._row(group, several=several) for group in groups])
        self.seen_in = Label(self._told(), "small")
        if not self._places:
            self.seen_in.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.tight)
        column.addWidget(self.table)
        column.addWidget(self.seen_in)

    def _row(self, group: Sequence[Document], *, several: bool) -> tuple[Cell, ...]:
        value = shown.readable_moment(alike.value(group, self._texts))
        label, places = Cell(group[0]["label"]), alike.places(group)
        copied = ", ".join(places)
        if not several:
            return (label, Cell(value, copied=f"{value}\t{copied}"))
        numbers = ", ".join(str(self._places.index(place) + 1) for place in places)
        return (label, Cell(value), Cell(numbers, copied=copied))

    def _told(self) -> str:
        """Where the values were seen, a line each."""
        if len(self._places) < 2:
            return self._texts("page.cause.seen_in", place="".join(self._places))
        return "\n".join(
            self._texts("page.cause.seen_in_number", number=number, place=place)
            for number, place in enumerate(self._places, start=1)
        )


def _document(item: Evidence, desk: Desk) -> Document:
    """As reports have it, with pages that the product's data names by their titles."""
    document = as_json.evidence_to_json(item, desk.texts)
    return {**document, "source": shown.source_of(item, desk.session.product)}
