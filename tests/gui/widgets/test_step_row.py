# SPDX-License-Identifier: MIT
"""A step with a long command stays as narrow as its neighbours, and is told unbroken."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from wizard.gui.theme import Theme
from wizard.gui.widgets.step_row import StepRow

COMMAND = "Get-X | Format-List EwsEnabled,EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList"


def test_step_when_a_command_has_no_blanks_then_it_wraps_and_is_told_as_it_is(
    qtbot: QtBot, theme: Theme
) -> None:
    row, short = StepRow(theme, 1, COMMAND, None), StepRow(theme, 2, "Format-ListOfSomething", None)
    for widget in (row, short):
        qtbot.addWidget(widget)
    assert row.minimumSizeHint().width() < 2 * short.minimumSizeHint().width()
    assert COMMAND in [label.text() for label in row.findChildren(QLabel)]
