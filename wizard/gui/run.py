# SPDX-License-Identifier: MIT
"""The checks under way: what has begun, what is done, and the statuses so far."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QObject, Signal

from wizard import verdict
from wizard.errors import WizardError
from wizard.gui.bridge import Bridge, Emit, Job
from wizard.model import (
    CauseId,
    CheckFinished,
    CheckResult,
    CheckStarted,
    Diagnosis,
    LogsRead,
    Status,
)
from wizard.session import Session


class Run(QObject):
    """One run at a time. The window and the pages show what this says."""

    changed = Signal()
    logs_read = Signal()  # `log_bytes` has grown
    finished = Signal()  # `diagnosis` is there
    failed = Signal(object)  # a WizardError: no diagnosis came of it

    def __init__(self, session: Session, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._bridge = bridge
        self._job: Job[Diagnosis] | None = None
        self.cause: CauseId | None = None  # None: all of them
        self.started: set[str] = set()
        self.rows: dict[str, CheckResult] = {}
        self.done = 0
        self.total = 0
        self.waiting: tuple[str, ...] = ()
        self.log_bytes = 0  # of the logs, read so far
        self.diagnosis: Diagnosis | None = None

    @property
    def is_running(self) -> bool:
        """Whether checks are under way."""
        return self._job is not None

    @property
    def is_cancelling(self) -> bool:
        """Whether a cancel is asked for and the partial diagnosis not yet here."""
        return self._job is not None and self._job.cancel.is_set()

    def scan(self) -> None:
        """Run every check."""
        self._begin(None)

    def recheck(self, cause: CauseId) -> None:
        """Run one cause's checks again."""
        self._begin(cause)

    def cancel(self) -> None:
        """Stop; what is known so far becomes the diagnosis."""
        if self._job is not None:
            self._job.cancel.set()
            self.changed.emit()

    def checks_run(self, cause: CauseId) -> bool:
        """Whether a cause has checks under way."""
        if not self.is_running or self.cause not in (None, cause):
            return False
        mine = [check.id for check in self._session.checks if check.cause == cause]
        return any(check not in self.rows for check in mine)

    def status(self, cause: CauseId) -> Status | None:
        """What is known of a cause so far; None while nothing is."""
        rows = [row for row in self.rows.values() if row.cause == cause]
        if not rows:
            return None
        ranked = verdict.rank(rows, self._session.product)
        return next(each.status for each in ranked if each.cause == cause)

    def _begin(self, cause: CauseId | None) -> None:
        if self.is_running:
            return
        chosen = [c for c in self._session.checks if cause is None or c.cause == cause]
        self.cause = cause
        self.started.clear()
        for check in chosen:
            self.rows.pop(check.id, None)
        self.done, self.total, self.log_bytes = 0, len(chosen), 0
        self.waiting = tuple(check.id for check in chosen)

        def work(emit: Emit, cancel: threading.Event) -> Diagnosis:
            if cause is None:
                return self._session.diagnose(emit, cancel)
            return self._session.recheck(cause, emit, cancel)

        self._job = self._bridge.start(
            work, on_done=self._finish, on_failed=self._fail, on_event=self._take
        )
        self.changed.emit()

    def _take(self, event: Any) -> None:
        if isinstance(event, LogsRead):
            self.log_bytes = event.bytes
            self.logs_read.emit()
            return
        if isinstance(event, CheckStarted):
            self.started.add(event.check)
        elif isinstance(event, CheckFinished):
            self.rows[event.result.check] = event.result
            self.done, self.total, self.waiting = event.done, event.total, event.waiting
        self.changed.emit()

    def _finish(self, diagnosis: Diagnosis) -> None:
        self._job = None
        self.diagnosis = diagnosis
        self.rows = {row.check: row for row in diagnosis.results}
        self.finished.emit()
        self.changed.emit()

    def _fail(self, error: WizardError) -> None:
        self._job = None
        self.changed.emit()
        self.failed.emit(error)
