# SPDX-License-Identifier: MIT
"""What comes after a changed file: restart the service, look whether it worked, check again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard import flow
from wizard.fixes.handoff import Task
from wizard.gui.desk import Desk
from wizard.gui.pages.argument_handoff import ArgumentHandoff
from wizard.gui.widgets.boxes import ButtonLine
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label
from wizard.model import CauseId


class ArgumentAfter(QWidget):
    """Hidden until the file holds something else."""

    changed = Signal()  # a step began or ended

    def __init__(self, desk: Desk, undo: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        self.guided = ArgumentHandoff(desk, undo)
        self.guided.changed.connect(self.changed)
        self.guided.proven.connect(self._recheck)
        self.check = Button(desk.theme, self._say("check_again"), "again")
        self.check.clicked.connect(self._check)
        self._is_due = False
        desk.run.finished.connect(self._catch_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.small)
        column.addWidget(Label(self._say("next_head"), "strong"))
        column.addWidget(self.guided)
        column.addWidget(ButtonLine(desk.theme, (self.check,)))
        self.hide()

    def begin(self, task: Task, *, leads: bool) -> None:
        """Show how to restart, and have the cause checked anew in the background."""
        self._desk.flow.done.discard(flow.ARGUMENTS)  # until the running process shows it
        self.show()
        self.guided.show()
        self.guided.begin(task, leads=leads)
        self._recheck()

    def drop(self, *, leads: bool) -> None:
        """Nothing is left to do but to check again."""
        self.guided.drop()
        if leads:
            self.check.setFocus()
        self._recheck()

    def _recheck(self) -> None:
        """What the rail says of this cause was measured before the change."""
        run = self._desk.run
        self._is_due = run.is_running  # began before the change: again when it has ended
        if self._desk.flow.diagnosis is not None:
            run.recheck(CauseId.TEMP_FOLDER)

    def _catch_up(self) -> None:
        if self._is_due:
            self._recheck()

    def _check(self) -> None:
        self._recheck()
        self._desk.go(CauseId.TEMP_FOLDER)

    def _say(self, text: str) -> str:
        return self._desk.texts(f"page.arguments.{text}")
