# SPDX-License-Identifier: MIT
"""The change by hand, one step after the other, up to the proof that it has taken effect."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.errors import WizardError
from wizard.fixes import handoff, receipt, undo
from wizard.fixes.handoff import HandoffStep, Task
from wizard.fixes.undo import Undone
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.pages.handoff_note import HandoffNote
from wizard.gui.pages.handoff_parts import HandoffParts
from wizard.gui.pages.handoff_step import HandoffStepView
from wizard.gui.widgets.boxes import ButtonLine, Callout
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label


class ArgumentHandoff(QWidget):
    """Shows one step at a time, with one button that stands out: the way to go on."""

    changed = Signal()  # a step began or ended
    begun = Signal()  # the first step is shown, or the one to go on at
    folder_removed = Signal()
    proven = Signal()  # the running process was looked at and has what was wanted

    def __init__(self, desk: Desk, undo: Callable[[], None] | None = None) -> None:
        """`undo` puts the old string back where that isn't done by steps."""
        super().__init__()
        self._desk = desk
        self._undo = undo or self._turn_back
        self._task: Task | None = None
        self._made: str | None = None  # the receipt of the folder made for the change
        self._steps: Sequence[HandoffStep] = ()
        self._at = 0
        self.is_over = False
        self.note = HandoffNote(desk)
        self.parts = HandoffParts(desk)
        self.order, self.look = self.parts.order, self.parts.look
        self.watching = self.parts.watching
        self.view = HandoffStepView(desk, self.order)
        self._make_buttons()
        self._build()
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether something is waited for that can be given up."""
        return self.parts.busy

    @property
    def task(self) -> Task | None:
        """The change under way."""
        return self._task

    @property
    def step(self) -> str:
        """The id of the step shown; empty before the first is."""
        return self._steps[self._at].id if self._steps else ""

    def cancel(self) -> None:
        """Give up what is waited for."""
        self.parts.cancel()

    def begin(self, task: Task) -> None:
        """Find the names of this computer, then show the first step, or the one to go on at."""
        if task.is_same(self._task) and task.step is None:
            return
        self._task, self._steps, self.is_over = task, (), False
        self._made = task.folder_receipt
        self.parts.expect(task)
        self.setEnabled(False)
        session = self._desk.session

        def work(_emit: Emit, _cancel: threading.Event) -> Sequence[HandoffStep]:
            return handoff.steps_of(session.host, session.product, task)

        def take(steps: Sequence[HandoffStep]) -> None:
            if task is self._task:
                self._take(task, steps)

        self._desk.bridge.start(work, on_done=take, on_failed=self._desk.tell)

    def _take(self, task: Task, steps: Sequence[HandoffStep]) -> None:
        self._steps = steps
        self._at = next((n for n, step in enumerate(steps) if step.id == task.step), 0)
        self.setEnabled(True)
        if task.receipt is not None or task.back:
            self._keep()  # there is something to go back to from the first step on
        self._show()
        if task.note:
            self._hint.say(task.note, "warning")
        self.begun.emit()

    def _make_buttons(self) -> None:
        theme = self._desk.theme
        self.head = Label(role="strong")
        self._hint = Label()
        self._not_kept = Label(role="small")
        self.end = Callout(theme)
        self.back = Button(theme, self._say("step_back"))
        self.on = Button(theme, self._say("step_on"), role="primary")
        self.put_back = Button(theme, self._say("put_back"), "undo")
        self.give_up = Button(theme, self._say("give_up"), role="link")

    def _build(self) -> None:
        theme = self._desk.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens.space.small)
        look = ButtonLine(theme, (self.look.button,))
        for part in (self.head, self._hint, self.view, look, self.look.result, self.watching):
            column.addWidget(part)
        column.addWidget(ButtonLine(theme, (self.put_back,)))
        column.addWidget(self.end)
        column.addWidget(ButtonLine(theme, (self.back, self.on)))
        column.addWidget(self._not_kept)
        column.addWidget(ButtonLine(theme, (self.give_up,)))
        for part in (self._hint, self._not_kept, self.end):
            part.hide()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._move(-1))
        self.on.clicked.connect(self._go_on)
        self.put_back.clicked.connect(self._put_back)
        self.give_up.clicked.connect(self._ask_to_give_up)
        self.order.changed.connect(self._went_on)
        self.watching.changed.connect(self._went_on)
        self.look.looked.connect(self._looked)
        self.note.failed.connect(self._tell_not_kept)
        self.note.kept.connect(lambda: self._not_kept.say(""))

    def _went_on(self) -> None:
        """An order that ended has no button any more: the keyboard goes to the one that leads."""
        self._show_ways()
        if self.order.held_focus and not self.busy:
            self.order.held_focus = False
            self.focus()

    def _move(self, by: int) -> None:
        self._at += by
        self._keep()
        self._show()
        self.focus()

    def _go_on(self) -> None:
        if self._at + 1 < len(self._steps):
            self._move(1)
        elif self._task is not None:
            self._finish(self._task)

    def _keep(self) -> None:
        """Note the step that is shown: what came before it is done."""
        task = self._task
        if task is not None:
            self.note.keep(replace(task, folder_receipt=self._made), self.step)

    def _show(self) -> None:
        step, task = self._steps[self._at], self._task
        self.head.say(self._say("step_of", number=self._at + 1, total=len(self._steps)))
        self.view.show_step(step, back=task is not None and task.back)
        self.order.show_step(step)
        if step.action is not None:
            self.look.forget()  # what a process had before the restart proves nothing
        self._hint.say(self._about_sample(step))
        self.end.hide()
        self.is_over = False
        self._show_ways()

    def _about_sample(self, step: HandoffStep) -> str:
        """What stands for the settings page, which a sample server doesn't have."""
        file = self._desk.session.settings_file
        if file is None or step.id not in ("open", "paste"):
            return ""
        key = self._desk.session.product.facts.arguments_setting.value
        return self._desk.texts("page.arguments.sample_paste", file=file, key=key)

    def _show_ways(self) -> None:
        """The one place that decides which buttons there are, and which one stands out."""
        step, task, parts = self.step, self._task, self.parts
        is_last = self._at + 1 == len(self._steps)
        parts.show_for(step)
        self.back.setEnabled(self._at > 0 and not self.busy)
        self.on.setEnabled(not self.busy)
        self.on.setText(self._say(parts.word_of_on(step, is_last=is_last)))
        self.on.be_primary(not self.busy and not parts.waits(step))
        self.on.setVisible(not self.is_over)
        self.put_back.setVisible(task is not None and parts.has_failed(step, task))
        self.give_up.setVisible(not self.is_over and self._at > 0)
        self.changed.emit()

    def _looked(self) -> None:
        self._show_ways()
        if self.look.is_verified:
            self.proven.emit()
            if self.look.button.hasFocus():
                self.focus()

    def _put_back(self) -> None:
        self._undo()

    def _turn_back(self) -> None:
        """Go on with the steps that put the old string back."""
        task = self._task
        if task is not None:
            note = self._say("putting_back")
            self.begin(Task(task.plan, back=True, note=note, folder_receipt=self._made))

    def _ask_to_give_up(self) -> None:
        choices = (self._say("go_on"), self._say("give_up"))
        asked = self._say("give_up_ask"), self._say("give_up_detail")
        if self._desk.dialogs.ask(*asked, choices) == 1:
            self.note.forget()
            self.cancel()
            self._at = 0
            self._show()
            self._tell_end("warning", "given_up")

    def _finish(self, task: Task) -> None:
        self.note.forget()
        self.is_over = True
        if task.back and not self.look.is_verified:
            self._tell_end("step", "finished_back_unseen", tone="quiet")
        else:
            self._tell_end("ok", "finished_back" if task.back else "finished")
        if task.back and self._made is not None:
            self._remove_folder(self._made)

    def _remove_folder(self, path: str) -> None:
        """The folder made for a change by hand goes once the old string is back."""
        session = self._desk.session

        def work(_emit: Emit, _cancel: threading.Event) -> Undone:
            return undo.undo(receipt.read_any(Path(path)), session.host, session.product)

        def take(undone: Undone) -> None:
            said = undone.folder.sentence(self._desk.texts) if undone.folder else ""
            self._made = None
            self.end.say("step", "quiet", self.end.headline.text(), said)
            self.folder_removed.emit()

        self._desk.bridge.start(work, on_done=take, on_failed=self._desk.tell)

    def folder_was_made(self, path: str) -> None:
        """The receipt of a folder that was made for the change under way."""
        is_new, self._made = self._made != path, path
        if is_new and self._at > 0:
            self._keep()

    def _tell_end(self, glyph: str, word: str, *, tone: str = "") -> None:
        self.end.say(glyph, tone or glyph, self._say(word))
        self.end.show()
        self._show_ways()

    def _tell_not_kept(self, error: WizardError) -> None:
        self._not_kept.say(self._desk.texts.summary(error))

    def focus(self) -> None:
        """The button that stands out, so that Enter goes on."""
        ways = (*self.parts.buttons, self.on)
        primary = (b for b in ways if b.isVisibleTo(self) and b.property("role") == "primary")
        next(primary, self.on).setFocus()

    def _say(self, text: str, **values: int) -> str:
        return self._desk.texts(f"page.arguments.{text}", values)
