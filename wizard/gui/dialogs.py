# SPDX-License-Identifier: MIT
"""How the window asks and tells: the only place with modal dialogs, replaced in tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


class Dialogs(Protocol):
    """What may be asked. Every path is text; None means that the person changed their mind."""

    def ask(self, question: str, detail: str, choices: Sequence[str]) -> int | None:
        """Which of the choices, by its place; Enter and Escape both take the first."""

    def tell(self, text: str, detail: str) -> None:
        """Show something to be read."""

    def folder(self, title: str, start: str) -> str | None:
        """A folder."""

    def open_file(self, title: str, start: str) -> str | None:
        """An existing file."""

    def save_file(self, title: str, start: str) -> str | None:
        """A file to write; whether it may be replaced is asked by the page."""


class SystemDialogs:
    """The system's own dialogs, in front of one window."""

    def __init__(self, parent: QWidget, title: str, close: str) -> None:
        self._parent = parent
        self._title = title
        self._close = close

    def ask(self, question: str, detail: str, choices: Sequence[str]) -> int | None:
        """Which of the choices, by its place."""
        box = self._box(QMessageBox.Icon.Question, question, detail)
        buttons = [box.addButton(text, QMessageBox.ButtonRole.AcceptRole) for text in choices]
        box.setDefaultButton(buttons[0])
        box.setEscapeButton(buttons[0])
        box.exec()
        clicked = box.clickedButton()
        return next((i for i, button in enumerate(buttons) if button is clicked), None)

    def tell(self, text: str, detail: str) -> None:
        """Show something to be read."""
        box = self._box(QMessageBox.Icon.Information, text, detail)
        box.addButton(self._close, QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def folder(self, title: str, start: str) -> str | None:
        """A folder."""
        return QFileDialog.getExistingDirectory(self._parent, title, start) or None

    def open_file(self, title: str, start: str) -> str | None:
        """An existing file."""
        return QFileDialog.getOpenFileName(self._parent, title, start)[0] or None

    def save_file(self, title: str, start: str) -> str | None:
        """A file to write."""
        options = QFileDialog.Option.DontConfirmOverwrite
        chosen = QFileDialog.getSaveFileName(self._parent, title, start, options=options)
        return chosen[0] or None

    def _box(self, icon: QMessageBox.Icon, text: str, detail: str) -> QMessageBox:
        box = QMessageBox(icon, self._title, text, parent=self._parent)
        box.setInformativeText(detail)
        return box
