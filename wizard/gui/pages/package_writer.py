# SPDX-License-Identifier: MIT
"""The part of the export page that writes the package: where to, how it went, its folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal

from wizard import flow
from wizard.errors import WizardError
from wizard.findings import package, session_package
from wizard.findings.package import Entry
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Callout, Card
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.field import Field

EXISTS = "error.package_exists"
REPLACE = 1  # of the choices: leave it, replace it


class PackageWriter(Card):
    """Writes what the contents show, and nothing else."""

    changed = Signal()

    def __init__(self, desk: Desk, entries: Callable[[], Sequence[Entry]]) -> None:
        super().__init__(desk.theme, desk.texts("page.export.write_heading"))
        self._desk = desk
        self._entries = entries
        self._is_ready = False
        self.is_writing = False
        self.place = Field(desk.theme, self._say("place"), self._say("place_name"))
        self.place.edit.setText(str(suggested_place()))
        self.browse = Button(desk.theme, desk.texts("window.browse"))
        self.browse.setAccessibleName(self._say("choose_place"))
        self.browse.clicked.connect(self._browse)
        self.place.add_button(self.browse)
        self.place.changed.connect(self._forget)
        self.write = Button(desk.theme, self._say("write"), "package", "primary")
        self.write.clicked.connect(lambda: self._write(overwrite=False))
        self.result = Callout(desk.theme)
        self.open_folder = Button(desk.theme, desk.texts("window.open_folder"), "folder")
        self.open_folder.clicked.connect(self._open_folder)
        self.result.column.addWidget(self.open_folder)
        self.column.addWidget(self.place)
        self.column.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.result)
        self.result.hide()

    def be_ready(self, is_ready: bool) -> None:
        """Whether there is something to write."""
        self._is_ready = is_ready
        self._refresh()

    def _forget(self) -> None:
        """What was told was told of another place."""
        if not self.is_writing:
            self.result.hide()
        self._refresh()

    def _refresh(self) -> None:
        ready = self._is_ready and bool(self.place.value) and not self.is_writing
        self.write.setEnabled(ready)

    def _write(self, *, overwrite: bool) -> None:
        entries, output = tuple(self._entries()), Path(self.place.value).expanduser()
        known = session_package.known(self._desk.session)

        def work(_emit: Emit, _cancel: threading.Event) -> Path:
            return package.write(entries, output, known=known, overwrite=overwrite)

        self.is_writing = True
        self.open_folder.hide()
        self._tell("running", "quiet", self._say("writing"), "")
        self._desk.bridge.start(work, on_done=self._show_written, on_failed=self._fail)

    def _show_written(self, output: Path) -> None:
        self.is_writing = False
        self._written = output
        self._desk.flow.done.add(flow.EXPORT)
        kilobytes = output.stat().st_size / 1024
        self.open_folder.show()
        self._tell(
            "ok",
            "ok",
            self._say("written", path=str(output)),
            self._say("proven", kilobytes=kilobytes),
        )

    def _fail(self, error: WizardError) -> None:
        self.is_writing = False
        texts = self._desk.texts
        if error.text != EXISTS:
            advice = " ".join(texts.advice(error))
            self._tell("problem", "problem", texts.summary(error), advice)
            return
        self.result.hide()  # nothing is being written while it is asked
        if self._may_replace():
            self._write(overwrite=True)
        else:
            self._tell("step", "quiet", texts.summary(error), "")

    def _may_replace(self) -> bool:
        question = self._say("exists", path=self.place.value)
        choices = (self._say("leave"), self._say("replace"))
        return self._desk.dialogs.ask(question, self._say("exists_detail"), choices) == REPLACE

    def _tell(self, glyph: str, tone: str, headline: str, detail: str) -> None:
        self.result.say(glyph, tone, headline, detail)
        self.result.show()
        self._refresh()
        self.changed.emit()

    def _browse(self) -> None:
        chosen = self._desk.dialogs.save_file(self._say("choose_place"), self.place.value)
        if chosen:
            self.place.edit.setText(chosen)

    def _open_folder(self) -> None:
        self._desk.open_folder(str(self._written.parent))

    def _say(self, text: str, **values: str | float) -> str:
        return self._desk.texts(f"page.export.{text}", values)


def suggested_place() -> Path:
    """A file in the person's documents, named by the moment and by nobody's name."""
    return documents() / f"m365-backup-findings-{datetime.now().astimezone():%Y%m%d-%H%M}.zip"


def documents() -> Path:
    """The folder of the person's documents; their home where there is none."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) if folder and Path(folder).is_dir() else Path.home()
