# SPDX-License-Identifier: MIT
"""The window as a whole: the walk, the rail, the buttons, the shortcuts, cancel and close."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import (
    FINE,
    FOUND,
    Answers,
    MakeSession,
    OpenWindow,
    scanned,
    scripted,
    settle,
    three_causes,
)
from wizard.checks.base import ok, problem
from wizard.errors import BadInput
from wizard.gui.banner import Banner
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.welcome import WelcomePage
from wizard.gui.rail import STEP, Step
from wizard.model import CauseId, Finding, Outcome, Status


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key where the keyboard is, and wait for what comes of it."""
    target = QApplication.focusWidget()
    assert target is not None, "the keyboard is nowhere"
    QTest.keyClick(target, key)
    settle(window)


def press_mnemonic(button: QPushButton, qtbot: QtBot) -> None:
    """Alt and the underlined letter."""
    letter = button.text().partition("&")[2][0].upper()
    key = Qt.Key(ord(letter))
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button.window(), key, Qt.KeyboardModifier.AltModifier)


def step(window: MainWindow, page: str) -> Step:
    model = window.rail.steps
    found: Step = model.index(model.row_of(page)).data(STEP)
    return found


def click_step(window: MainWindow, page: str) -> None:
    index = window.rail.steps.index(window.rail.steps.row_of(page))
    place = window.rail.visualRect(index).center()
    QTest.mouseClick(window.rail.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_whole_walk_by_alt_and_the_letter_of_next_leads_to_the_export(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    seen: list[str] = []
    while window.buttons.next.isVisible() and len(seen) < 9:
        seen.append(window.desk.flow.current)
        press_mnemonic(window.buttons.next, qtbot)
        settle(window)
    seen.append(window.desk.flow.current)
    assert seen == ["welcome", "scope", CauseId.TEMP_FOLDER, CauseId.PERMISSIONS, "export"]


def test_next_names_what_it_leads_to(open_window: OpenWindow) -> None:
    window = open_window()
    words = [window.buttons.next.text()]
    for _ in range(4):
        window.go_next()
        settle(window)
        words.append(window.buttons.next.text())
    leads = ["&Next: Permissions", "&Next: Summary and export"]
    assert words[:4] == ["Sta&rt", "Start the sca&n", *leads]


def test_buttons_while_a_scan_runs_offer_cancel_and_no_next(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    gate = threading.Event()
    slow = scripted("memory", CauseId.MEMORY, ok(FINE), until=gate)
    window = open_window(make_session([slow]))
    assert (window.buttons.stop.text(), window.buttons.back.isEnabled()) == ("&Close", False)
    window.go_next()
    settle(window)
    window.go_next()
    assert window.buttons.stop.text() == "&Cancel"
    assert window.buttons.next.isVisible()
    assert not window.buttons.next.isEnabled()
    assert window.buttons.back.isEnabled()
    gate.set()
    settle(window)
    assert window.buttons.stop.text() == "&Close"


def test_cancel_keeps_what_is_known_and_stays_on_the_scan(
    open_window: OpenWindow, make_session: MakeSession, qtbot: QtBot
) -> None:
    never = threading.Event()
    full = problem(FOUND, decisive=True)
    window = open_window(
        make_session(
            [
                scripted("temp_space", CauseId.TEMP_FOLDER, full),
                scripted("memory", CauseId.MEMORY, ok(FINE), until=never),
            ]
        )
    )
    window.go_next()
    settle(window)
    window.go_next()
    qtbot.waitUntil(lambda: "temp_space" in window.desk.run.rows)
    before = time.monotonic()
    window.buttons.stop.click()
    settle(window)
    assert time.monotonic() - before < 1.0
    never.set()
    diagnosis = window.desk.flow.diagnosis
    assert diagnosis is not None
    outcomes = {row.check: row.finding.outcome for row in diagnosis.results}
    assert outcomes == {"temp_space": Outcome.PROBLEM, "memory": Outcome.COULD_NOT_CHECK}
    assert window.desk.flow.current == "scan"
    assert "Cancelled" in window.page.told()
    assert window.buttons.next.text() == "&Next: Temporary folder"


def test_a_finished_scan_leaves_the_person_alone_when_they_are_elsewhere(
    open_window: OpenWindow, make_session: MakeSession, qtbot: QtBot
) -> None:
    gate = threading.Event()
    slow = scripted("memory", CauseId.MEMORY, problem(FOUND), until=gate)
    window = open_window(make_session([slow]))
    window.go_next()
    settle(window)
    window.go_next()
    click_step(window, "welcome")
    gate.set()
    settle(window)
    assert window.desk.flow.current == "welcome"
    assert step(window, CauseId.MEMORY).state == "problem found"


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


def test_f5_checks_this_cause_again_and_the_verdict_changes(
    open_window: OpenWindow, make_session: MakeSession, qtbot: QtBot
) -> None:
    findings = [ok(FINE), problem(FOUND, decisive=True)]

    def next_finding() -> Finding:
        return findings.pop()

    checks = [c for c in three_causes() if c.id != "temp_space"]
    checks.append(scripted("temp_space", CauseId.TEMP_FOLDER, next_finding))
    window = scanned(open_window(make_session(checks)))
    assert window.desk.flow.current == CauseId.TEMP_FOLDER
    QTest.keyClick(window, Qt.Key.Key_F5)
    settle(window)
    diagnosis = window.desk.flow.diagnosis
    assert diagnosis is not None
    verdict = next(v for v in diagnosis.verdicts if v.cause == CauseId.TEMP_FOLDER)
    assert verdict.status == Status.OK
    assert window.desk.flow.current == CauseId.TEMP_FOLDER
    assert "Nothing points to this cause" in window.page.told()


def test_escape_cancels_a_run_and_never_closes_the_window(
    open_window: OpenWindow, make_session: MakeSession, qtbot: QtBot
) -> None:
    never = threading.Event()
    slow = scripted("memory", CauseId.MEMORY, ok(FINE), until=never)
    window = open_window(make_session([slow]))
    window.go_next()
    settle(window)
    window.go_next()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    settle(window)
    never.set()
    assert window.desk.flow.diagnosis is not None
    assert window.desk.flow.diagnosis.cancelled
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()


@pytest.mark.parametrize(("sample", "banners"), [(None, 0), ("several", 1)])
def test_the_banner_stands_on_every_page_of_a_sample_and_only_there(
    open_window: OpenWindow, make_session: MakeSession, sample: str | None, banners: int
) -> None:
    window = scanned(open_window(make_session(sample=sample)))
    for page in window.desk.flow.pages():
        window.go(page)
        shown = [b for b in window.findChildren(Banner) if b.isVisible()]
        assert len(shown) == banners
    for banner in window.findChildren(Banner):
        assert "nothing here is real" in banner.accessibleName()


def test_without_the_product_the_welcome_page_opens_the_sample_server(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    asked: list[str] = []
    sample = make_session(sample="several")

    def switch(name: str) -> object:
        asked.append(name)
        return sample

    window = open_window(make_session(installed=False), switch_to_sample=switch)
    assert "not found" in window.page.told() or "No " in window.page.told()
    welcome(window).open_sample.click()
    settle(window)
    assert asked == ["several"]
    assert window.desk.session is sample
    assert window.findChild(Banner) is not None
    assert window.desk.flow.current == "welcome"


def test_a_failing_sample_server_is_told_and_the_window_stays(
    open_window: OpenWindow, make_session: MakeSession, answers: Answers
) -> None:
    def switch(name: str) -> object:
        raise BadInput("error.language", language=name, known="en")

    window = open_window(make_session(installed=False), switch_to_sample=switch)
    welcome(window).open_sample.click()
    settle(window)
    assert "no texts for the language" in answers.told[0]
    assert welcome(window).open_sample.isEnabled()


HANGING = """
import sys, threading
sys.path.insert(0, {root!r})
from tests.gui.conftest import FINE, make_host, scripted
from wizard import product
from wizard.checks.base import ok
from wizard.gui import start
from wizard.model import CauseId
from wizard.session import Session
from wizard.texts import Texts
from PySide6.QtCore import QTimer

app = start.make_application()
hang = scripted("memory", CauseId.MEMORY, ok(FINE), until=threading.Event())
session = Session(make_host(), product.load(), Texts.load(), checks=[hang])
window = start.MainWindow(session, start.Theme(app, dark=False))
window.show()
QTimer.singleShot(150, window.go_next)
QTimer.singleShot(250, window.go_next)
QTimer.singleShot(450, lambda: print("running", window.desk.run.is_running))
QTimer.singleShot(500, window.close)
sys.exit(app.exec())
"""


def test_closing_while_a_check_hangs_ends_the_process_at_once() -> None:
    root = str(Path(__file__).parents[2])
    before = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", HANGING.format(root=root)],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "running True\n", "")
    assert time.monotonic() - before < 8  # the check would hang for ten seconds


def welcome(window: MainWindow) -> WelcomePage:
    assert isinstance(window.page, WelcomePage)
    return window.page


class Shown(QObject):
    """Sees every window that is shown, however shortly."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(  # noqa: N802 - Qt's own name
        self, watched: QObject, event: QEvent
    ) -> bool:
        is_shown = event.type() == QEvent.Type.Show
        if is_shown and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_flashes_as_a_window_of_its_own(
    open_window: OpenWindow, qapp: QApplication
) -> None:
    shown = Shown()
    qapp.installEventFilter(shown)
    window = scanned(open_window())
    for page in window.desk.flow.pages():
        window.go(page)
        settle(window)
    qapp.removeEventFilter(shown)
    assert shown.names == ["MainWindow"]
