# SPDX-License-Identifier: MIT
"""How long work leaves the window free: daemon threads put answers in a queue, a timer takes them.

No QThread and no signal from a thread: a QThread alive at exit aborts the process, and signals
emitted from other threads abort some exits.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from wizard.errors import WizardError

log = logging.getLogger(__name__)

T = TypeVar("T")
Emit = Callable[[Any], None]
Work = Callable[[Emit, threading.Event], T]
DRAIN_EVERY_MS = 50


class Crashed(WizardError):
    """A job failed in a way nobody foresaw: a fault of this program."""

    def __init__(self, error: BaseException) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1:]
        place = f"{PurePath(last[0].filename).name}:{last[0].lineno}" if last else "?"
        super().__init__("window.crashed", kind=type(error).__name__, place=place)


@dataclass(eq=False)
class Job(Generic[T]):
    """One piece of work under way. A dropped job's answers are ignored."""

    on_done: Callable[[T], None]
    on_failed: Callable[[WizardError], None]
    on_event: Callable[[Any], None]
    cancel: threading.Event = field(default_factory=threading.Event)
    dropped: bool = False

    def drop(self) -> None:
        """Tell the work to stop and don't wait for it."""
        self.dropped = True
        self.cancel.set()


@dataclass(frozen=True)
class _Answer:
    job: Job[Any]
    tell: Callable[[], None]
    last: bool


class Bridge(QObject):
    """Runs jobs in daemon threads and hands their answers to the window's own thread."""

    changed = Signal()  # a job began or ended

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: SimpleQueue[_Answer] = SimpleQueue()
        self._jobs: list[Job[Any]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(DRAIN_EVERY_MS)
        self._timer.timeout.connect(self.drain)

    @property
    def active(self) -> bool:
        """Whether somebody still waits for an answer."""
        return any(not job.dropped for job in self._jobs)

    @property
    def is_draining(self) -> bool:
        """Whether the timer runs; it rests while nobody waits."""
        return self._timer.isActive()

    def start(
        self,
        work: Work[T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[WizardError], None],
        on_event: Callable[[Any], None] = lambda _event: None,
    ) -> Job[T]:
        """Begin a job; its answers arrive in the window's thread."""
        job = Job(on_done, on_failed, on_event)
        self._jobs.append(job)
        threading.Thread(target=self._work, args=(job, work), daemon=True).start()
        self._timer.start()
        self.changed.emit()
        return job

    def drain(self) -> None:
        """Hand over what has arrived; called by the timer, and by tests."""
        ended = False
        while True:
            try:
                answer = self._answers.get_nowait()
            except Empty:
                break
            ended = self._hand_over(answer) or ended
        if not self.active:
            self._timer.stop()
        if ended:
            self.changed.emit()

    def drop_all(self) -> None:
        """Wait for nothing any more; for closing the window."""
        for job in self._jobs:
            job.drop()
        self._timer.stop()

    def _hand_over(self, answer: _Answer) -> bool:
        if answer.last:
            self._jobs.remove(answer.job)
        if not answer.job.dropped:
            answer.tell()
        return answer.last

    def _work(self, job: Job[T], work: Work[T]) -> None:
        """What a job's thread does; every way out of it is an answer."""

        def emit(event: Any) -> None:
            self._answers.put(_Answer(job, lambda: job.on_event(event), last=False))

        with _Answering(job, self._answers):
            result = work(emit, job.cancel)
            self._answers.put(_Answer(job, lambda: job.on_done(result), last=True))


class _Answering:
    """Turns whatever ends a job's work early into an answer, so that nothing fails silently."""

    def __init__(self, job: Job[Any], answers: SimpleQueue[_Answer]) -> None:
        self._job = job
        self._answers = answers

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        if error is None:
            return True
        told = error if isinstance(error, WizardError) else Crashed(error)
        if isinstance(told, Crashed):
            frames = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s\n%s", told, frames)  # not the message: it may quote what it worked on
        self._answers.put(_Answer(self._job, lambda: self._job.on_failed(told), last=True))
        return True
