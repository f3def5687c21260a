# SPDX-License-Identifier: MIT
"""Logs dropped on the window become those of the session, whatever page is shown."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import FINE, Answers, MakeSession, OpenWindow, scripted, settle
from wizard import flow
from wizard.checks.base import ok
from wizard.gui import log_drop
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.scope import ScopePage
from wizard.model import CauseId

COPY, LEFT, NONE = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)


def dragged(*paths: Path, also: str = "") -> QMimeData:
    data = QMimeData()
    data.setUrls([*(QUrl.fromLocalFile(str(path)) for path in paths), *([QUrl(also)] * bool(also))])
    return data


def dropped(window: MainWindow, data: QMimeData) -> bool:
    """Whether it was welcome; as Qt sends it to the window, whatever part is below."""
    enter = QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), COPY, data, LEFT, NONE))
    return enter.isAccepted()


def drop(window: MainWindow, data: QMimeData) -> bool:
    """The same, until all that comes of it is done."""
    welcome = dropped(window, data)
    settle(window)
    return welcome


def test_paths_of_when_several_are_dragged_then_local_ones_once_in_order(tmp_path: Path) -> None:
    data = dragged(tmp_path / "b", tmp_path / "a", tmp_path / "b", also="https://example.com/x.log")
    assert log_drop.paths_of(data) == (str(tmp_path / "b"), str(tmp_path / "a"))


def test_drop_when_nothing_was_scanned_yet_then_the_scope_shows_it(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window()
    assert drop(window, dragged(tmp_path))
    assert window.desk.flow.current == flow.SCOPE
    assert str(tmp_path) in window.page.told()
    assert drop(window, dragged(tmp_path / "two"))
    assert window.desk.session.scope.log_paths == (str(tmp_path), str(tmp_path / "two"))
    assert str(tmp_path / "two") in window.page.told()


def test_drop_when_many_logs_with_long_names_are_given_then_the_page_stays_readable(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window()
    window.resize(760, 520)
    drop(window, dragged(*(tmp_path / ("long" * 30) / f"{n}.log" for n in range(9))))
    assert isinstance(window.page, ScopePage)
    told = window.page.logs.told
    assert told.text().endswith("and 3 more")
    assert told.minimumSizeHint().width() < window.page.width()


def test_drop_when_there_was_a_scan_then_all_is_checked_again_with_it(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window()
    for _ in range(2):
        window.go_next()
        settle(window)
    before = window.desk.flow.diagnosis
    assert before is not None
    assert drop(window, dragged(tmp_path))
    assert window.desk.flow.diagnosis is not before
    assert window.desk.session.scope.log_paths == (str(tmp_path),)


def test_drop_when_it_is_no_file_then_it_is_not_welcome(open_window: OpenWindow) -> None:
    window = open_window()
    assert not drop(window, dragged(also="https://example.com/x.log"))
    assert window.desk.session.scope.log_paths == ()


def test_drop_when_a_scan_runs_then_it_is_told_and_nothing_changes(
    make_session: MakeSession, open_window: OpenWindow, answers: Answers, tmp_path: Path
) -> None:
    held = threading.Event()
    checks = [scripted("dns", CauseId.CONNECTIVITY, ok(FINE), until=held)]
    window = open_window(make_session(checks))
    window.go_next()
    settle(window)
    window.go_next()
    assert window.desk.run.is_running
    assert dropped(window, dragged(tmp_path))
    held.set()
    settle(window)
    assert window.desk.session.scope.log_paths == ()
    assert len(answers.told) == 1
    assert "logs" in answers.told[0]


@pytest.mark.skipif(os.name == "nt", reason="names as on Linux")
def test_list_when_logs_are_added_by_buttons_then_they_are_read_until_taken_back(
    open_window: OpenWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.path = str(tmp_path / "a & b.zip")
    window = open_window()
    window.go_next()
    settle(window)
    assert isinstance(window.page, ScopePage)
    logs = window.page.logs
    assert not logs.own.isVisible()
    logs.add_file.click()
    answers.path = str(tmp_path)
    logs.add_folder.click()
    answers.path = None
    logs.add_folder.click()
    session = window.desk.session
    assert list(session.scope.log_paths) == [str(tmp_path / "a & b.zip"), str(tmp_path)]
    assert "a & b.zip" in logs.told.text()
    logs.own.setFocus()
    logs.own.click()
    assert not session.scope.log_paths
    assert logs.add_file.hasFocus()
    assert str(tmp_path) not in window.page.told()
