# SPDX-License-Identifier: MIT
"""The rail: glyph and word of each cause, jumping by mouse and keyboard."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import (
    FINE,
    MakeSession,
    OpenWindow,
    click_step,
    scanned,
    scripted,
    settle,
    step,
)
from wizard.checks.base import ok
from wizard.gui.main_window import MainWindow
from wizard.gui.rail import STEP
from wizard.gui.theme import Theme
from wizard.model import CauseId


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key where the keyboard is, and wait for what comes of it."""
    target = QApplication.focusWidget()
    assert target is not None, "the keyboard is nowhere"
    QTest.keyClick(target, key)
    settle(window)


def test_the_rail_shows_each_cause_with_glyph_and_word_likeliest_first(
    open_window: OpenWindow,
) -> None:
    window = open_window()
    assert step(window, CauseId.MEMORY).state == "not checked yet"
    scanned(window)
    model = window.rail.steps
    shown = [model.index(row).data(STEP) for row in range(model.rowCount())]
    assert [(s.page, s.glyph, s.state) for s in shown[3:6]] == [
        (CauseId.TEMP_FOLDER, "problem", "problem found"),
        (CauseId.PERMISSIONS, "warning", "worth a look"),
        (CauseId.ANTIVIRUS, "could-not-check", "could not check"),
    ]
    spoken = model.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Temporary folder, problem found"


def test_the_rail_says_running_while_a_causes_checks_run(
    open_window: OpenWindow, make_session: MakeSession, qtbot: QtBot
) -> None:
    gate = threading.Event()
    checks = [
        scripted("temp_space", CauseId.TEMP_FOLDER, ok(FINE)),
        scripted("memory", CauseId.MEMORY, ok(FINE), until=gate),
    ]
    window = open_window(make_session(checks))
    window.go_next()
    settle(window)
    window.go_next()
    qtbot.waitUntil(lambda: step(window, CauseId.TEMP_FOLDER).state == "nothing found")
    assert step(window, CauseId.MEMORY).state == "running"
    assert step(window, "scan").state == "running, 1 of 2"
    gate.set()
    settle(window)
    assert step(window, "scan").state == "done"


def test_causes_are_only_called_likely_where_something_was_found(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    fine = make_session([scripted("memory", CauseId.MEMORY, ok(FINE))])
    for session, caption in ((None, "CAUSES, LIKELIEST FIRST"), (fine, "CAUSES")):
        window = scanned(open_window(session))
        assert step(window, window.desk.flow.pages()[3]).caption == caption


def test_a_click_on_the_rail_jumps_and_back_returns(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = scanned(open_window())
    click_step(window, CauseId.MEMORY)
    assert window.desk.flow.current == CauseId.MEMORY
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.desk.flow.current == CauseId.TEMP_FOLDER


def test_a_click_on_a_step_that_is_not_open_does_nothing(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    click_step(window, CauseId.MEMORY)
    click_step(window, "export")
    assert window.desk.flow.current == "welcome"


def test_arrow_keys_on_the_rail_jump_and_keep_the_focus_there(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = scanned(open_window())
    window.rail.setFocus()
    press(window, Qt.Key.Key_Down)
    assert window.desk.flow.current == CauseId.PERMISSIONS
    assert window.rail.hasFocus()


def test_the_longest_name_fits_into_the_rail_in_bold(
    open_window: OpenWindow, qapp: QApplication
) -> None:
    Theme(qapp, dark=False, scale=2.0)
    try:
        rail = open_window().rail
        bold = QFont(rail.font())
        bold.setBold(True)
        name = QFontMetrics(bold).horizontalAdvance("Summary and export")
        assert rail.width() >= name + rail._theme.icon_size + 40
    finally:
        Theme(qapp, dark=False)


def test_a_visit_alone_is_no_tick_where_there_is_something_to_do(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    for page in ("arguments", "export", "scan"):
        window.go(page)
        settle(window)
    glyphs = [step(window, page).glyph for page in ("welcome", "scope", "arguments", "export")]
    assert glyphs == ["step-done", "step-done", "step", "step"]
