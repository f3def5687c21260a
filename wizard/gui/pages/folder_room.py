# SPDX-License-Identifier: MIT
"""Is the new temporary folder there, and how much room has it? Asked in the background."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.errors import CannotCheck, WizardError
from wizard.fixes import places
from wizard.gui.bridge import Emit, Job
from wizard.gui.desk import Desk
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label
from wizard.session import Session

ASK_AFTER_MS = 400


@dataclass(frozen=True)
class Room:
    """What was seen of a folder; `unknown` is why nothing more is known."""

    exists: bool | None
    mount: str = ""
    free_gb: float | None = None
    unknown: WizardError | None = None


class FolderRoom(QWidget):
    """A line below the folder's field, and a button that makes the folder where there is none."""

    changed = Signal()  # `is_missing` may be different now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path = ""
        self._job: Job[Room] | None = None
        self.is_missing = False
        self._note = Label(role="small")
        self.make = Button(desk.theme, desk.texts("page.arguments.make_folder"), "folder")
        self.make.clicked.connect(self._make)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.tight)
        column.addWidget(self._note)
        column.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
        self.make.hide()
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(ASK_AFTER_MS)
        self.pause.timeout.connect(self._ask)

    def text(self) -> str:
        """What is said of the folder."""
        return self._note.text()

    def ask_for(self, path: str) -> None:
        """Show the room of this path soon; an empty one shows nothing."""
        if path == self._path:
            return
        self._path = path
        self._forget()
        if path:
            self.pause.start()
        else:
            self.pause.stop()

    def ask_again(self) -> None:
        """Ask at once: the folder may have come, gone or filled up meanwhile."""
        self.pause.stop()
        if self._path:
            self._ask()

    def _forget(self) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None
        self._tell("", is_missing=False)

    def _ask(self) -> None:
        session, path = self._desk.session, self._path

        def work(_emit: Emit, _cancel: threading.Event) -> Room:
            return look(session, path)

        if self._job is not None:
            self._job.drop()
        self._job = self._desk.bridge.start(work, on_done=self._show, on_failed=self._fail)

    def _show(self, room: Room) -> None:
        self._job = None
        texts, needed = self._desk.texts, self._desk.session.product.facts.temp_free_gb.value
        told, tone = [], ""
        if room.free_gb is not None:
            values = {"mount": room.mount}
            told.append(texts("page.arguments.room", values, free=room.free_gb, needed=needed))
            tone = "warning" if room.free_gb <= needed else ""
        if room.exists is False:
            told.append(texts("page.arguments.room_missing"))
            tone = "warning"
        if room.unknown is not None:
            told.append(texts.summary(room.unknown))
            tone = tone or "unknown"
        self._tell(" ".join(told), tone, is_missing=room.exists is False)

    def _fail(self, error: WizardError) -> None:
        self._job = None
        self._tell(self._desk.texts.summary(error), "unknown", is_missing=False)

    def _make(self) -> None:
        path = self._path

        def work(_emit: Emit, _cancel: threading.Event) -> None:
            places.make_folder(path)

        def fail(error: WizardError) -> None:
            texts = self._desk.texts
            told = " ".join((texts.summary(error), *texts.advice(error)))
            self._tell(told, "problem", is_missing=True)

        self._desk.bridge.start(work, on_done=lambda _: self.ask_again(), on_failed=fail)

    def _tell(self, sentence: str, tone: str = "", *, is_missing: bool) -> None:
        had_focus = self.make.hasFocus()
        self.setVisible(bool(sentence))
        self._note.say(sentence, tone)
        self.is_missing = is_missing
        self.make.setVisible(is_missing)
        if had_focus and not is_missing:
            self.focusNextChild()
        self.changed.emit()


def look(session: Session, path: str) -> Room:
    """What the host tells of a folder; each of its two questions may have no answer."""
    unknown: WizardError | None = None
    exists: bool | None = None
    try:
        exists = session.host.is_folder(path)
    except CannotCheck as error:
        unknown = error
    try:
        volume = session.host.volume(path)
    except CannotCheck as error:
        return Room(exists, unknown=unknown or error)
    free = session.product.gigabytes(volume.free_bytes)
    return Room(exists, volume.mount, free, unknown)
