# SPDX-License-Identifier: MIT
"""Evidence as an aligned table: what it is, its value with the unit, and where it was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.findings import alike, as_json, people
from wizard.findings.as_json import Document
from wizard.gui import shown
from wizard.gui.desk import Desk
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.table import Cell, Table
from wizard.model import Evidence


class EvidenceTable(QWidget):
    """What many places say alike is one row; Ctrl+C copies it together with where it was seen.

    Places are long and few: they stand below the table, by the numbers that its rows name. People's
    addresses in quoted lines are left out until they are asked for: a screen may be shared.
    """

    def __init__(self, desk: Desk, evidence: Sequence[Evidence]) -> None:
        super().__init__()
        self._desk, self._texts, self._evidence = desk, desk.texts, evidence
        documents = [_document(item, desk) for item in evidence]
        self._places = alike.places(documents)
        self._several = len(self._places) > 1
        head = desk.texts.lines("page.cause.evidence_head")
        name = desk.texts("page.cause.evidence")
        self.table = Table(desk.theme, name, head if self._several else head[:-1], main=1)
        self.people = Button(desk.theme, desk.texts("page.cause.show_people"), role="link")
        self.people.setVisible(any(map(_names_people, evidence)))
        self.people.clicked.connect(self._show_people)
        self._show(without_people=True)
        self.seen_in = Label(self._told(), "small")
        if not self._places:
            self.seen_in.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.tight)
        column.addWidget(self.table)
        column.addWidget(self.seen_in)
        column.addWidget(self.people, alignment=Qt.AlignmentFlag.AlignLeft)

    def _show(self, *, without_people: bool) -> None:
        shown_now = map(_without_people, self._evidence) if without_people else self._evidence
        documents = [_document(item, self._desk) for item in shown_now]
        self.table.show_rows([self._row(one) for one in alike.groups(documents, self._texts)])

    def _show_people(self) -> None:
        """For good: who asked for it has seen it. The keyboard goes on in the table."""
        self._show(without_people=False)
        self.table.setFocus()
        self.people.hide()

    def _row(self, group: Sequence[Document]) -> tuple[Cell, ...]:
        value = shown.readable_moment(alike.value(group, self._texts))
        label, places = Cell(group[0]["label"]), alike.places(group)
        copied = ", ".join(places)
        if not self._several:
            return (label, Cell(value, copied=f"{value}\t{copied}"))
        numbers = _in_short(sorted(self._places.index(place) + 1 for place in places))
        return (label, Cell(value), Cell(numbers, copied=copied))

    def _told(self) -> str:
        """Where the values were seen, a line each."""
        if len(self._places) < 2:
            return self._texts("page.cause.seen_in", place="".join(self._places))
        return "\n".join(
            self._texts("page.cause.seen_in_number", number=number, place=place)
            for number, place in enumerate(self._places, start=1)
        )


def _in_short(numbers: Sequence[int]) -> str:
    """With the first and the last of three or more that follow each other: 1, 3-7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(told)


def _names_people(item: Evidence) -> bool:
    return _without_people(item) != item


def _without_people(item: Evidence) -> Evidence:
    if not isinstance(item.value, str) or not people.is_quote(item):
        return item
    return replace(item, value=people.without_addresses(item.value))


def _document(item: Evidence, desk: Desk) -> Document:
    """As reports have it, with pages that the product's data names by their titles."""
    document = as_json.evidence_to_json(item, desk.texts)
    return {**document, "source": shown.source_of(item, desk.session.product)}
