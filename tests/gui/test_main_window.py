# SPDX-License-Identifier: MIT
"""The window as a whole: the walk, the rail, the buttons, the shortcuts, cancel and close."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import (
    FINE,
    FOUND,
    MakeSession,
    OpenWindow,
    click_step,
    scanned,
    scripted,
    settle,
    step,
    three_causes,
)
from wizard.checks.base import ok, problem
from wizard.gui import main_window
from wizard.gui.banner import Banner
from wizard.gui.main_window import MainWindow
from wizard.gui.theme import Theme
from wizard.model import CauseId, Finding, Outcome, Status

TINY = (400, 300)  # as on a small screen with large type


def press_mnemonic(button: QPushButton, qtbot: QtBot) -> None:
    """Alt and the underlined letter."""
    letter = button.text().partition("&")[2][0].upper()
    key = Qt.Key(ord(letter))
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button.window(), key, Qt.KeyboardModifier.AltModifier)


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


def test_next_on_the_scan_page_names_the_likeliest_cause(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    window.go("scan")
    assert window.buttons.next.text() == "&Next: Temporary folder"


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
    window.buttons.stop.click()  # meant for Cancel
    assert window.isVisible()
    window.calm.stop()
    window.buttons.stop.click()
    assert not window.isVisible()


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


def test_a_screen_smaller_than_the_smallest_size_holds_the_whole_window(
    make_session: MakeSession, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "SMALLEST", (2000, 1500))
    window = MainWindow(make_session(), theme)
    qtbot.addWidget(window)
    window.open()
    room = window.screen().availableSize()
    assert window.minimumWidth() <= room.width()
    assert window.minimumHeight() < room.height()


def test_next_says_less_where_its_words_have_no_room_and_all_again_where_they_have(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "SMALLEST", TINY)
    window = scanned(open_window())
    words = []
    for width in (480, 1080):
        window.resize(width, 520)
        settle(window)
        words.append(window.buttons.next.text())
        assert window.buttons.next.geometry().right() < window.buttons.width()
        assert window.buttons.next.accessibleName() == "Next: Permissions"
    assert words == ["&Next", "&Next: Permissions"]


def test_the_title_scrolls_away_so_that_a_small_screen_shows_more(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "SMALLEST", TINY)
    window = scanned(open_window())
    window.resize(640, 360)
    settle(window)
    title = next(label for label in window.page.findChildren(QLabel) if label.text())
    bar = window.page.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert title.text() == window.page.title
    assert title.visibleRegion().isEmpty()


@pytest.mark.parametrize(("usual", "fills"), [((700, 600), False), ((2000, 1500), True)])
def test_the_window_fills_a_screen_that_is_smaller_than_its_usual_size(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, usual: tuple[int, int], fills: bool
) -> None:
    monkeypatch.setattr(main_window, "OPENS_AT", usual)
    window = open_window()
    window.open()
    assert window.isMaximized() is fills
