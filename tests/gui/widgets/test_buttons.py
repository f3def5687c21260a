# SPDX-License-Identifier: MIT
"""Buttons that say another word, and one that opens what stands below it."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wizard.gui.theme import Theme
from wizard.gui.widgets.buttons import CopyButton, Fold, fixed
from wizard.gui.widgets.labels import Label
from wizard.texts import Texts


def test_copy_button_when_it_says_copied_then_stays_as_wide(
    qtbot: QtBot, theme: Theme, texts: Texts
) -> None:
    button = CopyButton(theme, texts, "a string", fixed("-Da=b"))
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    button.click()
    assert button.text() == "Copied"
    assert button.sizeHint().width() == before


def test_fold_when_opened_below_the_edge_then_what_it_holds_is_seen(
    qtbot: QtBot, theme: Theme
) -> None:
    area, inside = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    column = QVBoxLayout(inside)
    above, below = Label("above"), Label("below")
    above.setFixedHeight(600)
    below.setFixedHeight(100)
    fold = Fold(theme, "Look closer", below)
    for part in (above, fold, below):
        column.addWidget(part)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.resize(300, 300)
    area.show()
    fold.click()
    qtbot.waitUntil(lambda: below.visibleRegion().boundingRect().height() == 100)
    assert not fold.visibleRegion().isEmpty()
