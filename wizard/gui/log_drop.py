# SPDX-License-Identifier: MIT
"""Logs that a person drops on the window: which they are, and what happens with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QDir, QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from wizard import flow
from wizard.errors import WizardError
from wizard.gui import actions
from wizard.gui.desk import Desk
from wizard.gui.pages.base import Page
from wizard.session import Session


class Drops(QObject):
    """What is dropped anywhere on a window goes to `take`, as far as it can be logs."""

    def __init__(self, window: QWidget, take: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__(window)
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Welcome files and folders, and nothing else."""
        if isinstance(event, QDropEvent) and paths_of(event.mimeData()):
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self._take(paths_of(event.mimeData()))
            return True
        return super().eventFilter(watched, event)


def paths_of(dragged: QMimeData) -> tuple[str, ...]:
    """The files and folders of this computer among what is dragged."""
    local = (url.toLocalFile() for url in dragged.urls() if url.isLocalFile())
    return tuple(dict.fromkeys(QDir.toNativeSeparators(path) for path in local if path))


def add(session: Session, paths: Iterable[str]) -> None:
    """Read these as well from now on, instead of the logs of this computer."""
    together = tuple(dict.fromkeys((*session.scope.log_paths, *paths)))
    session.scope = replace(session.scope, log_paths=together)


def take(desk: Desk, page: Page, paths: tuple[str, ...]) -> None:
    """Add what was dropped on a page; after a scan look again, before one show where it stands."""
    if desk.run.is_running:
        desk.tell(WizardError("window.logs_later"))
        return
    add(desk.session, paths)
    if desk.flow.diagnosis is None:
        page.enter()  # it may be the one that shows it
        actions.choose_folder(desk)
    else:
        desk.run.scan()
        desk.go(flow.SCAN)
