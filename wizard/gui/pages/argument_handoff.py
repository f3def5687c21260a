# SPDX-License-Identifier: MIT
"""The change by hand, one step after the other, and a look at whether it has taken effect."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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

VERIFY = "verify"


class ArgumentHandoff(QWidget):
    """Shows one step at a time: its sentence, what to copy, and the way to the next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: Plan | None = None
        self._steps: Sequence[HandoffStep] = ()
        self._at = 0
        self.head = Label(role="strong")
        self._body = QVBoxLayout()
        look = RunningLook(desk)
        self._running, self.verify, self.result = look, look.button, look.result
        self.back = Button(desk.theme, self._say("step_back"))
        self.on = Button(desk.theme, self._say("step_on"), "step-done")
        self.back.clicked.connect(lambda: self._move(-1))
        self.on.clicked.connect(lambda: self._move(1))
        self._build()

    def begin(self, plan: Plan) -> None:
        """Find the names of this computer, then show the first step."""
        if plan == self._plan:
            return
        self._plan, self._steps = plan, ()
        self._running.expect(plan.temp_path)
        self.setEnabled(False)
        session = self._desk.session

        def work(_emit: Emit, _cancel: threading.Event) -> Sequence[HandoffStep]:
            return handoff.steps(session.host, session.product, plan)

        def take(steps: Sequence[HandoffStep]) -> None:
            self._steps, self._at = steps, 0
            self.setEnabled(True)
            self._show()

        self._desk.bridge.start(work, on_done=take, on_failed=self._desk.tell)

    def copy_button(self) -> CopyButton | None:
        """The button that copies what this step needs, where it needs anything."""
        shown = (b for b in self.findChildren(CopyButton) if not b.isHidden())
        return next(shown, None)

    def _build(self) -> None:
        space = self._desk.theme.tokens.space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.small)
        self._body.setSpacing(space.small)
        column.addWidget(self.head)
        column.addLayout(self._body)
        column.addWidget(ButtonLine(self._desk.theme, (self.back, self.on, self.verify)))
        column.addWidget(self.result)

    def _move(self, by: int) -> None:
        self._at += by
        self._show()

    def _show(self) -> None:
        step = self._steps[self._at]
        place = self._say("step_of", number=self._at + 1, total=len(self._steps))
        self.head.say(place)
        clear(self._body)
        self._body.addWidget(Label(self._desk.texts(f"{step.text}.summary", step.values)))
        for line in self._desk.texts.lines(f"{step.text}.advice", step.values):
            self._body.addWidget(Label(line, "muted"))
        self._add_copy(step)
        if step.address is not None:
            self._add_address(step.address)
        self.back.setEnabled(self._at > 0)
        self.on.setVisible(self._at + 1 < len(self._steps))
        self.verify.setVisible(step.id == VERIFY)
        self.result.hide()

    def _add_copy(self, step: HandoffStep) -> None:
        if step.copy is None:
            return
        desk = self._desk
        name = self._say(f"copy_{step.id}")
        box = TextBox(desk.theme, name, read_only=True)
        box.setPlainText(step.copy)
        row = QHBoxLayout()
        row.setSpacing(desk.theme.tokens.space.small)
        row.addWidget(box, 1)
        button = CopyButton(desk.theme, desk.texts, name, fixed(step.copy))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self._body.addWidget(holder)

    def _add_address(self, address: str) -> None:
        button = Button(self._desk.theme, self._say("open_address"), "external")
        button.setToolTip(address)
        button.clicked.connect(lambda: self._desk.open_page(address))
        self._body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _say(self, text: str, **values: int) -> str:
        return self._desk.texts(f"page.arguments.{text}", values)
