# SPDX-License-Identifier: MIT
"""The change by hand, one step after the other, up to the proof that it has taken effect."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.errors import WizardError
from wizard.fixes import handoff
from wizard.fixes.handoff import HandoffStep, Task
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.pages.handoff_end import HandoffEnd
from wizard.gui.pages.handoff_note import HandoffNote
from wizard.gui.pages.handoff_parts import HandoffParts
from wizard.gui.pages.handoff_step import HandoffStepView
from wizard.gui.widgets.boxes import ButtonLine
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.reveal import reveal


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
        self._wants_focus = False
        self.is_over = False
        self.note = HandoffNote(desk)
        self.parts = HandoffParts(desk)
        self.order, self.look, self.maker = self.parts.order, self.parts.look, self.parts.maker
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
        """The id of the step shown; empty before one is."""
        return self._steps[self._at].id if self._steps else ""

    @property
    def is_in_the_middle(self) -> bool:
        """Whether the service may stand still for what isn't finished."""
        is_stopped = self.step == handoff.STOP and self.order.is_reached
        is_running = self.step == handoff.START and self.order.is_reached
        between = handoff.may_be_stopped(self.step) and not is_running
        return (is_stopped or between) and not self.is_over

    def cancel(self) -> None:
        """Give up what is waited for."""
        self.parts.cancel()

    def begin(self, task: Task, *, leads: bool = False) -> None:
        """Find the names of this computer, then show the first step, or the one to go on at.

        `leads`: the keyboard goes on there.
        """
        if task is self._task or (task.is_same(self._task) and task.step is None):
            return
        self._task = task = replace(task, begun=task.begun or datetime.now(UTC))
        self._steps, self.is_over = (), False
        self._made = task.folder_receipt
        self.parts.expect(task)
        self._show_reading(leads=leads or task.step is not None)
        session = self._desk.session

        def work(_emit: Emit, _cancel: threading.Event) -> Sequence[HandoffStep]:
            return handoff.steps_of(session.host, session.product, task, session.settings_file)

        def take(steps: Sequence[HandoffStep]) -> None:
            if task is self._task:
                self._take(task, steps)

        self._desk.bridge.start(work, on_done=take, on_failed=self._desk.tell)

    def _take(self, task: Task, steps: Sequence[HandoffStep]) -> None:
        self._steps = steps
        self._at = next((n for n, step in enumerate(steps) if step.id == task.step), 0)
        self._body.show()
        if task.receipt is not None or task.back:
            self._keep()  # there is something to go back to from the first step on
        self._show()
        if task.note:
            self._hint.say(task.note, "warning")
        self.begun.emit()
        if self._wants_focus:
            self.focus()

    def _show_reading(self, *, leads: bool) -> None:
        """No step is known yet; the keyboard comes back once one is."""
        at = self.window().focusWidget()
        self._wants_focus = leads or (at is not None and self.isAncestorOf(at))
        self.head.say(self._say("reading_steps"))
        self._body.hide()

    def _make_buttons(self) -> None:
        theme = self._desk.theme
        self.head = Label(role="strong")
        self._hint = Label()
        self._not_kept = Label(role="small")
        self.end = HandoffEnd(self._desk)
        self.back = Button(theme, self._say("step_back"))
        self.on = Button(theme, self._say("step_on"), role="primary")
        self.put_back = Button(theme, self._say("put_back"), "undo")
        self.give_up = Button(theme, self._say("give_up"), role="link")

    def _build(self) -> None:
        theme = self._desk.theme
        self._body = QWidget()
        whole, column = QVBoxLayout(self), QVBoxLayout(self._body)
        for layout in (whole, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.tokens.space.small)
        whole.addWidget(self.head)
        whole.addWidget(self._body)
        look = ButtonLine(theme, (self.look.button,))
        parts = (self._hint, self.view, self.maker, look, self.look.result, self.watching)
        for part in (*parts, self.parts.guard, self.end):
            column.addWidget(part)
        column.addWidget(ButtonLine(theme, (self.back, self.on)))
        column.addWidget(self._not_kept)
        column.addWidget(ButtonLine(theme, (self.put_back,)))
        column.addWidget(ButtonLine(theme, (self.give_up,)))
        for part in (self._hint, self._not_kept, self.end):
            part.hide()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._move(-1))
        self.on.clicked.connect(self._go_on)
        self.put_back.clicked.connect(self._undo)
        self.give_up.clicked.connect(self._ask_to_give_up)
        self.order.changed.connect(self._went_on)
        self.watching.changed.connect(self._went_on)
        self.maker.changed.connect(self._made_folder)
        self.look.looked.connect(self._looked)
        self.note.failed.connect(self._tell_not_kept)
        self.note.kept.connect(lambda: self._not_kept.say(""))

    def _went_on(self) -> None:
        """An order that ended has no button any more: the keyboard goes to the one that leads."""
        self._show_ways()
        if self.order.held_focus and not self.busy:
            self.order.held_focus = False
            self.focus()

    def _made_folder(self) -> None:
        """A folder made for this change goes with it when the old string is put back."""
        path = self.maker.receipt
        if path is not None:
            is_new, self._made = self._made != path, path
            if is_new and self._at > 0:
                self._keep()
        if self.maker.held_focus:
            self.maker.held_focus = False
            self.focus()

    def _move(self, by: int) -> None:
        self._at += 0 if self.is_over else by  # from the end, back is to the last step
        self._keep()
        self._show()
        self.focus()

    def _go_on(self) -> None:
        if self._at + 1 < len(self._steps):
            self.parts.guard.ask(lambda: self._move(1), self._stay)
        elif self._task is not None:
            self._finish(self._task)

    def _stay(self) -> None:
        self._show_ways()
        self.focus()

    def _keep(self) -> None:
        """Note the step that is shown: what came before it is done."""
        task = self._task
        if task is not None:
            self.note.keep(replace(task, folder_receipt=self._made), self.step)

    def _show(self) -> None:
        step, task = self._steps[self._at], self._task
        head = "step_of_back" if task is not None and task.back else "step_of"
        self.head.say(self._say(head, number=self._at + 1, total=len(self._steps)))
        self.view.show_step(step, back=task is not None and task.back)
        self.order.show_step(step)
        self.parts.guard.expect(step)
        if step.action is not None:
            self.look.forget()  # what a process had before the restart proves nothing
        self._hint.say("")
        self.end.hide()
        self.is_over = False
        self._show_ways()

    def _show_ways(self) -> None:
        """The one place that decides which buttons there are, and which one stands out."""
        step, task, parts = self.step, self._task, self.parts
        is_last = self._at + 1 == len(self._steps)
        parts.show_for("" if self.is_over else step)
        self.view.by_hand.setVisible(not self.order.is_reached)
        self.back.setEnabled((self._at > 0 or self.is_over) and not self.busy)
        self.on.setEnabled(not self.busy)
        self.on.setText(self._say(parts.word_of_on(step, is_last=is_last)))
        self.on.be_primary(not self.busy and not parts.waits(step))
        self.on.setVisible(not self.is_over)
        self.put_back.setVisible(task is not None and parts.may_put_back(step, task))
        self.give_up.setVisible(not self.is_over and self._at > 0)
        self.changed.emit()

    def _looked(self) -> None:
        self._show_ways()
        if self.look.is_verified:
            self.proven.emit()
            if self.look.button.hasFocus():
                self.focus()

    def drop(self) -> None:
        """The change was taken back before it had any effect: no step is left."""
        self.cancel()
        self.note.forget()
        self._task, self._steps, self.is_over = None, (), True
        self.hide()

    def _turn_back(self) -> None:
        """Go on with the steps that put the old string back."""
        task = self._task
        if task is not None:
            self.begin(Task(task.plan, back=True, folder_receipt=self._made), leads=True)

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
            by_hand = "finished" if task.receipt is None else "finished_file"
            self._tell_end("ok", "finished_back" if task.back else by_hand)
        if task.back and self._made is not None:
            self.end.remove_folder(self._made, self._folder_is_gone)

    def _folder_is_gone(self) -> None:
        self._made = None
        self.folder_removed.emit()

    def _tell_end(self, glyph: str, word: str, *, tone: str = "") -> None:
        self.end.tell(glyph, tone or glyph, word)
        self._show_ways()

    def _tell_not_kept(self, error: WizardError) -> None:
        self._not_kept.say(self._desk.texts.summary(error))

    def focus(self) -> None:
        """The button that stands out, so that Enter goes on."""
        ways = (*self.parts.buttons, self.on)
        primary = (b for b in ways if b.isVisibleTo(self) and b.property("role") == "primary")
        way = next(primary, self.on)
        way.setFocus()
        reveal(way)

    def _say(self, text: str, **values: int) -> str:
        return self._desk.texts(f"page.arguments.{text}", values)
