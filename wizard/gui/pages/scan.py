# SPDX-License-Identifier: MIT
"""Scan: every check as it comes in, how many are left, and what is waited for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from wizard import flow
from wizard.checks import sizes
from wizard.checks.base import Check
from wizard.gui import shown
from wizard.gui.pages.base import Page
from wizard.gui.tones import TONE_OF_OUTCOME, glyph_of
from wizard.gui.widgets.boxes import Card
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.table import Cell, Table
from wizard.model import LEFT_OUT

NAMED = 3  # so many checks that are waited for are named


class ScanPage(Page):
    """Shows the run; the scope page begins it."""

    id = flow.SCAN

    def build(self) -> None:
        """A bar, a line, a table of all checks."""
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.title)
        self._line, self._logs = Label(), Label()
        self._again = Button(self.theme, self.say("again"), "again")
        self._again.clicked.connect(self.desk.run.scan)
        row = QHBoxLayout()
        row.addWidget(self._line, 1)
        row.addWidget(self._again)
        card = Card(self.theme)
        head = self.texts.lines("page.scan.head")
        self._table = Table(self.theme, self.say("table"), head, main=3, spare=2)
        card.column.addWidget(self._table)
        self.column.addWidget(self._bar)
        self.column.addLayout(row)
        keeps_its_room = self._logs.sizePolicy()
        keeps_its_room.setRetainSizeWhenHidden(True)
        self._logs.setSizePolicy(keeps_its_room)
        self.column.addWidget(self._logs)
        self.column.addWidget(card)
        self._table.cellActivated.connect(self._open_cause)
        self._shown: dict[str, tuple[Cell, ...]] = {}
        self.desk.run.changed.connect(self._show)
        self.desk.run.logs_read.connect(self._show_logs)

    def enter(self) -> None:
        """Show the run as it stands."""
        self._show()

    def _show(self) -> None:
        run = self.desk.run
        self._bar.setRange(0, max(run.total, 1))
        self._bar.setValue(run.done)
        self._line.setText(self._progress())
        self._again.setEnabled(not run.is_running)
        self._show_logs()
        cells = {check.id: self._cells(check) for check in self.desk.session.checks}
        if cells.keys() != self._shown.keys():
            self._table.show_rows(list(cells.values()))
        else:
            for place, (check, row) in enumerate(cells.items()):
                if row != self._shown[check]:
                    self._table.set_row(place, row)
        self._shown = cells

    def _show_logs(self) -> None:
        """How much of the logs was read; nothing else of the page changes with it."""
        run = self.desk.run
        size, unit = sizes.shown(run.log_bytes)
        self._logs.setText(self.say("logs_read", size=size, unit=unit))
        self._logs.setVisible(run.is_running and run.log_bytes > 0)

    def _open_cause(self, row: int, _column: int) -> None:
        """Enter or a double click on a check shows its cause."""
        self.desk.go(self.desk.session.checks[row].cause)

    def _progress(self) -> str:
        run = self.desk.run
        if run.is_cancelling:
            return self.say("cancelling")
        if not run.is_running:
            cancelled = run.diagnosis is not None and run.diagnosis.cancelled
            if cancelled:
                return self.say("cancelled")
            out = sum(row.finding.text in LEFT_OUT for row in run.rows.values())
            count = {"done": len(run.rows) - out, "total": len(self.desk.session.checks)}
            return self.say("progress_partly" if out else "progress_done", **count, out=out)
        count = {"done": run.done, "total": run.total}
        if run.cause is not None:
            return self.say("progress_again", **count, cause=self.texts(f"rail.name.{run.cause}"))
        names = [self.texts(f"check.{check}.title") for check in run.waiting]
        first, more = ", ".join(names[:NAMED]), len(names) - NAMED
        if more > 0:
            return self.say("progress_more", **count, names=first, more=more)
        return self.say("progress", **count, names=first)

    def _cells(self, check: Check[object]) -> tuple[Cell, ...]:
        title = Cell(self.texts(f"check.{check.id}.title"))
        cause = Cell(self.texts(f"rail.name.{check.cause}"))
        row = self.desk.run.rows.get(check.id)
        if row is None:
            started = check.id in self.desk.run.started
            state = self.say("running" if started else "waiting")
            return (
                Cell(state, "running" if started else "waiting", "quiet"),
                title,
                cause,
                Cell(""),
            )
        outcome = row.finding.outcome
        word = shown.outcome_of(row.finding, self.texts)
        sign = Cell(word, glyph_of(outcome), TONE_OF_OUTCOME[outcome])
        return (sign, title, cause, Cell(self.texts.summary(row.finding)))
