# SPDX-License-Identifier: MIT
"""The window's one row of buttons: Close or Cancel at the left, Back and Next at the right."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from wizard.gui.theme import Theme
from wizard.gui.widgets.buttons import Button
from wizard.texts import Texts


class ButtonRow(QFrame):
    """Holds the buttons; the window decides what they say and when they work."""

    def __init__(self, theme: Theme, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("buttons")
        self.stop = Button(theme, texts("window.close"))
        self.back = Button(theme, texts("window.back"))
        self.next = Button(theme, texts("window.next"), role="primary")
        space = theme.tokens.space
        row = QHBoxLayout(self)
        row.setContentsMargins(space.wide, space.medium, space.wide, space.medium)
        row.setSpacing(space.small)
        row.addWidget(self.stop)
        row.addStretch()
        row.addWidget(self.back)
        row.addWidget(self.next)
        self._whole = self._short = self.next.text()

    def say_next(self, whole: str, short: str) -> None:
        """What Next says, and what it says where there is no room for that."""
        self._whole, self._short = whole, short
        self.next.setToolTip(whole.replace("&", ""))
        self.next.setAccessibleName(whole.replace("&", ""))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose by the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.next.setText(self._whole)
        if self.minimumSizeHint().width() > self.width():
            self.next.setText(self._short)
