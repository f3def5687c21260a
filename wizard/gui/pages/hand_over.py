# SPDX-License-Identifier: MIT
"""The part of a page that hands a text to somebody else: to copy, to save, and to read first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.errors import WizardError
from wizard.findings import text_file
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.pages.package_writer import REPLACE, documents
from wizard.gui.widgets.boxes import ButtonLine
from wizard.gui.widgets.buttons import Button, CopyButton, Fold, Take
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.text_box import TextBox


class HandOver(QWidget):
    """`words` is the id of the texts that name it; `make` the text of this moment's diagnosis."""

    def __init__(self, desk: Desk, words: str, make: Callable[[], str]) -> None:
        super().__init__()
        self._desk = desk
        self._words = words
        self._make = make
        what, word = self._named("copy_what"), self._named("copy")
        self.copy = CopyButton(desk.theme, desk.texts, what, self._hand_over, word=word)
        self.save = Button(desk.theme, self._say("save"), "folder")
        self.save.clicked.connect(self._choose_file)
        self.result = Label(role="small")
        self.result.hide()
        self.text = TextBox(desk.theme, self._named("text_name"), read_only=True)
        self.fold = Fold(desk.theme, self._named("read"), self.text)
        self.fold.toggled.connect(self._show_text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.small)
        column.addWidget(ButtonLine(desk.theme, (self.copy, self.save)))
        for part in (self.result, self.fold, self.text):
            column.addWidget(part)

    @property
    def hint(self) -> str:
        """A sentence that leads to it from elsewhere on the page."""
        button = self._named("copy").replace("&", "")
        return self._desk.texts(f"page.cause.hand_over.{self._words}", button=button)

    def be_ready(self, is_ready: bool) -> None:
        """Whether there is a text; what was saved of an older one is no longer told."""
        if not is_ready:
            self.result.hide()
        for part in (self.copy, self.save, self.fold):
            part.setEnabled(is_ready)
        self._show_text()

    def _hand_over(self, take: Take) -> None:
        take(self._make())

    def _show_text(self) -> None:
        """Only while it is to be read: it is long."""
        if self.fold.isChecked():
            self.text.setPlainText(self._make())

    def _choose_file(self) -> None:
        start = str(documents() / self._named("file_name"))
        chosen = self._desk.dialogs.save_file(self._named("choose_file"), start)
        if chosen:
            self._write(Path(chosen), overwrite=False)

    def _write(self, output: Path, *, overwrite: bool) -> None:
        text = self._make()

        def work(_emit: Emit, _cancel: threading.Event) -> Path:
            return text_file.write(text, output, overwrite=overwrite)

        def fail(error: WizardError) -> None:
            if error.text == text_file.EXISTS and self._may_replace(output):
                self._write(output, overwrite=True)
            else:
                self.result.say(self._desk.texts.summary(error))

        self._desk.bridge.start(work, on_done=self._tell_saved, on_failed=fail)

    def _may_replace(self, output: Path) -> bool:
        choices = (self._say("leave"), self._say("replace"))
        question = self._say("exists", path=str(output))
        return self._desk.dialogs.ask(question, self._say("exists_detail"), choices) == REPLACE

    def _tell_saved(self, output: Path) -> None:
        self.result.say(self._say("saved", path=str(output)))

    def _named(self, text: str) -> str:
        return self._desk.texts(f"{self._words}.{text}")

    def _say(self, text: str, **values: str) -> str:
        return self._desk.texts(f"window.hand_over.{text}", values)
