# SPDX-License-Identifier: MIT
"""The scan page: what was left out counts as left out, and what was found can be read."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import (
    FINE,
    FOUND,
    MakeSession,
    OpenWindow,
    scanned,
    scripted,
    settle,
    step,
)
from wizard.checks.base import Check, Context, not_applicable, ok, problem
from wizard.gui.main_window import MainWindow
from wizard.gui.theme import Theme
from wizard.gui.widgets.table import Table
from wizard.model import CauseId, Finding
from wizard.nakivo.logs import LogEvidence
from wizard.product import Product


def table_of(window: MainWindow) -> Table:
    (table,) = window.page.findChildren(Table)
    return table


def fine(_evidence: LogEvidence, _product: Product) -> Finding:
    return ok(FINE)


def test_checks_that_were_left_out_are_not_counted_as_made(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    checks = [
        scripted("memory", CauseId.MEMORY, ok(FINE)),
        scripted("dns", CauseId.CONNECTIVITY, not_applicable("engine.offline")),
    ]
    window = scanned(open_window(make_session(checks)))
    window.go("scan")
    assert "1 of 2 checks made, 1 left out, as asked" in window.page.told()
    assert table_of(window).texts_of(0) == ["OK", "Left out"]


def test_rail_and_page_count_alike_in_a_scan_a_re_check_and_a_cancel(
    open_window: OpenWindow, make_session: MakeSession, qtbot: QtBot
) -> None:
    gate = threading.Event()
    checks = [
        scripted("dns", CauseId.CONNECTIVITY, ok(FINE)),
        scripted("memory", CauseId.MEMORY, ok(FINE), until=gate),
    ]
    window = open_window(make_session(checks))
    window.go_next()
    settle(window)
    window.go_next()
    qtbot.waitUntil(lambda: "dns" in window.desk.run.rows)
    assert step(window, "scan").state == "running, 1 of 2"
    assert "1 of 2, waiting for: " in window.page.told()
    gate.set()
    settle(window)
    gate.clear()
    window.desk.run.recheck(CauseId.MEMORY)
    window.go("scan")
    assert (step(window, "scan").state, step(window, "memory").state) == ("done", "running, 0 of 1")
    assert "Checking again: Memory, 0 of 1" in window.page.told()
    window.desk.run.cancel()
    assert step(window, "memory").state == "cancelling"
    assert "Cancelling" in window.page.told()
    gate.set()
    settle(window)


def test_bytes_of_logs_are_told_while_they_are_read_without_showing_the_checks_anew(
    open_window: OpenWindow, make_session: MakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    gate, changes = threading.Event(), list[None]()
    (tmp_path / "a.log").write_bytes(b"2026-11-23 02:14:07,123 INFO  Block written\n" * 50_000)

    def observe(context: Context) -> LogEvidence:
        evidence = context.logs()
        gate.wait(20)
        return evidence

    check = Check("dns", CauseId.CONNECTIVITY, frozenset(), 30.0, LogEvidence, observe, fine)
    session = make_session([check])
    session.scope = replace(session.scope, log_paths=(str(tmp_path),))
    window = open_window(session)
    window.go_next()
    settle(window)
    window.go_next()
    window.desk.run.changed.connect(lambda: changes.append(None))
    qtbot.waitUntil(lambda: window.desk.run.log_bytes > 0)
    assert "Logs: 1 MB read so far" in window.page.told()
    assert len(changes) == 1  # the check began
    gate.set()
    settle(window)
    assert "read so far" not in window.page.told()


@pytest.mark.parametrize(
    ("scale", "size"), [(1.0, (1080, 720)), (1.0, (760, 520)), (2.0, (1280, 800))]
)
def test_headers_are_whole_and_what_was_found_has_most_room(
    open_window: OpenWindow,
    make_session: MakeSession,
    qapp: QApplication,
    scale: float,
    size: tuple[int, int],
) -> None:
    Theme(qapp, dark=False, scale=scale)
    try:
        session = make_session([scripted("memory", CauseId.MEMORY, problem(FOUND))])
        window = scanned(open_window(session))
        window.resize(*size)
        window.go("scan")
        settle(window)
        table = table_of(window)
        header = table.horizontalHeader()
        for column in range(table.columnCount()):
            if not table.isColumnHidden(column):
                assert table.columnWidth(column) >= header.sectionSizeHint(column)
        assert table.columnWidth(3) >= 0.4 * table.viewport().width()
    finally:
        Theme(qapp, dark=False)
