# SPDX-License-Identifier: MIT
"""A line to fill in."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from wizard.gui.theme import Theme
from wizard.gui.widgets.field import Field

PATH = "/home/someone/Documents/" + "folder/" * 30 + "findings.zip"


def test_a_long_path_is_shown_from_its_beginning_and_whole_in_the_tooltip(
    qtbot: QtBot, theme: Theme
) -> None:
    field = Field(theme, "File", "File")
    qtbot.addWidget(field)
    field.edit.setText(PATH)
    assert field.edit.cursorPosition() == 0
    assert field.edit.toolTip() == PATH


def test_a_long_path_when_nobody_types_then_shows_its_end_too(qtbot: QtBot, theme: Theme) -> None:
    pictures = []
    for end in ("findings.zip", "nothing.json"):
        field = Field(theme, "File", "File")
        qtbot.addWidget(field)
        field.resize(300, 80)
        field.edit.setText(PATH.replace("findings.zip", end))
        pictures.append(field.edit.grab().toImage())
    assert pictures[0] != pictures[1]
