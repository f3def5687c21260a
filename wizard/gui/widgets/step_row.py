# SPDX-License-Identifier: MIT
"""One thing to do: its number or a dot, its sentence, and the button that does it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from wizard.gui.theme import Theme
from wizard.gui.widgets.breaks import breakable
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label

DOT = "•"


class StepRow(QWidget):
    """A sentence, numbered where the order matters; the button is below it, where the eye ends."""

    def __init__(
        self, theme: Theme, number: int | None, sentence: str, button: Button | None
    ) -> None:
        super().__init__()
        space = theme.tokens.space
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space.small)
        grid.setVerticalSpacing(space.tight)
        grid.setColumnStretch(1, 1)
        grid.addWidget(
            Label(f"{number}." if number else DOT, "strong", wrap=False),
            0,
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        grid.addWidget(Label(breakable(sentence)), 0, 1)  # commands must not widen the column
        if button is not None:
            grid.addWidget(button, 1, 1, Qt.AlignmentFlag.AlignLeft)
