# SPDX-License-Identifier: MIT
"""The part of the scope page that says which logs are read, and takes others."""

from __future__ import annotations

from dataclasses import replace

from wizard.gui import log_drop
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import ButtonLine, Card
from wizard.gui.widgets.breaks import breakable
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label

_SHOWN = 6


class LogList(Card):
    """This computer's own logs, or those that the person names instead."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("page.scope.logs"))
        self._desk = desk
        self.told = Label()
        self.column.addWidget(self.told)
        self.column.addWidget(Label(self._say("logs_hint"), "small"))
        self.add_file = Button(desk.theme, self._say("add_log"))
        self.add_file.clicked.connect(self._choose_file)
        self.add_folder = Button(desk.theme, self._say("add_log_folder"), "folder")
        self.add_folder.clicked.connect(self._choose_folder)
        self.own = Button(desk.theme, self._say("own_logs"))
        self.own.clicked.connect(self._use_own)
        self.column.addWidget(ButtonLine(desk.theme, (self.add_file, self.add_folder, self.own)))
        self.refresh()

    def refresh(self) -> None:
        """Show what is read."""
        named = self._desk.session.scope.log_paths
        lines = [breakable(path) for path in named[:_SHOWN]]
        if len(named) > _SHOWN:
            lines.append(self._desk.texts("page.scope.logs_more", count=len(named) - _SHOWN))
        self.told.say("\n".join(lines) if lines else self._say("logs_own"))
        if self.own.hasFocus() and not named:
            self.add_file.setFocus()
        self.own.setVisible(bool(named))

    def _choose_file(self) -> None:
        self._add(self._desk.dialogs.open_file(self._say("choose_log"), self._start()))

    def _choose_folder(self) -> None:
        self._add(self._desk.dialogs.folder(self._say("choose_log_folder"), self._start()))

    def _start(self) -> str:
        found = self._desk.lookup.found
        return found.log_folder if found else ""

    def _add(self, path: str | None) -> None:
        if path:
            log_drop.add(self._desk.session, (path,))
            self.refresh()

    def _use_own(self) -> None:
        session = self._desk.session
        session.scope = replace(session.scope, log_paths=())
        self.refresh()

    def _say(self, text: str) -> str:
        return self._desk.texts(f"page.scope.{text}")
