# SPDX-License-Identifier: MIT
"""The part of the MS Graph Forbidden page that lists the requests which were refused."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.findings import rejected_rows
from wizard.findings.rejected_rows import RejectedRow
from wizard.gui.desk import Desk
from wizard.gui.tones import TONE_OF_OUTCOME, glyph_of
from wizard.gui.widgets.boxes import Card
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.table import Cell, Table


class Rejected(Card):
    """There only where the logs hold refusals; each row is copied with its ids and its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("rejected.title"))
        self._desk = desk
        self._drawn: tuple[RejectedRow, ...] | None = None
        title, head = desk.texts("rejected.title"), desk.texts.lines("rejected.head")
        self.table = Table(desk.theme, title, head)
        self.ids = Label(role="small")
        self.column.addWidget(Label(desk.texts("rejected.from_logs"), "small"))
        self.column.addWidget(self.table)
        self.column.addWidget(self.ids)
        self.hide()

    def refresh(self) -> None:
        """Show what this moment's diagnosis knows."""
        diagnosis = self._desk.flow.diagnosis
        known = diagnosis.results if diagnosis else ()
        rows = rejected_rows.of_results(known, self._desk.texts)
        if rows == self._drawn:
            return
        self._drawn = rows
        self.setVisible(bool(rows))
        self.table.show_rows([self._cells(row) for row in rows])
        self.ids.say(self._ids(rows))

    def _cells(self, row: RejectedRow) -> tuple[Cell, ...]:
        request = f"{row.request}\n{row.answer}"
        glyph, tone = glyph_of(row.outcome), TONE_OF_OUTCOME[row.outcome]
        copied = f"{row.request}\t{row.answer}"
        return (
            Cell(request, glyph, tone, copied=copied),
            Cell(row.needs),
            Cell(f"{row.often}\n{row.before}", copied=f"{row.often}\t{row.before}\t{row.ids}"),
        )

    def _ids(self, rows: Sequence[RejectedRow]) -> str:
        """What support asks for, a line for each request."""
        told = [self._desk.texts("rejected.of", request=r.request, ids=r.ids) for r in rows]
        return "\n".join(told)
