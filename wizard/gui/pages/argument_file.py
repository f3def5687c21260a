# SPDX-License-Identifier: MIT
"""The change in a text file: made with a backup and a receipt, and taken back from it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.errors import WizardError
from wizard.fixes import apply, folder_step, undo
from wizard.fixes.folder_step import FolderStep, Maker
from wizard.fixes.handoff import Task
from wizard.fixes.plan import Plan
from wizard.fixes.receipt import Receipt
from wizard.fixes.resumption import Resumption, task_of
from wizard.fixes.undo import Undone
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.pages.argument_after import ArgumentAfter
from wizard.gui.pages.argument_source import Origin
from wizard.gui.pages.folder_room import judged
from wizard.gui.widgets.boxes import ButtonLine, Callout
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label

T = TypeVar("T")


class ArgumentFile(QWidget):
    """Works only on the file that the string was taken from."""

    changed = Signal()  # the file holds something else now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: Plan | None = None
        self._step: FolderStep | None = None
        self._origin: Origin | None = None
        self._receipt: Receipt | None = None
        self._where = Label()
        self._warn = Label()
        self._why = Label(role="muted")
        self._is_busy = False
        self._applied: Plan | None = None
        self.after = ArgumentAfter(desk, self._take_back)
        self.apply = Button(desk.theme, self._say("apply"), "step-done", "primary")
        self.undo = Button(desk.theme, self._say("undo"), "undo")
        self.result = Callout(desk.theme)
        self.apply.clicked.connect(self._change)
        self.undo.clicked.connect(self._take_back)
        self._build()

    def show_change(
        self,
        plan: Plan | None,
        origin: Origin | None,
        step: FolderStep | None,
        waits_for: str,
    ) -> None:
        """Offer the change of a file; `waits_for` is the sentence why it can't be made yet."""
        self._plan, self._origin, self._step = plan, origin, step
        if origin is None:
            self._where.say(self._say("no_file"), "quiet")
        else:
            self._where.say(self._say("where", file=origin.file, key=origin.key))
        self._warn.say(self._backslashes(), "warning")
        usable = plan is not None and plan.refused is None and plan.changed and origin is not None
        self._why.say(waits_for if usable else "")
        self.apply.setEnabled(self._is_busy or (usable and not waits_for))

    def take_up(self, found: Resumption) -> None:
        """Go on with an unfinished change of a file."""
        plan, receipt = found.plan, found.receipt
        if plan is None or receipt is None:
            return
        self._applied = plan
        self._receipt = None if found.state.back else receipt
        self._tell("ok", "ok", self._say("applied", file=receipt.file))
        self.after.begin(task_of(found, plan))

    def _backslashes(self) -> str:
        """A file of `key=value` lines may be a Java properties file, where they vanish."""
        plan, origin = self._plan, self._origin
        if plan is None or origin is None or origin.is_json or "\\" not in plan.temp_path:
            return ""
        offer = plan.temp_path.replace("\\", "/")
        return self._desk.texts("arguments.cli.properties_backslash", offer=offer)

    def _build(self) -> None:
        space = self._desk.theme.tokens.space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.small)
        column.addWidget(self._where)
        column.addWidget(self._warn)
        column.addWidget(ButtonLine(self._desk.theme, (self.apply, self.undo)))
        column.addWidget(self._why)
        column.addWidget(self.result)
        column.addWidget(self.after)
        self.undo.hide()
        self.result.hide()

    def _change(self) -> None:
        plan, origin, step, desk = self._plan, self._origin, self._step, self._desk
        if plan is None or origin is None or self._is_busy:
            return
        self._applied = plan

        def work(_emit: Emit, _cancel: threading.Event) -> Receipt | None:
            folder_step.checked(judged(desk, plan.temp_path), step)
            return apply.apply(
                origin.file,
                origin.key,
                plan.temp_path,
                desk.session.product,
                expected_digest=plan.digest,
                folder=Maker(desk.session.host, step) if step else None,
            )

        self._start(work, self._show_applied)

    def _take_back(self) -> None:
        receipt, session = self._receipt, self._desk.session
        if receipt is None or self._is_busy:
            return

        def work(_emit: Emit, _cancel: threading.Event) -> Undone:
            return undo.undo(receipt, session.host, session.product)

        self._start(work, self._show_undone)

    def _start(self, work: Callable[[Emit, threading.Event], T], done: Callable[[T], None]) -> None:
        self._is_busy = True  # and enabled, so that the button keeps the keyboard's focus
        self._desk.bridge.start(work, on_done=done, on_failed=self._show_failure)

    def _show_applied(self, receipt: Receipt | None) -> None:
        if receipt is None:
            self._tell("ok", "ok", self._say("unchanged"))
            return
        self._keep(receipt)
        detail = self._say("receipt", receipt=receipt.path, backup=receipt.backup)
        if receipt.folder is not None:
            made = folder_step.was_made(receipt.folder).sentence(self._desk.texts)
            detail = f"{made}\n{detail}"
        self._tell("ok", "ok", self._say("applied", file=receipt.file), detail)
        self._go_on(receipt, is_undone=False)

    def _show_undone(self, undone: Undone) -> None:
        receipt, folder = undone.receipt, undone.folder
        if receipt is not None:
            self._keep(receipt)
        self._receipt = None
        had_focus = self.undo.hasFocus()
        self.after.show()
        if had_focus:
            self.after.check.setFocus()
        detail = folder.sentence(self._desk.texts) if folder else ""
        self._tell("undo", "ok", self._say("undone"), detail)
        self._go_on(receipt, is_undone=True)

    def _go_on(self, receipt: Receipt | None, *, is_undone: bool) -> None:
        """Say what comes next."""
        if self._applied is not None:
            path = receipt.path if receipt else None
            self.after.begin(Task(self._applied, None, True, is_undone, path))

    def _keep(self, receipt: Receipt) -> None:
        self._receipt = receipt
        self._desk.session.receipts.append(receipt)

    def _show_failure(self, error: WizardError) -> None:
        texts = self._desk.texts
        advice = " ".join(texts.advice(error))
        self._tell("problem", "problem", texts.summary(error), advice)

    def _tell(self, glyph: str, tone: str, headline: str, detail: str = "") -> None:
        self._is_busy = False
        self.result.say(glyph, tone, headline, detail)
        self.result.show()
        self.undo.setVisible(self._receipt is not None)
        if self.apply.hasFocus() and self._receipt is not None:
            self.undo.setFocus()  # "Change" has nothing more to do
        self.changed.emit()

    def _say(self, text: str, **values: str) -> str:
        return self._desk.texts(f"page.arguments.{text}", values)
