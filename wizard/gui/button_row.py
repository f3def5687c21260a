# SPDX-License-Identifier: MIT
"""The window's one row of buttons: Close or Cancel at the left, Back and Next at the right."""

from __future__ import annotations

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
