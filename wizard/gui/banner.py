# SPDX-License-Identifier: MIT
"""The stripe that says, on every page, that this is a sample server."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from wizard.gui.theme import Theme
from wizard.gui.widgets.labels import Glyph, Label


class Banner(QFrame):
    """One line across the window."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAccessibleName(text)
        space = theme.tokens.space
        row = QHBoxLayout(self)
        row.setContentsMargins(space.large, space.small, space.large, space.small)
        row.setSpacing(space.small)
        row.addWidget(Glyph(theme, "sample", "on_banner"))
        row.addWidget(Label(text))
