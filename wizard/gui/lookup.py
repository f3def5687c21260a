# SPDX-License-Identifier: MIT
"""Where the product is installed: looked for in the background, shown on two pages."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from wizard.errors import WizardError
from wizard.gui.bridge import Bridge, Emit, Job
from wizard.nakivo import installation
from wizard.nakivo.installation import Installation
from wizard.session import Session
from wizard.texts import Texts

SURELY_WRONG = (
    "error.host_relative_path",
    "error.install_dir_missing",
    "error.install_dir_unlike_product",
)
SURELY_NOT_THERE = ("error.no_installation", *SURELY_WRONG)


class Lookup(QObject):
    """The installation, once it is found, or why there is none."""

    changed = Signal()

    def __init__(self, session: Session, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._bridge = bridge
        self._job: Job[Installation] | None = None
        self.found: Installation | None = None
        self.error: WizardError | None = None

    @property
    def is_looking(self) -> bool:
        """Whether the answer isn't here yet."""
        return self._job is not None

    @property
    def is_known(self) -> bool:
        """Whether there is an answer, good or bad."""
        return self.found is not None or self.error is not None

    @property
    def is_closed(self) -> bool:
        """Whether it could not be looked, which is not the same as not found."""
        return self.error is not None and self.error.text not in SURELY_NOT_THERE

    def look(self, folder: str | None) -> None:
        """Look for the installation, in a folder or wherever it may be."""
        if self._job is not None:
            self._job.drop()
        self.found = self.error = None
        host, product = self._session.host, self._session.product

        def work(_emit: Emit, _cancel: threading.Event) -> Installation:
            return installation.find(host, product, folder)

        self._job = self._bridge.start(work, on_done=self._take, on_failed=self._fail)
        self.changed.emit()

    def how_found(self, texts: Texts) -> str:
        """What led to the installation, and its version where it is known."""
        if self.found is None:
            return ""
        found_by, version = self.found.found_by, self.found.version
        if version is None:
            return texts("window.found", found_by=found_by)
        return texts("window.found_version", found_by=found_by, version=version)

    def _take(self, found: Installation) -> None:
        self._job, self.found = None, found
        self.changed.emit()

    def _fail(self, error: WizardError) -> None:
        self._job, self.error = None, error
        self.changed.emit()
