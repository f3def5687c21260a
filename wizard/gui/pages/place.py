# SPDX-License-Identifier: MIT
"""The part of the scope page that asks where the product is installed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox

from wizard.gui.desk import Desk
from wizard.gui.lookup import SURELY_WRONG
from wizard.gui.widgets.boxes import Card, FieldLine
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label, Sign

LOOK_AFTER_MS = 400


class Place(Card):
    """The folder that was found, others to choose from, or one that is typed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("page.scope.installation"))
        self._desk = desk
        self._looked_at = desk.session.scope.install_dir or ""
        self._build()
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(LOOK_AFTER_MS)
        self.pause.timeout.connect(self._look)
        self.folder.editTextChanged.connect(self.pause.start)
        self.folder.editTextChanged.connect(self.folder.setToolTip)
        desk.lookup.changed.connect(self._show)

    @property
    def folder_value(self) -> str | None:
        """The folder that the person names; None: find it."""
        found = self._desk.lookup.found
        typed = self.folder.currentText().strip()
        by_itself = found is not None and not self._looked_at and typed == found.folder
        return None if by_itself or not typed else typed

    @property
    def is_wrong(self) -> bool:
        """Whether the folder that was typed surely holds no installation.

        One that can't be looked into may be right: the checks then say that they could not look.
        """
        error = self._desk.lookup.error
        typed = bool(self.folder.currentText().strip())
        return typed and error is not None and error.text in SURELY_WRONG

    def refresh(self) -> None:
        """Show what is known."""
        if not self._desk.lookup.is_known and not self._desk.lookup.is_looking:
            self._desk.lookup.look(self._looked_at or None)
        self._show()

    def _build(self) -> None:
        desk = self._desk
        label = Label(self._say("folder"))
        self.folder = QComboBox()
        self.folder.setEditable(True)
        self.folder.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.folder.setAccessibleName(self._say("folder_name"))
        self.folder.setMinimumContentsLength(12)
        edit = self.folder.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(self._say("folder_hint"))
            edit.setAccessibleName(self._say("folder_name"))
        self.folder.setEditText(self._looked_at)
        label.setBuddy(self.folder)
        browse = Button(desk.theme, desk.texts("window.browse"))
        browse.setAccessibleName(self._say("choose_folder"))
        browse.clicked.connect(self._browse)
        again = Button(desk.theme, self._say("look"), "again")
        again.clicked.connect(self._look)
        row = FieldLine(desk.theme, self.folder)
        self.folder.setMinimumHeight(browse.sizeHint().height())
        row.add_button(browse)
        row.add_button(again)
        self._sign = Sign(desk.theme, "running", self._say("looking"), "quiet")
        self._detail = Label(role="small")
        self.column.addWidget(label)
        self.column.addWidget(row)
        self.column.addWidget(self._sign)
        self.column.addWidget(self._detail)

    def _show(self) -> None:
        lookup = self._desk.lookup
        if lookup.found is not None:
            self._offer((lookup.found.folder, *lookup.found.others))
            self._sign.show_sign("ok", lookup.how_found(self._desk.texts), "ok")
            count = len(lookup.found.others)
            self._detail.say(self._desk.texts("page.scope.others", count=count) if count else "")
        elif lookup.error is not None:
            if lookup.is_closed:
                self._sign.show_sign("could-not-check", self._say("closed"), "unknown")
            else:
                self._sign.show_sign("warning", self._say("none"), "warning")
            self._detail.say(self._desk.texts.summary(lookup.error))
        else:
            self._sign.show_sign("running", self._say("looking"), "quiet")
            self._detail.say("")

    def _offer(self, folders: tuple[str, ...]) -> None:
        """Fill the list, and the line where nothing is typed; what is typed stays."""
        typed = self.folder.currentText()
        self.folder.blockSignals(True)
        self.folder.clear()
        self.folder.addItems(folders)
        self.folder.setEditText(typed or folders[0])
        self.folder.setToolTip(self.folder.currentText())
        edit = self.folder.lineEdit()
        if edit is not None and not edit.hasFocus():
            edit.home(False)  # a long path is read from its beginning
        self.folder.blockSignals(False)

    def _look(self) -> None:
        typed = self.folder.currentText().strip()
        found = self._desk.lookup.found
        if found is not None and not self._looked_at and typed == found.folder:
            typed = ""
        self._looked_at = typed
        self._desk.lookup.look(typed or None)

    def _browse(self) -> None:
        start = self.folder.currentText()
        chosen = self._desk.dialogs.folder(self._say("choose_folder"), start)
        if chosen:
            self.folder.setEditText(chosen)

    def _say(self, text: str) -> str:
        return self._desk.texts(f"page.scope.{text}")
