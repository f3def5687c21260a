# SPDX-License-Identifier: MIT
"""What a page may use of the window: the session, the flow, and the ways to do something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from wizard.errors import WizardError
from wizard.flow import Flow
from wizard.gui.bridge import Bridge
from wizard.gui.dialogs import Dialogs
from wizard.gui.lookup import Lookup
from wizard.gui.run import Run
from wizard.gui.theme import Theme
from wizard.session import Session
from wizard.texts import Texts


@dataclass(frozen=True)
class Desk:
    """The collaborators of all pages of one session."""

    session: Session
    flow: Flow
    bridge: Bridge
    run: Run
    lookup: Lookup
    theme: Theme
    dialogs: Dialogs
    go: Callable[[str], None]  # shows a page
    # Goes over to the sample server; calls back when that fails.
    open_sample: Callable[[Callable[[], None]], None] | None

    @property
    def texts(self) -> Texts:
        """The sentences."""
        return self.session.texts

    def tell(self, error: WizardError) -> None:
        """Show what went wrong, and what to do, in one calm dialog."""
        self.dialogs.tell(self.texts.summary(error), "\n".join(self.texts.advice(error)))

    def open_folder(self, path: str) -> None:
        """Show a folder in the system's file manager."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self.tell(WizardError("window.cannot_open", what=path))

    def open_page(self, url: str) -> None:
        """Show a web page in the person's browser; this program sends nothing itself."""
        if not QDesktopServices.openUrl(QUrl(url)):
            self.tell(WizardError("window.cannot_open", what=url))
