# SPDX-License-Identifier: MIT
"""When has the window been drawn for the first time? What can wait begins then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Calls back once, right after a window's first paint; lives as long as the window."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, seen: QObject, event: QEvent) -> bool:
        """Watch until the paint, and keep nothing from the window."""
        if event.type() == QEvent.Type.Paint:
            seen.removeEventFilter(self)
            QTimer.singleShot(0, self._then)  # when the whole window is on the screen
            self.deleteLater()
        return False
