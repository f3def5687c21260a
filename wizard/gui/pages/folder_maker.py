# SPDX-License-Identifier: MIT
"""Makes the new folder for a change by hand, with a receipt, and removes it again when asked."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.errors import WizardError
from wizard.fixes import apply, folder_step, undo
from wizard.fixes.folder_step import FolderStep, Maker
from wizard.fixes.receipt import FolderReceipt
from wizard.fixes.undo import Undone
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.pages.folder_room import judged
from wizard.gui.widgets.boxes import ButtonLine
from wizard.gui.widgets.buttons import Button, CopyButton
from wizard.gui.widgets.labels import Label


class FolderMaker(QWidget):
    """Says what would be made, makes it once the button is pressed, and says what came of it."""

    changed = Signal()  # the folder was made or removed

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._step: FolderStep | None = None
        self._receipt: FolderReceipt | None = None
        self._is_busy = self._is_step = False
        self.held_focus = False  # when the folder was made
        self._what = Label()
        self.make = Button(desk.theme, self._say("make_folder"), "folder", "primary")
        self.remove = Button(desk.theme, self._say("remove_folder"), "undo")
        self.make.clicked.connect(self._make)
        self.remove.clicked.connect(self._remove)
        self.result = Label(role="small")
        self._command = ""
        name = self._say("copy_make_folder")
        self.copy = CopyButton(desk.theme, desk.texts, name, self._tell_command, letter=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.small)
        for part in (
            self._what,
            ButtonLine(desk.theme, (self.make, self.remove)),
            self.result,
            ButtonLine(desk.theme, (self.copy,)),
        ):
            column.addWidget(part)
        self.remove.hide()
        self.copy.hide()
        self.result.hide()
        self.hide()

    @property
    def receipt(self) -> str | None:
        """Where the receipt of the folder that was made here lies."""
        return self._receipt.path if self._receipt else None

    def offer(self, step: FolderStep | None) -> None:
        """Offer to make the folder; None: there is nothing to make."""
        self._step = step
        self._what.say(step.notice.sentence(self._desk.texts) if step else "")
        self.make.setVisible(step is not None)
        self._show()

    def show_for_step(self, is_step: bool) -> None:
        """Only while the folder is the step that is shown."""
        self._is_step = is_step
        self._show()

    @property
    def is_offered(self) -> bool:
        """Whether there is a folder to make."""
        return self._step is not None

    def _show(self) -> None:
        has_any = self._step is not None or self._receipt is not None or self._is_busy
        self.setVisible(self._is_step and has_any)

    def _tell_command(self, take: Callable[[str], None]) -> None:
        take(self._command)

    def _make(self) -> None:
        step, desk = self._step, self._desk
        if step is None or self._is_busy:
            return

        def work(_emit: Emit, _cancel: threading.Event) -> FolderReceipt:
            folder_step.checked(judged(desk, step.path), step)
            return apply.make_folder(Maker(desk.session.host, step))

        self._is_busy = True
        self.copy.hide()
        desk.bridge.start(work, on_done=self._show_made, on_failed=self._fail)

    def _show_made(self, receipt: FolderReceipt) -> None:
        self._is_busy, self._receipt = False, receipt
        said = folder_step.was_made(receipt.folder).sentence(self._desk.texts)
        where = self._say("folder_receipt", receipt=receipt.path)
        self.result.say(f"{said} {where}", "ok")
        self.held_focus = self.make.hasFocus()
        self.remove.show()
        self.offer(None)
        self.changed.emit()

    def _remove(self) -> None:
        receipt, session = self._receipt, self._desk.session
        if receipt is None or self._is_busy:
            return

        def work(_emit: Emit, _cancel: threading.Event) -> Undone:
            return undo.undo(receipt, session.host, session.product)

        self._is_busy = True
        self._desk.bridge.start(work, on_done=self._show_removed, on_failed=self._fail)

    def _show_removed(self, undone: Undone) -> None:
        self._is_busy = False
        self.result.say(undone.folder.sentence(self._desk.texts) if undone.folder else "")
        if undone.folder is not None and undone.folder.id in ("removed", "gone"):
            self.forget()
        self.changed.emit()

    def forget(self) -> None:
        """The folder is gone, or no more this change's."""
        self._receipt = None
        self.remove.hide()

    def _fail(self, error: WizardError) -> None:
        self._is_busy = False
        texts, command = self._desk.texts, str(error.values.get("command", ""))
        self.result.say(" ".join((texts.summary(error), *texts.advice(error))), "problem")
        self._command = command
        self.copy.setVisible(bool(command))

    def _say(self, text: str, **values: str) -> str:
        return self._desk.texts(f"page.arguments.{text}", values)
