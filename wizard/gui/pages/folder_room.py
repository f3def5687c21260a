# SPDX-License-Identifier: MIT
"""Is the named folder a good place for temporary files? Judged in the background while typing."""

from __future__ import annotations

import threading

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.errors import WizardError
from wizard.fixes import folder_step, place_look, places
from wizard.fixes.folder_step import FolderStep
from wizard.fixes.place_look import Needs
from wizard.fixes.place_rules import Place, Standing
from wizard.gui.bridge import Emit, Job
from wizard.gui.desk import Desk
from wizard.gui.widgets.labels import Label
from wizard.host.base import Volume
from wizard.session import Session

ASK_AFTER_MS = 400
_TONES = {Standing.GOOD: "", Standing.DOUBTFUL: "warning", Standing.BAD: "problem"}


class FolderRoom(QWidget):
    """Lines below the folder's field: what speaks against it, for doubt, and what isn't known."""

    changed = Signal()  # the judgement may be different now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path = ""
        self._job: Job[Place] | None = None
        self._is_due = False
        self.place: Place | None = None  # None: not judged, or it couldn't be
        self._note = Label(role="small")
        self._unknown = Label(role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.tight)
        column.addWidget(self._note)
        column.addWidget(self._unknown)
        self.hide()
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(ASK_AFTER_MS)
        self.pause.timeout.connect(self._ask)
        desk.lookup.changed.connect(self.ask_again)

    @property
    def is_settled(self) -> bool:
        """Whether the judgement on the folder that is named now is here."""
        return not self._is_due

    @property
    def is_bad(self) -> bool:
        """Whether the folder must not be used."""
        return self.place is not None and self.place.standing is Standing.BAD

    @property
    def step(self) -> FolderStep | None:
        """What has to be done to have the folder."""
        usable = self.place is not None and not self.is_bad
        return folder_step.planned(self.place) if usable and self.place else None

    def text(self) -> str:
        """What is said of the folder."""
        return "\n".join(filter(None, (self._note.text(), self._unknown.text())))

    def ask_for(self, path: str) -> None:
        """Judge this path soon; an empty one shows nothing."""
        if path == self._path:
            return
        self._path = path
        self._forget(is_due=bool(path))
        if path:
            self.pause.start()
        else:
            self.pause.stop()

    def ask_again(self) -> None:
        """Ask at once: the folder may have come, gone or filled up meanwhile."""
        self.pause.stop()
        self._ask()

    def _forget(self, *, is_due: bool) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None
        self._is_due, self.place = is_due, None
        self._tell("", "", "")

    def _ask(self) -> None:
        desk, path = self._desk, self._path
        if not path:
            return

        def work(_emit: Emit, _cancel: threading.Event) -> Place:
            return judged(desk, path)

        if self._job is not None:
            self._job.drop()
        self._job = desk.bridge.start(work, on_done=self._show, on_failed=self._fail)

    def _show(self, place: Place) -> None:
        self._job, self._is_due, self.place = None, False, place
        texts = self._desk.texts
        reasons = [notice.sentence(texts) for notice in place.against or place.doubts]
        if place.volume is not None and not place.against:
            reasons.insert(0, self._room(place.volume))
        unknown = [] if place.against else [notice.sentence(texts) for notice in place.unknown]
        self._tell(" ".join(reasons), _TONES[place.standing], " ".join(unknown))

    def _room(self, volume: Volume) -> str:
        product = self._desk.session.product
        free, needed = product.shown_gb(volume.free_bytes), product.facts.temp_free_gb.value
        return self._desk.texts("page.arguments.room", mount=volume.mount, free=free, needed=needed)

    def _fail(self, error: WizardError) -> None:
        self._job, self._is_due = None, False
        self._tell(self._desk.texts.summary(error), "unknown", "")

    def _tell(self, sentence: str, tone: str, unknown: str) -> None:
        self._note.say(sentence, tone)
        self._unknown.say(unknown, "quiet")
        self.setVisible(bool(sentence or unknown))
        self.changed.emit()


def judged(desk: Desk, path: str) -> Place:
    """The judgement of this moment on a folder; asks the computer, so never in the window's thread.

    Raises:
        CannotCheck: the computer doesn't answer at all.
    """
    session: Session = desk.session
    found = desk.lookup.found
    in_use = place_look.folder_in_use(session.host, session.product, found)
    known = (session.product, in_use, found)
    return places.judge_place(path, session.host, *known, needs=Needs.of(session.scope))
