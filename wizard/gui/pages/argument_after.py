# SPDX-License-Identifier: MIT
"""What comes after a changed file: restart the service, look whether it worked, check again."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard import flow
from wizard.fixes import handoff
from wizard.fixes.handoff import HandoffStep
from wizard.fixes.plan import Plan
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.pages.running_look import RunningLook
from wizard.gui.widgets.boxes import ButtonLine, clear
from wizard.gui.widgets.buttons import Button, CopyButton, fixed
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.text_box import TextBox
from wizard.model import CauseId

RESTART = ("stop", "start")


class ArgumentAfter(QWidget):
    """Hidden until the file holds something else."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._steps = QVBoxLayout()
        self.look = RunningLook(desk)
        self.check = Button(desk.theme, self._say("check_again"), "again")
        self.check.clicked.connect(self._check)
        self._is_due = False
        desk.run.finished.connect(self._catch_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (column, self._steps):
            part.setSpacing(desk.theme.tokens.space.small)
        column.addWidget(Label(self._say("next_head"), "strong"))
        column.addLayout(self._steps)
        column.addWidget(ButtonLine(desk.theme, (self.look.button, self.check)))
        column.addWidget(self.look.result)
        self.hide()

    def begin(self, plan: Plan, *, is_undone: bool) -> None:
        """Show how to restart, and have the cause checked anew in the background."""
        self._desk.flow.done.discard(flow.ARGUMENTS)  # until the running process shows it
        self.look.expect(plan.temp_path)
        self.look.button.setVisible(not is_undone)
        self.show()
        session = self._desk.session
        if session.host.facts().sample is not None:
            self._show_lines((self._say("sample_restart"),))
            self._recheck()
            return

        def work(_emit: Emit, _cancel: threading.Event) -> Sequence[HandoffStep]:
            return handoff.steps(session.host, session.product, plan)

        self._desk.bridge.start(work, on_done=self._show_steps, on_failed=self._desk.tell)
        self._recheck()

    def _show_lines(self, lines: Sequence[str]) -> None:
        clear(self._steps)
        for line in lines:
            self._steps.addWidget(Label(line))

    def _show_steps(self, steps: Sequence[HandoffStep]) -> None:
        clear(self._steps)
        for step in steps:
            if step.id not in RESTART:
                continue
            self._steps.addWidget(Label(self._desk.texts(f"{step.text}.summary", step.values)))
            if step.copy is not None:
                self._add_copy(step.id, step.copy)

    def _add_copy(self, step: str, command: str) -> None:
        desk, name = self._desk, self._say(f"copy_{step}")
        box = TextBox(desk.theme, name, read_only=True)
        box.setPlainText(command)
        self._steps.addWidget(box)
        button = CopyButton(desk.theme, desk.texts, name, fixed(command), letter=False)
        self._steps.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

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
