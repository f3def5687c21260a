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
from wizard.fixes.verification import verify_back
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.pages.argument_after import ArgumentAfter
from wizard.gui.pages.argument_source import Origin
from wizard.gui.pages.folder_room import judged
from wizard.gui.widgets.boxes import ButtonLine, Callout
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label
from wizard.nakivo.installation import Installation
from wizard.session import Session

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
        self.after = ArgumentAfter(desk, self._ask_to_take_back)
        self.apply = Button(desk.theme, self._say("apply"), "step-done", "primary")
        self.undo = Button(desk.theme, self._say("undo"), "undo")
        self.result = Callout(desk.theme)
        self.apply.clicked.connect(self._change)
        self.undo.clicked.connect(self._ask_to_take_back)
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
        is_refused = plan is not None and plan.refused is not None
        self._why.say(waits_for if usable or is_refused else "")
        self.apply.setEnabled(self._is_busy or (usable and not waits_for))

    def take_up(self, found: Resumption) -> None:
        """Go on with an unfinished change of a file."""
        plan, receipt = found.plan, found.receipt
        if plan is None or receipt is None:
            return
        self._applied = plan
        self._receipt = None if found.state.back else receipt
        self._tell("ok", "ok", self._say("applied", file=receipt.file))
        self.after.begin(task_of(found, plan), leads=True)

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

    def _ask_to_take_back(self) -> None:
        choices = (self._say("leave"), self._say("undo_yes"))
        asked = self._say("undo_ask"), self._say("undo_detail")
        if self._receipt is not None and self._desk.dialogs.ask(*asked, choices) == 1:
            self._take_back(self._receipt)

    def _take_back(self, receipt: Receipt) -> None:
        desk, session, applied = self._desk, self._desk.session, self._applied
        found = desk.lookup.found
        if applied is None or self._is_busy:
            return

        def work(_emit: Emit, _cancel: threading.Event) -> tuple[Undone, bool]:
            undone = undo.undo(receipt, session.host, session.product)
            return undone, _has_old(session, applied, found)

        def show(answer: tuple[Undone, bool]) -> None:
            self._show_undone(receipt, *answer)

        self._start(work, show)

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
        leads = self.apply.hasFocus()
        self._tell("ok", "ok", self._say("applied", file=receipt.file), detail)
        if self._applied is not None:
            self.after.begin(Task(self._applied, None, True, receipt=receipt.path), leads=leads)

    def _show_undone(self, given: Receipt, undone: Undone, has_old: bool) -> None:
        """Only a process that has the new string needs a restart."""
        leads = self.undo.hasFocus() or not has_old
        if undone.receipt is not None:
            self._keep(undone.receipt)
        self._receipt = None
        details = [undone.folder.sentence(self._desk.texts)] if undone.folder else []
        if has_old:
            details.append(self._say("undone_in_use"))
        self._tell("undo", "ok", self._say("undone"), "\n".join(details))
        if has_old:
            self.after.drop(leads=leads)
        elif self._applied is not None:
            path = undone.receipt.path if undone.receipt else None
            made = given.path if undone.folder is not None else None  # may go after the restart
            task = Task(self._applied, None, True, True, path, folder_receipt=made)
            self.after.begin(task, leads=leads)

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
        self.changed.emit()

    def _say(self, text: str, **values: str) -> str:
        return self._desk.texts(f"page.arguments.{text}", values)


def _has_old(session: Session, plan: Plan, found: Installation | None) -> bool:
    """Whether the running process has the folder from before for certain, so no restart is due."""
    try:
        seen = verify_back(session.host, session.product, plan.current, found)
    except WizardError:
        return False
    return seen.is_good and seen.is_certain
