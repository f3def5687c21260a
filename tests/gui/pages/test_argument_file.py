# SPDX-License-Identifier: MIT
"""The change in a file: what holds it back, what comes after it, and where the focus goes."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from tests.gui.conftest import FOUND, Answers, MakeSession, OpenWindow, scripted, settle
from tests.gui.pages.change import AFTER, CONTENT, at_change, page_of, take_from
from wizard.checks.base import problem
from wizard.demo.sample import open_sample
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.arguments import ArgumentsPage
from wizard.gui.widgets.text_box import TextBox
from wizard.model import CauseId, Finding
from wizard.texts import Texts


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return at_change(open_window())


def ask_room(window: MainWindow) -> ArgumentsPage:
    page = page_of(window)
    page.source.room.pause.timeout.emit()
    settle(window)
    return page


def test_a_folder_that_does_not_exist_is_made_with_the_change_and_goes_with_its_undo(
    open_window: OpenWindow, answers: Answers
) -> None:
    answers.choice = 1
    with open_sample("temp-folder-full", Texts.load()) as session:
        window = at_change(open_window(session))
        page = page_of(window)
        folder = Path(session.settings_file or "").parent / "data" / "dtmp"
        page.source.folder.edit.setText(str(folder))
        ask_room(window)
        assert f"First: {folder} is made, and the account bhsvc may write there." in page.told()
        page.preview.have_read.click()
        page.file.apply.click()
        settle(window)
        assert folder.is_dir()
        (receipt,) = session.receipts
        assert receipt.folder is not None
        assert (receipt.folder.path, receipt.folder.owner) == (str(folder), "bhsvc")
        assert "it belongs to bhsvc" in page.told()
        page.file.undo.click()
        settle(window)
        assert not folder.exists()
        assert "was empty and is removed" in page.told()
        assert "nothing has to be restarted" in page.told()
        assert not page.file.after.guided.isVisible()


def test_a_folder_in_use_goes_once_the_old_string_is_in_use_again(
    open_window: OpenWindow, answers: Answers
) -> None:
    answers.choice = 1
    with open_sample("temp-folder-full", Texts.load()) as session:
        window = at_change(open_window(session))
        page = page_of(window)
        folder = Path(session.settings_file or "").parent / "data" / "dtmp"
        page.source.folder.edit.setText(str(folder))
        ask_room(window)
        page.preview.have_read.click()
        page.file.apply.click()
        settle(window)
        restarted(window)
        page.file.undo.click()
        settle(window)
        assert folder.is_dir()
        assert "It can be removed once" in page.told()
        restarted(window)
        page.file.after.guided.look.button.click()
        settle(window)
        page.file.after.guided.on.click()
        settle(window)
        assert not folder.exists()


def restarted(window: MainWindow) -> None:
    """Stop and start the service by the buttons of the steps after a change in the file."""
    guided = page_of(window).file.after.guided
    for _ in ("stop", "start"):
        guided.order.give.click()
        settle(window)
        guided.on.click()
        settle(window)
    assert guided.step == "verify"


def test_a_folder_that_went_after_the_preview_holds_the_change_back(
    open_window: OpenWindow,
) -> None:
    with open_sample("temp-folder-full", Texts.load()) as session:
        window = at_change(open_window(session))
        page = page_of(window)
        settings = Path(session.settings_file or "")
        before, folder = settings.read_bytes(), settings.parent / "data" / "dtmp"
        folder.mkdir()
        page.source.folder.edit.setText(str(folder))
        ask_room(window)
        assert "First:" not in page.told()
        page.preview.have_read.click()
        folder.rmdir()
        page.file.apply.click()
        settle(window)
        assert "is not what the preview showed" in page.told()
        assert (settings.read_bytes(), folder.exists()) == (before, False)


def test_a_place_that_is_bad_holds_the_change_back_with_its_reason(
    open_window: OpenWindow,
) -> None:
    with open_sample("temp-folder-full", Texts.load()) as session:
        window = at_change(open_window(session))
        page = page_of(window)
        root = Path(session.settings_file or "").parent
        for folder, reason in (
            (root / "server" / "dtmp", "has only 3.1 GB free"),
            (root / "data" / "missing" / "dtmp", "doesn't exist"),
        ):
            page.source.folder.edit.setText(str(folder))
            ask_room(window)
            page.preview.have_read.setChecked(True)
            assert reason in page.source.room.text()
            assert not page.file.apply.isEnabled()
            assert "This folder can't be used" in page.told()
            page.by_hand.click()
            settle(window)
            assert not page.guided.isVisible()
            page.in_file.click()


def test_a_folder_that_cannot_be_looked_at_does_not_hold_the_change_back(
    window: MainWindow, answers: Answers, settings: Path
) -> None:
    page = take_from(settings, window, answers)
    page.source.folder.edit.setText("/other/place")
    ask_room(window)
    assert "/other/place" in page.source.room.text()
    page.preview.have_read.click()
    assert page.file.apply.isEnabled()


def test_a_greyed_change_of_the_file_says_what_it_waits_for(
    window: MainWindow, answers: Answers, settings: Path
) -> None:
    page = take_from(settings, window, answers)
    page.source.folder.edit.setText("/data/dtmp")
    assert "once you have ticked that you have read the change" in page.told()
    page.preview.have_read.click()
    settle(window)
    assert "once you have ticked" not in page.told()


def changed_in_file(window: MainWindow, answers: Answers, settings: Path) -> ArgumentsPage:
    page = take_from(settings, window, answers)
    page.source.folder.edit.setText("/data/dtmp")
    page.preview.have_read.click()
    settle(window)
    page.file.apply.setFocus()
    page.file.apply.click()
    settle(window)
    settle(window)
    return page


def test_after_a_change_the_next_steps_are_told_and_the_process_is_looked_at(
    window: MainWindow, answers: Answers, settings: Path
) -> None:
    page = changed_in_file(window, answers, settings)
    assert "What comes next" in page.told()
    guided, commands = page.file.after.guided, []
    while guided.step != "verify":
        commands += [box.toPlainText() for box in guided.findChildren(TextBox) if box.isVisible()]
        guided.on.click()
        settle(window)
    assert set(commands) == {"systemctl stop nkv-bhsvc.service"}  # and it runs all the time
    guided.look.button.click()
    settle(window)
    assert "not /data/dtmp" in guided.look.result.headline.text()
    page.file.after.check.click()
    settle(window)
    assert window.desk.flow.current == "temp-folder"


def test_the_cause_is_checked_anew_by_itself_after_change_and_undo(
    window: MainWindow, answers: Answers, settings: Path
) -> None:
    seen = [window.desk.run.rows["temp_space"].observed]
    page = changed_in_file(window, answers, settings)
    seen.append(window.desk.run.rows["temp_space"].observed)
    answers.choice = 1
    page.file.undo.click()
    settle(window)
    settle(window)
    seen.append(window.desk.run.rows["temp_space"].observed)
    assert seen[0] < seen[1] < seen[2]


def test_the_focus_goes_from_change_to_the_stop_of_the_service_and_never_to_undo(
    window: MainWindow, answers: Answers, settings: Path
) -> None:
    page = changed_in_file(window, answers, settings)
    give = page.file.after.guided.order.give
    assert give.hasFocus()
    assert "Stop the service" in give.text().replace("&", "")
    assert give.visibleRegion().contains(give.rect().center())
    page.file.undo.setFocus()
    page.file.undo.click()  # the first answer leaves it as it is
    settle(window)
    assert AFTER in settings.read_text(encoding="utf-8")
    assert "Undo this change?" in answers.asked[-1]
    answers.choice = 1
    page.file.undo.click()
    settle(window)
    settle(window)
    assert settings.read_text(encoding="utf-8") == CONTENT
    assert give.hasFocus()


def test_undo_is_never_cut_at_the_usual_size(
    window: MainWindow, answers: Answers, settings: Path
) -> None:
    window.resize(1080, 720)
    page = changed_in_file(window, answers, settings)
    settle(window)
    assert page.file.undo.width() >= page.file.undo.sizeHint().width()
    line = page.file.undo.parentWidget()
    assert line is not None
    assert page.file.undo.geometry().right() <= line.width()


def planned(window: MainWindow) -> str | None:
    plan = window.desk.session.plan
    return plan.proposed if plan else None


def test_a_withdrawn_plan_is_no_plan_and_a_made_one_stays(
    window: MainWindow, answers: Answers, settings: Path
) -> None:
    page = page_of(window)
    page.source.folder.edit.setText("/data/dtmp")
    assert planned(window) == "-DtempPath=/data/dtmp"
    page.source.folder.edit.setText("")
    assert planned(window) is None
    changed_in_file(window, answers, settings)
    assert planned(window) == AFTER


def test_a_check_that_ran_during_the_change_is_made_again_after_it(
    open_window: OpenWindow, make_session: MakeSession, answers: Answers, settings: Path
) -> None:
    gate, seen = threading.Event(), []
    gate.set()

    def found() -> Finding:
        seen.append(settings.read_text(encoding="utf-8") == CONTENT)
        return problem(FOUND)

    slow = scripted("temp_space", CauseId.TEMP_FOLDER, found, until=gate)
    window = at_change(open_window(make_session([slow])))
    page = take_from(settings, window, answers)
    page.source.folder.edit.setText("/data/dtmp")
    page.preview.have_read.click()
    settle(window)
    gate.clear()
    window.desk.run.recheck(CauseId.TEMP_FOLDER)
    page.file.apply.click()
    while settings.read_text(encoding="utf-8") == CONTENT:
        time.sleep(0.002)
    while not page.file.after.isVisible():
        time.sleep(0.002)
        window.bridge.drain()
    gate.set()
    settle(window)
    assert len(seen) == 3


def test_the_example_of_a_folder_is_one_of_this_system_and_the_other_is_whole(
    window: MainWindow,
) -> None:
    page = page_of(window)
    assert page.source.folder.edit.placeholderText() == "for example /data/tmp"
    page.source.current.setPlainText("")
    window.resize(760, 520)
    settle(window)
    narrow = page.source.current.height()
    assert narrow > 2 * page.source.current.fontMetrics().height()


def test_a_long_folder_can_be_read_when_pointed_at(window: MainWindow) -> None:
    page = page_of(window)
    page.source.folder.edit.setText("/data/" + "deep/" * 20 + "tmp")
    assert page.source.folder.edit.toolTip() == page.source.folder.edit.text()
