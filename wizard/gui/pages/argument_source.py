# SPDX-License-Identifier: MIT
"""The part of the change page that asks for the argument string as it is, and the new folder."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal

from wizard.errors import BadInput, WizardError
from wizard.fixes import apply
from wizard.fixes.settings_file import Setting
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.pages.argument_places import ArgumentPlaces
from wizard.gui.pages.folder_room import FolderRoom
from wizard.gui.running_arguments import running_arguments
from wizard.gui.widgets.boxes import ButtonLine, Card
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.field import Field
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.text_box import TextBox


@dataclass(frozen=True)
class Origin:
    """A text file that holds the string, the key that it stands under, and in which style."""

    file: str
    key: str
    is_json: bool


class ArgumentSource(Card):
    """Paste it, take it from the running process, or from a text file."""

    changed = Signal()
    taken = Signal()  # from elsewhere than before

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("page.arguments.source"))
        self._desk = desk
        self.origin: Origin | None = None
        self._build()
        self.current.textChanged.connect(self.changed)
        self.folder.changed.connect(self.changed)

    @property
    def key(self) -> str:
        """The setting's name in the file."""
        return self.key_field.value or self._desk.session.product.facts.arguments_setting.value

    def read_file(self, file: str) -> None:
        """Take the string from a text file."""
        key = self.key

        def work(_emit: Emit, _cancel: threading.Event) -> Setting:
            return apply.read_setting(file, key)

        def take(setting: Setting) -> None:
            self.origin = Origin(file, key, setting.is_json)
            self._show_origin(self._say("from_file", file=file))
            self.current.setPlainText(setting.value)
            self.changed.emit()
            self.taken.emit()

        def fail(error: WizardError) -> None:
            self.origin = None
            sentence = f"{file}: {self._desk.texts.summary(error)}"
            self._show_origin(sentence, "problem", with_key=isinstance(error, BadInput))
            self._file = file
            self.changed.emit()

        self._file = file
        self._desk.bridge.start(work, on_done=take, on_failed=fail)

    def _build(self) -> None:
        desk, key = self._desk, self._desk.session.product.facts.arguments_setting.value
        label = Label(self._say("current", key=key))
        self.current = TextBox(desk.theme, self._say("current_name"), read_only=False)
        self.current.setPlaceholderText(self._say("current_hint"))
        label.setBuddy(self.current)
        self.running = Button(desk.theme, self._say("take_running"), "search")
        self.running.clicked.connect(self._take_running)
        self.from_file = Button(desk.theme, self._say("take_file"), "folder")
        self.from_file.clicked.connect(self._choose_file)
        self._origin = Label(role="small")
        self._origin.hide()
        self._file = ""
        self.key_field = Field(desk.theme, self._say("key"), self._say("key_name"))
        self.key_field.edit.setText(key)
        self.key_field.edit.editingFinished.connect(self._read_again)
        self.key_field.hide()
        self.column.addWidget(label)
        self.column.addWidget(self.current)
        self.column.addWidget(ButtonLine(desk.theme, (self.running, self.from_file)))
        self.column.addWidget(self._origin)
        self.column.addWidget(self.key_field)
        self._build_folder()

    def _build_folder(self) -> None:
        desk = self._desk
        self.folder = Field(desk.theme, self._say("folder"), self._say("folder_name"))
        self.folder.hint(self._say(f"folder_hint_{desk.session.host.facts().system}"))
        browse = Button(desk.theme, desk.texts("window.browse"))
        browse.setAccessibleName(self._say("choose_folder"))
        browse.clicked.connect(self._choose_folder)
        self.folder.add_button(browse)
        again = Button(desk.theme, self._say("places_again"), "again")
        again.clicked.connect(self.look_at_places)
        self.folder.add_button(again)
        self.room = FolderRoom(desk)
        self.places = ArgumentPlaces(desk)
        self.places.chosen.connect(self.folder.edit.setText)
        self.folder.edit.textChanged.connect(self.places.mark)
        self.repositories = Field(
            desk.theme, self._say("repositories"), self._say("repositories_name")
        )
        self.repositories.hint(self._say("repositories_hint"))
        self.repositories.edit.setText("; ".join(desk.session.scope.repositories))
        self.repositories.edit.editingFinished.connect(self._keep_repositories)
        for part in (self.places, self.folder, self.room, self.repositories):
            self.column.addWidget(part)

    def _keep_repositories(self) -> None:
        """Places are judged anew once a folder of backups was named."""
        session = self._desk.session
        named = (part.strip() for part in self.repositories.value.split(";"))
        told = tuple(filter(None, named))
        if told != session.scope.repositories:
            session.scope = replace(session.scope, repositories=told)
            self.look_at_places()

    def look_at_places(self) -> None:
        """List the places and judge the chosen one anew."""
        self.places.look()
        self.room.ask_again()

    def _take_running(self) -> None:
        session, found = self._desk.session, self._desk.lookup.found

        def work(_emit: Emit, _cancel: threading.Event) -> str:
            return running_arguments(session.host, session.product, found)

        def take(value: str) -> None:
            self.origin = None
            self._show_origin(self._say("from_process"), "warning")
            self.current.setPlainText(value)
            self.taken.emit()

        self._desk.bridge.start(work, on_done=take, on_failed=self._fail_running)

    def _fail_running(self, error: WizardError) -> None:
        texts = self._desk.texts
        self._show_origin(" ".join((texts.summary(error), *texts.advice(error))), "problem")

    def _choose_file(self) -> None:
        start = self._desk.session.settings_file or ""
        chosen = self._desk.dialogs.open_file(self._say("choose_file"), start)
        if chosen:
            self.read_file(chosen)

    def _read_again(self) -> None:
        if self._file and (self.origin is None or self.origin.key != self.key):
            self.read_file(self._file)

    def _choose_folder(self) -> None:
        chosen = self._desk.dialogs.folder(self._say("choose_folder"), self.folder.value)
        if chosen:
            self.folder.edit.setText(chosen)

    def _show_origin(self, sentence: str, tone: str = "", *, with_key: bool = False) -> None:
        self._origin.say(sentence, tone)
        self.key_field.setVisible(with_key)

    def _say(self, text: str, **values: str) -> str:
        return self._desk.texts(f"page.arguments.{text}", values)
