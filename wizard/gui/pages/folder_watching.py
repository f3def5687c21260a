# SPDX-License-Identifier: MIT
"""Look for new files while a job runs: in the new folder, and no more in the old one."""

from __future__ import annotations

import threading

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from wizard.errors import WizardError
from wizard.fixes import folder_watch
from wizard.fixes.folder_watch import Rhythm, Sight, Watch, Watched
from wizard.fixes.plan import Plan
from wizard.gui.bridge import Emit, Job
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import ButtonLine, Callout
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label


class FolderWatching(QWidget):
    """The button that begins and ends it, and the box that tells."""

    changed = Signal()  # it began or ended

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: Plan | None = None
        self._job: Job[Watched] | None = None
        self.seen: Watched | None = None
        self.button = Button(desk.theme, self._say("look_files"), "search", "primary")
        self.progress = Label()
        self.bar = QProgressBar()
        self.result = Callout(desk.theme)
        self.button.clicked.connect(self._press)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.small)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self._say("look_files").replace("&", ""))
        column.addWidget(ButtonLine(desk.theme, (self.button,)))
        for part in (self.progress, self.bar, self.result):
            column.addWidget(part)
            part.hide()

    @property
    def busy(self) -> bool:
        """Whether the folders are being looked into."""
        return self._job is not None

    def expect(self, plan: Plan) -> None:
        """Whose folders; what was seen of another change is no answer."""
        self.cancel()
        self._plan, self.seen = plan, None
        self.result.hide()
        self._show_busy()

    def cancel(self) -> None:
        """Enough was seen."""
        if self._job is not None:
            self._job.cancel.set()

    def _press(self) -> None:
        if self.busy:
            self.cancel()
        elif self._plan is not None:
            self._begin(self._plan)

    def _begin(self, plan: Plan) -> None:
        session, found = self._desk.session, self._desk.lookup.found
        product = session.product
        old = folder_watch.old_folder(plan, found, product)
        watch = Watch(session.host, product, plan.temp_path, old, found)
        rhythm = Rhythm(longest_s=product.facts.watch_s.value)

        def work(emit: Emit, cancel: threading.Event) -> Watched:
            return watch.run(rhythm, emit, cancel)

        self.seen = None
        self.result.hide()
        self.bar.setRange(0, 0)
        self.progress.setText("")
        self._job = self._desk.bridge.start(
            work, on_done=self._take, on_failed=self._fail, on_event=self._show_sight
        )
        self._show_busy()
        self.changed.emit()

    def _show_sight(self, sight: Sight) -> None:
        folder = self._plan.temp_path if self._plan else ""
        text = "looking" if sight.is_verified else "looking_no_process"
        told = {"seconds": int(sight.seconds), "longest": int(sight.longest_s)}
        self.progress.setText(self._say(text, folder=folder, **told))
        self.bar.setRange(0, int(sight.longest_s))
        self.bar.setValue(int(sight.seconds))

    def _take(self, seen: Watched) -> None:
        self.seen = seen
        notice, tone = seen.notice, "ok" if seen.is_good else "warning"
        lines = self._desk.texts.lines(f"{notice.text}.advice", notice.values)
        self._end(tone, tone, notice.sentence(self._desk.texts), " ".join(lines))

    def _fail(self, error: WizardError) -> None:
        texts = self._desk.texts
        detail = " ".join(texts.advice(error))
        self._end("could-not-check", "unknown", texts.summary(error), detail)

    def _end(self, glyph: str, tone: str, headline: str, detail: str) -> None:
        self._job = None
        self.result.say(glyph, tone, headline, detail)
        self.result.show()
        self._show_busy()
        self.changed.emit()

    def _show_busy(self) -> None:
        """One button for both, so that it keeps the keyboard's focus."""
        self.button.setText(self._say("stop_looking" if self.busy else "look_files"))
        self.button.be_primary(self.seen is None and not self.busy)
        self.progress.setVisible(self.busy)
        self.bar.setVisible(self.busy)

    def _say(self, text: str, **values: str | int) -> str:
        return self._desk.texts(f"page.arguments.{text}", values)
