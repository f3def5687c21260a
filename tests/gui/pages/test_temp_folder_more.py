# SPDX-License-Identifier: MIT
"""Does what the person tells of the temporary folder count in the next look, and only there?"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
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
)
from tests.host.samples import java, windows_server
from wizard.checks import temp_folder
from wizard.checks.base import ok, problem
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.cause import CausePage
from wizard.gui.pages.temp_folder_more import TempFolderMore
from wizard.model import CauseId, Evidence
from wizard.product import Product
from wizard.session import Session
from wizard.texts import Texts


def more_of(window: MainWindow) -> TempFolderMore:
    window.go(CauseId.TEMP_FOLDER)
    assert isinstance(window.page, CausePage)
    if not window.page.more.fold.isChecked():
        window.page.more.fold.click()
    return window.page.more


@pytest.fixture
def moved(product: Product, texts: Texts) -> Session:
    """A Windows server whose Java Transporter uses D:\\Dtmp."""
    host = windows_server(processes=[java("-DtempPath=D:\\Dtmp")])
    return Session(host, product, texts, only_checks=[temp_folder.CHECK])


def press(window: MainWindow, more: TempFolderMore) -> None:
    QTest.keyClick(more.use, Qt.Key.Key_Return)
    settle(window)


def test_the_string_is_set_beside_the_process_and_kept_in_memory_only(
    open_window: OpenWindow, moved: Session
) -> None:
    window = scanned(open_window(moved))
    more = more_of(window)
    more.pasted.edit.setText("-Dstore.password=hunter2 -DtempPath=E:\\new")
    press(window, more)
    assert "names the temporary folder E:\\new" in window.page.told()
    assert "not in use yet" in window.page.told()
    assert "hunter2" not in f"{moved.scope} {moved.diagnosis} {moved.pasted_arguments}"


def test_a_string_that_is_taken_away_again_counts_no_more(
    open_window: OpenWindow, moved: Session
) -> None:
    window = scanned(open_window(moved))
    more = more_of(window)
    more.pasted.edit.setText("-DtempPath=E:\\new")
    press(window, more)
    more.pasted.edit.clear()
    press(window, more)
    assert "not in use yet" not in window.page.told()
    assert moved.pasted_arguments is None


def test_a_file_without_the_string_is_refused_beside_its_field(
    open_window: OpenWindow, answers: Answers, tmp_path: Path
) -> None:
    window = scanned(open_window())
    more = more_of(window)
    notes = tmp_path / "notes.txt"
    notes.write_text("two\nlines\n")
    answers.path = str(notes)
    more._browse()
    press(window, more)
    assert more.file.edit.accessibleDescription()
    assert "holds no argument string" in window.page.told()
    assert window.desk.session.scope.arguments_file is None
    notes.write_text("-DtempPath=/data/tmp\n")
    press(window, more)
    assert more.file.edit.accessibleDescription() == ""
    assert window.desk.session.scope.arguments_file == str(notes)


@pytest.mark.parametrize("items", ["many", "1,,2"])
def test_sizes_that_cannot_be_meant_hold_both_buttons_back(
    open_window: OpenWindow, items: str
) -> None:
    more = more_of(scanned(open_window()))
    more.items.edit.setText(items)
    assert [button.isEnabled() for button in (more.use, more.measure)] == [False, False]
    more.items.edit.setText("12.5, 8")
    assert [button.isEnabled() for button in (more.use, more.measure)] == [True, True]


def test_measuring_is_asked_for_once(open_window: OpenWindow, make_session: MakeSession) -> None:
    asked: list[bool] = []

    def finding() -> object:
        asked.append(window.desk.session.scope.measure_speed)
        return ok(FINE)

    check = scripted("temp_space", CauseId.TEMP_FOLDER, finding)  # type: ignore[arg-type]
    window = open_window(make_session([check]))
    more = more_of(scanned(window))
    more.items.edit.setText("12.5,8,3")
    more.measure.click()
    settle(window)
    press(window, more)
    assert asked == [False, True, False]
    assert window.desk.session.scope.largest_items_gb == (12.5, 8, 3)


def test_the_answer_stands_beside_the_button_which_keeps_the_focus(
    open_window: OpenWindow, make_session: MakeSession, qtbot: QtBot
) -> None:
    speed = (
        Evidence("write_speed", 120.5, "MB per second"),
        Evidence("write_speed_size", 64, "MB"),
    )
    findings = [ok(FINE), problem(FOUND), ok(FINE, evidence=speed), ok(FINE)]
    session = make_session([scripted("temp_space", CauseId.TEMP_FOLDER, findings.pop)])
    session.texts.tree["label"] |= {"write_speed": "Speed", "write_speed_size": "Size"}
    window = scanned(open_window(session))
    window.resize(760, 520)
    more = more_of(window)
    more.measure.setFocus()
    more.measure.click()
    assert more.answer.text() == "Measuring …"
    assert more.measure.hasFocus()
    settle(window)
    assert more.answer.text().startswith("Measured: 120.5 MB per second")
    assert more.measure.hasFocus()
    more.use.setFocus()
    press(window, more)
    assert more.answer.text() == "Checked, problem found: Only 3.25 GB is free."
    qtbot.waitUntil(lambda: not more.answer.visibleRegion().isEmpty())  # with other rows above
    window.recheck()
    settle(window)
    assert more.answer.text() == ""


def test_other_causes_do_not_ask(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    window.go(CauseId.MEMORY)
    assert not window.page.findChildren(TempFolderMore)
