# SPDX-License-Identifier: MIT
"""How much room a new temporary folder would have; asked in the background while one types."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from PySide6.QtCore import QTimer

from wizard.errors import WizardError
from wizard.gui.bridge import Emit, Job
from wizard.gui.desk import Desk
from wizard.gui.widgets.labels import Label

ASK_AFTER_MS = 400


@dataclass(frozen=True)
class Room:
    """What was seen of a folder."""

    exists: bool
    mount: str
    free_gb: float


class FolderRoom(Label):
    """A line below the folder's field."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(role="small")
        self.hide()
        self._desk = desk
        self._path = ""
        self._job: Job[Room] | None = None
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(ASK_AFTER_MS)
        self.pause.timeout.connect(self._ask)

    def ask_for(self, path: str) -> None:
        """Show the room of this path soon; an empty one shows nothing."""
        if path == self._path:
            return
        self._path = path
        self.say("")
        if self._job is not None:
            self._job.drop()
            self._job = None
        if path:
            self.pause.start()
        else:
            self.pause.stop()

    def _ask(self) -> None:
        session, path = self._desk.session, self._path

        def work(_emit: Emit, _cancel: threading.Event) -> Room:
            volume = session.host.volume(path)
            free = session.product.gigabytes(volume.free_bytes)
            return Room(session.host.is_folder(path), volume.mount, free)

        self._job = self._desk.bridge.start(work, on_done=self._show, on_failed=self._fail)

    def _show(self, room: Room) -> None:
        needed = self._desk.session.product.facts.temp_free_gb.value
        texts, values = self._desk.texts, {"mount": room.mount}
        told = texts("page.arguments.room", values, free=room.free_gb, needed=needed)
        missing = "" if room.exists else texts("page.arguments.room_missing")
        self.say(f"{told} {missing}".strip(), "warning" if room.free_gb <= needed else "")

    def _fail(self, error: WizardError) -> None:
        self.say(self._desk.texts.summary(error), "unknown")
