# SPDX-License-Identifier: MIT
"""The table of refused requests on the page of MS Graph Forbidden, from a real log."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest

from tests.gui.conftest import MakeSession, OpenWindow, scanned, settle
from wizard.checks import rejected_operations
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.cause import CausePage
from wizard.gui.pages.rejected import Rejected
from wizard.model import CauseId

GRAPH = "https://graph.microsoft.com/v1.0"
REFUSED = (
    f"2026-11-23 02:14:07 ERROR GET {GRAPH}/users/jo@contoso.com/drive 403 Forbidden\n"
    '{"error":{"code":"accessDenied","message":"Access denied","innerError":'
    '{"request-id":"6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11"}}}\n'
)
WELL = f"2026-11-23 02:15:07 DEBUG GET {GRAPH}/sites/root 200 OK\n"


def at_page(make_session: MakeSession, open_window: OpenWindow, log: Path) -> MainWindow:
    session = make_session([rejected_operations.CHECK])
    session.scope = replace(session.scope, log_paths=(str(log),))
    window = scanned(open_window(session))
    window.go(CauseId.GRAPH_FORBIDDEN)
    settle(window)
    return window


def card(window: MainWindow) -> Rejected:
    assert isinstance(window.page, CausePage)
    return window.page.rejected


def test_page_when_logs_hold_refusals_then_they_are_listed_without_names(
    make_session: MakeSession, open_window: OpenWindow, tmp_path: Path
) -> None:
    log = tmp_path / "a.log"
    other = REFUSED.replace("jo@", "al@").replace("GET", "DELETE").replace("7e11", "7e12")
    log.write_text(REFUSED + other + WELL)
    shown = card(at_page(make_session, open_window, log))
    assert shown.isVisible()
    assert shown.table.texts_of(0) == [
        "GET /users/{id}/drive\n403 accessDenied",
        "DELETE /users/{id}/drive\n403 accessDenied",
    ]
    assert shown.table.texts_of(1)[1].startswith("Any one of: Files.ReadWrite.All")
    assert "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11" in shown.ids.text()
    assert "contoso" not in shown.ids.text() + str(shown.table.texts_of(1))


def test_page_when_a_row_is_copied_then_its_ids_and_place_come_along(
    make_session: MakeSession, open_window: OpenWindow, tmp_path: Path
) -> None:
    log = tmp_path / "a.log"
    log.write_text(REFUSED)
    shown = card(at_page(make_session, open_window, log))
    shown.table.selectRow(0)
    QTest.keySequence(shown.table, QKeySequence.StandardKey.Copy)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("GET /users/{id}/drive\t403 accessDenied\tAny one of: ")
    assert f"6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11, answered 2026-11-23 02:14:07, {log}:1" in copied


def test_page_when_nothing_was_refused_then_there_is_no_empty_table(
    make_session: MakeSession, open_window: OpenWindow, tmp_path: Path
) -> None:
    log = tmp_path / "a.log"
    log.write_text(WELL)
    window = at_page(make_session, open_window, log)
    assert not card(window).isVisible()
    log.write_text(WELL + REFUSED)
    window.desk.run.recheck(CauseId.GRAPH_FORBIDDEN)
    settle(window)
    assert card(window).isVisible()
