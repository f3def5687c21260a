# SPDX-License-Identifier: MIT
"""The change of the temporary folder: refused, previewed, done by hand or in a file, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QTextCursor

from tests.gui.conftest import Answers, MakeSession, OpenWindow, make_host, settle, step
from tests.gui.pages.change import AFTER, BEFORE, CONTENT, KEY, at_change, go_to, page_of, take_from
from wizard.gui.main_window import MainWindow
from wizard.gui.widgets.text_box import TextBox


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return at_change(open_window())


def marked(box: TextBox) -> str:
    """The characters that are underlined and on another ground."""
    found, cursor = "", QTextCursor(box.document())
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        looks = cursor.charFormat()
        if looks.fontUnderline() and looks.background().color().alpha():
            found += cursor.selectedText()
        cursor.clearSelection()
    return found


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        (r"D:\My Tmp", "has a space"),
        ("D:\\Dtmp\\", "ends with"),
        ("/data/tmp#1", "has a #"),
        ("tmp", "isn't a full path"),
        ("@/data", "begins with @"),
        ("/data/tämp", "ä"),
        ('"/data/tmp"', "quotation mark"),
    ],
)
def test_a_folder_that_would_do_harm_is_refused_with_its_reason(
    window: MainWindow, folder: str, words: str
) -> None:
    page = page_of(window)
    page.source.folder.edit.setText(folder)
    assert words in page.source.folder.edit.accessibleDescription()
    assert words in page.told()
    assert "This change is refused" in page.told()
    assert not page.preview.have_read.isEnabled()
    assert window.desk.session.plan is None


def test_the_preview_shows_both_lines_with_the_changed_part_marked(window: MainWindow) -> None:
    page = page_of(window)
    page.source.current.setPlainText(BEFORE)
    page.source.folder.edit.setText("/data/dtmp")
    assert page.preview.before.toPlainText() == BEFORE
    assert page.preview.after.toPlainText() == AFTER
    assert marked(page.preview.before) == "-DtempPath=/opt/nakivo/transporter/java/tmp"
    assert marked(page.preview.after) == "-DtempPath=/data/dtmp"
    settle(window)
    assert "It will be replaced" in page.told()
    assert window.desk.session.plan is not None
    assert window.desk.session.plan.proposed == AFTER


def test_the_readings_name_all_ways_of_this_server_of_handing_the_string_over(
    window: MainWindow,
) -> None:
    page = page_of(window)
    page.source.folder.edit.setText("/data/dtmp")
    assert not page.preview.readings.isVisible()  # nobody would misread it
    page.source.folder.edit.setText("D:\\Dtmp")
    assert page.preview.readings.isVisible()
    page.preview.fold.setChecked(False)
    page.source.folder.edit.setText("D:\\Dtmp2")
    assert not page.preview.readings.isVisible()  # closed by the person
    page.preview.fold.setChecked(True)
    assert page.preview.readings.rowCount() == 4  # a Windows command line is none of this server
    remarks = page.preview.readings.texts_of(2)
    assert "as written" in remarks
    assert any("D:Dtmp" in remark for remark in remarks)


def test_nothing_can_be_done_before_the_change_has_been_read(window: MainWindow) -> None:
    page = page_of(window)
    page.source.folder.edit.setText("/data/dtmp")
    assert not page.guided.isVisible()
    page.preview.have_read.click()
    settle(window)
    assert page.guided.isVisible()
    page.source.folder.edit.setText("/data/other")
    assert not page.preview.have_read.isChecked()
    assert not page.guided.isVisible()


def test_the_hand_off_goes_step_by_step_and_copies_what_is_needed(window: MainWindow) -> None:
    page = page_of(window)
    page.source.current.setPlainText(BEFORE)
    page.source.folder.edit.setText("/data/dtmp")
    page.preview.have_read.click()
    settle(window)
    assert page.guided.head.text() == "Step 1 of 8"
    go_to(window, "watch")
    assert page.guided.head.text() == "Step 8 of 8"
    while page.guided.step != "paste":
        page.guided.back.click()
        settle(window)
    copies = page.guided.view.copy_button()
    assert copies is not None
    copies.click()
    assert QGuiApplication.clipboard().text() == AFTER
    assert copies.text() == "Copied"


def test_verify_looks_at_the_running_process_and_believes_nothing_else(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    window = at_change(open_window())
    page = page_of(window)
    for folder, verdict, glyph in (
        ("/data/dtmp", "not /data/dtmp", "step"),
        ("/data/tmp", "uses /data/tmp", "step-done"),
    ):
        page.source.folder.edit.setText(folder)
        page.preview.have_read.click()
        settle(window)
        go_to(window, "verify")
        page.guided.look.button.click()
        settle(window)
        assert verdict in page.guided.look.result.headline.text()
        window.go("scan")
        assert step(window, "arguments").glyph == glyph
        window.go("arguments")


def test_the_running_process_gives_its_options_and_a_warning(window: MainWindow) -> None:
    page = page_of(window)
    page.source.running.click()
    settle(window)
    assert page.source.current.value == "-Xmx2g -DtempPath=/data/tmp"
    assert "options that the product adds by itself" in page.told()


def test_without_a_running_process_that_is_told(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    window = at_change(open_window(make_session(installed=False)))
    page = page_of(window)
    page.source.running.click()
    settle(window)
    assert "No running Java Transporter was found." in page.told()


def test_a_real_file_is_changed_after_a_backup_and_undone(
    window: MainWindow, answers: Answers, settings: Path
) -> None:
    page = take_from(settings, window, answers)
    assert page.source.current.value == BEFORE
    assert page.in_file.isChecked()
    page.source.folder.edit.setText("/data/dtmp")
    assert not page.file.apply.isEnabled()
    page.preview.have_read.click()
    settle(window)
    page.file.apply.click()
    settle(window)
    assert settings.read_text(encoding="utf-8") == CONTENT.replace(BEFORE, AFTER)
    (receipt,) = window.desk.session.receipts
    assert Path(receipt.backup).read_text(encoding="utf-8") == CONTENT
    assert receipt.path in page.told()
    assert page.source.current.value == AFTER
    assert not page.file.apply.isEnabled()
    answers.choice = 1
    page.file.undo.click()
    settle(window)
    assert settings.read_text(encoding="utf-8") == CONTENT
    assert "as it was before" in page.told()
    assert not page.file.undo.isVisible()


def test_a_file_that_changed_after_the_preview_is_not_touched(
    window: MainWindow, answers: Answers, settings: Path
) -> None:
    page = take_from(settings, window, answers)
    page.source.folder.edit.setText("/data/dtmp")
    page.preview.have_read.click()
    settle(window)
    moved = CONTENT.replace(BEFORE, "-Xss1m")
    settings.write_text(moved, encoding="utf-8")
    page.file.apply.click()
    settle(window)
    assert settings.read_text(encoding="utf-8") == moved
    assert "not what the plan was made from" in page.told()
    assert window.desk.session.receipts == []


def test_a_file_without_the_setting_is_told_and_another_key_can_be_given(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    file = tmp_path / "own.conf"
    file.write_text(f"java.arguments={BEFORE}\n")
    page = take_from(file, window, answers)
    assert f"{KEY} is not in this file" in page.told()
    assert page.source.origin is None
    page.source.key_field.edit.setText("java.arguments")
    page.source.key_field.edit.editingFinished.emit()
    settle(window)
    assert page.source.current.value == BEFORE
    assert page.source.origin is not None


def test_a_sample_servers_settings_file_is_taken_by_itself(
    open_window: OpenWindow, make_session: MakeSession, settings: Path
) -> None:
    session = make_session(sample="several")
    session.settings_file = str(settings)
    page = page_of(at_change(open_window(session)))
    assert page.source.current.value == BEFORE


def test_a_backslash_in_a_properties_file_is_warned_of(
    window: MainWindow, answers: Answers, settings: Path
) -> None:
    page = take_from(settings, window, answers)
    page.source.folder.edit.setText(r"D:\Dtmp")
    assert "takes each backslash as an escape" in page.told()
    page.source.folder.edit.setText("D:/Dtmp")
    assert "takes each backslash as an escape" not in page.told()


def test_the_sample_host_of_these_tests_runs_the_java_transporter() -> None:
    (process,) = make_host().processes()
    assert process.arguments is not None
    assert "-DtempPath=/data/tmp" in process.arguments


def test_a_refused_folder_is_the_reason_why_no_step_is_shown(window: MainWindow) -> None:
    page = page_of(window)
    page.source.folder.edit.setText("//nas01/temp")
    assert page.told().count("This change is refused") == 2  # at the change and at the ways
    assert "once you have ticked" not in page.told()
