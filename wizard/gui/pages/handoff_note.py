# SPDX-License-Identifier: MIT
"""Keeps how far the change has come, in the background and one after the other."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from wizard.errors import WizardError
from wizard.fixes import backup, handoff_state
from wizard.fixes.handoff import Task
from wizard.fixes.handoff_state import HandoffState
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk

Want = HandoffState | None  # None: nothing is unfinished


class HandoffNote(QObject):
    """What is wanted last is what ends up on disk. A sample server's change is never kept."""

    failed = Signal(object)  # a WizardError: it can't be kept
    kept = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._waiting: list[Want] = []
        self._is_writing = False

    def keep(self, task: Task, step: str) -> None:
        """The step that is to be done next."""
        facts = self._desk.session.host.facts()
        self._want(handoff_state.make(task, step, facts.name, datetime.now(UTC)))

    def forget(self) -> None:
        """Finished, or given up."""
        self._want(None)

    def _want(self, state: Want) -> None:
        if self._desk.session.host.facts().sample is not None:
            return
        self._waiting = [state]
        if not self._is_writing:
            self._write()

    def _write(self) -> None:
        state = self._waiting.pop()

        def work(_emit: Emit, _cancel: threading.Event) -> None:
            data = backup.data_folder()
            if state is None:
                handoff_state.forget(data)
            else:
                handoff_state.save(state, data)

        self._is_writing = True
        self._desk.bridge.start(work, on_done=lambda _: self._go_on(None), on_failed=self._go_on)

    def _go_on(self, error: WizardError | None) -> None:
        self._is_writing = False
        if error is not None:
            self.failed.emit(error)
        else:
            self.kept.emit()
        if self._waiting:
            self._write()
