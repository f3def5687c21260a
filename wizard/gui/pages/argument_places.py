# SPDX-License-Identifier: MIT
"""The places on this computer where the temporary folder may go, and why each is good or isn't."""

from __future__ import annotations

import threading

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.errors import WizardError
from wizard.fixes import place_look, places
from wizard.fixes.place_look import Needs
from wizard.fixes.place_rules import Standing
from wizard.fixes.places import Candidate
from wizard.fixes.readings import visible
from wizard.gui.bridge import Emit, Job
from wizard.gui.desk import Desk
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.table import Cell, Table

_SIGNS = {
    Standing.GOOD: ("ok", "ok"),
    Standing.DOUBTFUL: ("warning", "warning"),
    Standing.BAD: ("problem", "problem"),
}
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _PlaceTable(Table):
    """A row is taken with a click or an arrow key; the first one also with Enter or Space."""

    taken = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the row that a key leads to, as in a group of options."""
        if event.key() in _TAKES and self.rowCount():
            self.taken.emit(max(self.currentRow(), 0))
            return
        before = self.currentRow()
        super().keyPressEvent(event)
        if self.currentRow() != before:
            self.taken.emit(self.currentRow())

    def mark(self, row: int | None) -> None:
        """Show which row is chosen; None: none of them is."""
        if row is None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        elif row != self.currentRow():
            self.selectRow(row)


class ArgumentPlaces(QWidget):
    """Looks in the background; shows what it found as a table to choose from."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: tuple[Candidate, ...] = ()
        self._path = ""
        self._job: Job[tuple[Candidate, ...]] | None = None
        self._head = Label(self._say("places"))
        self._note = Label(role="small")
        heads = desk.texts.lines("page.arguments.places_head")
        self.table = _PlaceTable(desk.theme, self._say("places_name"), heads, main=0)
        self.table.horizontalHeader().hide()
        self.table.taken.connect(self._take)
        self.table.cellClicked.connect(lambda row, _column: self._take(row))
        self._head.setBuddy(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.tight)
        for part in (self._head, self.table, self._note):
            column.addWidget(part)
        self.table.hide()
        self._note.hide()

    def look(self) -> None:
        """Ask again: disks come, go and fill up."""
        session, found = self._desk.session, self._desk.lookup.found

        def work(_emit: Emit, _cancel: threading.Event) -> tuple[Candidate, ...]:
            in_use = place_look.folder_in_use(session.host, session.product, found)
            known = (session.product, in_use, found)
            return places.candidates(session.host, *known, needs=Needs.of(session.scope))

        if self._job is not None:
            self._job.drop()
        if not self._found:
            self._note.say(self._say("places_looking"))
        self._job = self._desk.bridge.start(work, on_done=self._show, on_failed=self._fail)

    def mark(self, path: str) -> None:
        """Mark the row of the folder that is named now, wherever the name came from."""
        rows = (row for row, one in enumerate(self._found) if one.place.folder == path)
        self._path = path
        self.table.mark(next(rows, None))

    def text(self) -> str:
        """What is said below the table."""
        return self._note.text()

    def _show(self, found: tuple[Candidate, ...]) -> None:
        self._job, self._found = None, found
        self.table.setVisible(bool(found))
        self.table.show_rows([self._cells(candidate) for candidate in found])
        self.mark(self._path)
        none_good = not any(candidate.recommended for candidate in found)
        needed = self._desk.session.product.facts.disk_free_gb.value
        self._note.say(self._say("places_none", needed=needed) if none_good else "", "warning")

    def _fail(self, error: WizardError) -> None:
        self._job, self._found = None, ()
        self.table.hide()
        self._note.say(self._desk.texts.summary(error), "unknown")

    def _cells(self, candidate: Candidate) -> tuple[Cell, ...]:
        volume = candidate.volume
        free = self._desk.session.product.shown_gb(volume.free_bytes) if volume else 0
        glyph, tone = _SIGNS[candidate.place.standing]
        return (
            Cell(visible(candidate.place.folder), glyph, tone),
            Cell(self._say("places_free", free=free), is_number=True),
            Cell(self._why(candidate)),
        )

    def _why(self, candidate: Candidate) -> str:
        why = places.why(candidate, self._desk.texts)
        return (
            self._desk.texts("page.arguments.recommended", why=why)
            if candidate.recommended
            else why
        )

    def _take(self, row: int) -> None:
        self.chosen.emit(self._found[row].place.folder)

    def _say(self, text: str, **values: float) -> str:
        return self._desk.texts(f"page.arguments.{text}", values)
