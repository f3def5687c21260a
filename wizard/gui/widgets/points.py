# SPDX-License-Identifier: MIT
"""A few sentences, each with a glyph or a number before it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from wizard.gui.theme import Theme
from wizard.gui.widgets.labels import Glyph, Label


class Points(QWidget):
    """Sentences one below the other, aligned behind their glyphs."""

    def __init__(self, theme: Theme, lines: Sequence[str], glyph: str, tone: str) -> None:
        super().__init__()
        space = theme.tokens.space
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space.small)
        grid.setVerticalSpacing(space.small)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(lines):
            grid.addWidget(Glyph(theme, glyph, tone), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(line), row, 1)
