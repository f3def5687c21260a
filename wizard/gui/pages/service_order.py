# SPDX-License-Identifier: MIT
"""Stop or start the service from here: asked before, waited for, and told how it ended."""

from __future__ import annotations

import threading

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from wizard.errors import WizardError
from wizard.fixes import handoff, service
from wizard.fixes.handoff import HandoffStep
from wizard.fixes.notice import Notice
from wizard.fixes.service import Order, Ordered, Outcome, Patience, Waiting
from wizard.gui.bridge import Emit, Job
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import ButtonLine, Callout
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label
from wizard.host.acts import ServiceAction
from wizard.host.base import ServiceState

Seen = tuple[ServiceState | None, Notice | None]  # and what is wrong with the folder


class ServiceOrder(QWidget):
    """One service and one order; hidden where there is no certain service."""

    changed = Signal()  # it began, or ended, or the service is known to be as wanted

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._step: HandoffStep | None = None
        self._job: Job[Ordered] | None = None
        self.is_reached = False
        self.has_failed = False
        self.held_focus = False  # when it ended
        self.state = Label(role="muted")
        self.give = Button(desk.theme, "", role="primary")
        self.stop_waiting = Button(desk.theme, self._say("stop_waiting"))
        self.progress = Label()
        self.bar = QProgressBar()
        self.result = Callout(desk.theme)
        self.folder = Callout(desk.theme)
        self.folder.hide()
        self.give.clicked.connect(self._ask)
        self.stop_waiting.clicked.connect(self.cancel)
        self._build()

    @property
    def busy(self) -> bool:
        """Whether an order is waited for."""
        return self._job is not None

    def show_step(self, step: HandoffStep) -> None:
        """Offer what the step has, and look how the service is now."""
        if step == self._step and self.busy:
            return
        self._step, self.is_reached, self.has_failed = step, False, False
        self.setVisible(step.action is not None)
        self.result.hide()
        self.folder.hide()
        self.state.say("")
        if step.action is None:
            return
        self.give.setText(self._say(f"order_{step.action.value}"))
        self._show_busy()
        self._look(step)

    def cancel(self) -> None:
        """Wait no longer; what was ordered goes on by itself."""
        if self._job is not None:
            self._job.cancel.set()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._desk.theme.tokens.space.small)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self._say("ordering"))
        column.addWidget(self.folder)
        column.addWidget(self.state)
        column.addWidget(ButtonLine(self._desk.theme, (self.give, self.stop_waiting)))
        for part in (self.progress, self.bar, self.result):
            column.addWidget(part)

    def _look(self, step: HandoffStep) -> None:
        host, name = self._desk.session.host, step.service or ""

        def work(_emit: Emit, _cancel: threading.Event) -> Seen:
            return service.state_of(host, name), handoff.folder_problem(host, step)

        def take(seen: Seen) -> None:
            state, problem = seen
            self._tell_folder(step, problem)
            if step != self._step or self.busy or self.result.isVisibleTo(self):
                return
            self.is_reached = step.action is not None and service.is_reached(step.action, state)
            word = state.value if state else "unknown"
            runs_already = self.is_reached and step.action is ServiceAction.START
            self.state.say(self._say("state_running_already" if runs_already else f"state_{word}"))
            self.held_focus = self.is_reached and self.give is self.window().focusWidget()
            self._show_busy()
            self.changed.emit()

        self._desk.bridge.start(work, on_done=take, on_failed=self._fail)

    def _tell_folder(self, step: HandoffStep, problem: Notice | None) -> None:
        """What is to be mended before the service is started."""
        if step == self._step and problem is not None:
            texts = self._desk.texts
            detail = " ".join(texts.lines(f"{problem.text}.advice", problem.values))
            self.folder.say("warning", "warning", problem.sentence(texts), detail)
            self.folder.show()

    def _ask(self) -> None:
        step = self._step
        if step is None or step.action is None or self.busy:
            return
        text = f"arguments.service_ask.{step.action.value}"
        values = {**step.values, "command": step.copy or ""}
        question = self._desk.texts(f"{text}.summary", values)
        detail = self._desk.texts(f"{text}.detail", values)
        choices = (self._say("leave"), self._desk.texts(f"{text}.yes"))
        if self._desk.dialogs.ask(question, detail, choices) == 1:
            self._give(step)

    def _give(self, step: HandoffStep) -> None:
        session = self._desk.session
        patience = Patience(longest_s=session.product.facts.service_wait_s.value)

        def work(emit: Emit, cancel: threading.Event) -> Ordered:
            if step.action is None or step.service is None:
                raise WizardError("arguments.service.refused_without_words", code=0)
            return Order(session.host, step.service, step.action, patience).give(emit, cancel)

        self.result.hide()
        self.state.say("")
        self.progress.setText(self._say("ordering"))
        self.bar.setRange(0, 0)
        self._job = self._desk.bridge.start(
            work, on_done=self._take, on_failed=self._fail, on_event=self._show_waiting
        )
        self._show_busy()
        self.stop_waiting.setFocus()
        self.changed.emit()

    def _show_waiting(self, seen: Waiting) -> None:
        if self._step is None or self._step.action is None:
            return
        text = f"waiting_{self._step.action.value}"
        told = {"seconds": int(seen.seconds), "longest": int(seen.longest_s)}
        self.progress.setText(self._say(text, **told))
        self.bar.setRange(0, int(seen.longest_s))
        self.bar.setValue(int(seen.seconds))

    def _take(self, ended: Ordered) -> None:
        self.is_reached = ended.is_reached
        self.has_failed = ended.outcome is Outcome.FAILED
        notice = ended.notice
        tone = "ok" if ended.is_reached else "warning"
        lines = self._desk.texts.lines(f"{notice.text}.advice", notice.values)
        self._end(tone, tone, notice.sentence(self._desk.texts), " ".join(lines))

    def _fail(self, error: WizardError) -> None:
        texts = self._desk.texts
        detail = " ".join(texts.advice(error))
        self._end("could-not-check", "unknown", texts.summary(error), detail)

    def _end(self, glyph: str, tone: str, headline: str, detail: str) -> None:
        at = self.window().focusWidget()  # also while another window is in front
        self.held_focus = at is not None and self.isAncestorOf(at)
        self._job = None
        self.result.say(glyph, tone, headline, detail)
        self.result.show()
        self._show_busy()
        self.changed.emit()

    def _show_busy(self) -> None:
        self.give.setVisible(not self.busy and not self.is_reached)
        self.give.be_primary(not self.is_reached)
        for part in (self.stop_waiting, self.progress, self.bar):
            part.setVisible(self.busy)

    def _say(self, text: str, **values: int) -> str:
        return self._desk.texts(f"page.arguments.{text}", values)
