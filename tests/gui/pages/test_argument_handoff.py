# SPDX-License-Identifier: MIT
"""The steps by hand: closed in the middle and gone on with, looked at, watched, put back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.gui.conftest import Answers, MakeSession, OpenWindow, make_host, settle, step
from tests.gui.pages.change import AFTER, BEFORE, at_change, go_to, page_of, planned, take_from
from wizard import codec
from wizard.fixes import handoff_state
from wizard.fixes.handoff_state import HandoffState
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.arguments import ArgumentsPage
from wizard.host.base import ServiceState
from wizard.host.recorded import RecordedHost
from wizard.session import Session


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return at_change(open_window())


def kept(data: Path) -> HandoffState:
    state = handoff_state.load(data)
    assert state is not None
    return state


def taken_up(window: MainWindow) -> ArgumentsPage:
    """The page after “Go on” was pressed in the stripe."""
    assert window.unfinished.isVisible()
    window.unfinished.go_on.click()
    settle(window)
    assert not window.unfinished.isVisible()
    return page_of(window)


def stopped(session: Session) -> Session:
    (service,) = make_host().services()
    recording = make_host()._recording
    told = codec.to_plain(replace(service, state=ServiceState.STOPPED))
    session.host = RecordedHost({**recording, "services": [told]})
    return session


def test_nothing_is_kept_before_the_first_step_is_done(window: MainWindow, data: Path) -> None:
    planned(window)
    assert not (data / handoff_state.NAME).exists()
    page_of(window).guided.on.click()
    settle(window)
    assert (kept(data).step, kept(data).temp_path) == ("stop", "/data/dtmp")


@pytest.mark.parametrize("at", ["stop", "paste", "start", "verify", "watch"])
def test_a_window_closed_in_the_middle_goes_on_at_its_step_when_opened_anew(
    open_window: OpenWindow,
    make_session: MakeSession,
    answers: Answers,
    data: Path,
    at: str,
) -> None:
    window = at_change(open_window())
    planned(window)
    go_to(window, at)
    begun = kept(data).begun
    answers.choice = 1
    window.close()
    again = open_window(stopped(make_session()))  # no scan was made in this one
    assert "A move of the temporary folder to /data/dtmp was begun" in again.unfinished.text.text()
    page = taken_up(again)
    assert page.guided.step == at
    assert page.source.current.value == BEFORE
    assert page.guided.task is not None
    assert page.guided.task.plan.proposed == AFTER
    assert kept(data).step == at
    assert kept(data).begun == begun
    assert page.preview.is_read
    at_work = again.focusWidget()
    assert at_work in (*page.guided.parts.buttons, page.guided.on)


def test_a_service_that_runs_again_after_a_restart_is_stopped_once_more(
    window: MainWindow, open_window: OpenWindow
) -> None:
    planned(window)
    go_to(window, "paste")
    window.close()
    page = taken_up(open_window())
    assert page.guided.step == "stop"
    assert "The Transporter service runs again" in page.told()


def test_not_now_keeps_it_and_forget_it_does_not(
    window: MainWindow, open_window: OpenWindow, answers: Answers, data: Path
) -> None:
    planned(window)
    go_to(window, "stop")
    window.close()
    again = open_window()
    again.unfinished.later.click()
    assert not again.unfinished.isVisible()
    again.close()
    last = open_window()
    last.unfinished.forget.click()
    settle(last)
    assert kept(data).step == "stop"  # the first answer leaves it
    answers.choice = 1
    last.unfinished.forget.click()
    settle(last)
    assert "start it again" in answers.asked[-1]
    assert handoff_state.load(data) is None
    assert not last.unfinished.isVisible()


def test_a_string_with_a_password_is_pasted_again(
    open_window: OpenWindow, make_session: MakeSession, data: Path
) -> None:
    secret = "-Dhttp.proxyPassword=canary7"
    window = at_change(open_window())
    page = planned(window)
    page.source.current.setPlainText(secret)
    page.preview.have_read.click()
    settle(window)
    go_to(window, "open")
    assert "canary" not in (data / handoff_state.NAME).read_text()
    window.close()
    again = open_window(stopped(make_session()))
    assert "Paste it once more" in again.unfinished.text.text()
    page = taken_up(again)
    assert page.source.current.hasFocus()
    assert page.guided.step == ""
    page.source.current.setPlainText(secret)
    page.preview.have_read.click()
    settle(again)
    assert page.guided.step == "open"


def test_a_changed_file_goes_on_with_its_restart_and_can_be_undone(
    window: MainWindow, open_window: OpenWindow, answers: Answers, settings: Path, data: Path
) -> None:
    page = take_from(settings, window, answers)
    page.source.folder.edit.setText("/data/dtmp")
    page.source.room.ask_again()
    settle(window)
    page.preview.have_read.click()
    page.file.apply.click()
    settle(window)
    settle(window)
    page.file.after.guided.on.click()
    settle(window)
    assert "still runs" in page.told()
    page.file.after.guided.on.click()
    settle(window)
    assert (kept(data).step, kept(data).current) == ("start", None)
    answers.choice = 1
    window.close()
    page = taken_up(again := open_window())
    assert page.in_file.isChecked()
    assert page.file.after.guided.step == "start"
    page.file.undo.click()
    settle(again)
    settle(again)
    assert BEFORE in settings.read_text(encoding="utf-8")
    assert page.file.after.guided.step == "stop"
    assert kept(data).back


def test_a_setting_that_was_changed_meanwhile_is_not_gone_on_with(
    window: MainWindow, open_window: OpenWindow, answers: Answers, settings: Path
) -> None:
    page = take_from(settings, window, answers)
    page.source.folder.edit.setText("/data/dtmp")
    page.source.room.ask_again()
    settle(window)
    page.preview.have_read.click()
    page.file.apply.click()
    settle(window)
    settle(window)
    settings.write_text(settings.read_text(encoding="utf-8").replace(AFTER, "-Xss1m"))
    window.close()
    again = open_window()
    assert "begin anew" in again.unfinished.text.text()
    assert not again.unfinished.go_on.isVisible()


def test_a_note_that_cannot_be_read_is_told(open_window: OpenWindow, data: Path) -> None:
    data.mkdir()
    (data / handoff_state.NAME).write_text("{")
    window = open_window()
    assert "can't be read" in window.unfinished.text.text()
    assert not window.unfinished.go_on.isVisible()
    assert window.unfinished.forget.isVisible()


def test_what_cannot_be_kept_is_told_and_the_steps_go_on(window: MainWindow, data: Path) -> None:
    data.write_text("a file in the place of the folder")
    page = planned(window)
    go_to(window, "stop")
    assert "can't be kept" in page.told()
    assert page.guided.head.text() == "Step 2 of 8"


def test_giving_up_asks_says_what_remains_and_forgets(
    window: MainWindow, answers: Answers, data: Path
) -> None:
    page = planned(window)
    go_to(window, "open")
    page.guided.give_up.click()
    settle(window)
    assert kept(data).step == "open"
    answers.choice = 1
    page.guided.give_up.click()
    settle(window)
    assert handoff_state.load(data) is None
    assert page.guided.head.text() == "Step 1 of 8"
    assert "start it again" in page.guided.end.headline.text()


def test_what_the_process_does_not_have_can_be_put_back_step_by_step(
    window: MainWindow, data: Path
) -> None:
    page = planned(window)
    go_to(window, "paste")
    assert not page.guided.put_back.isVisible()
    go_to(window, "verify")
    assert page.guided.put_back.isVisible()
    page.guided.look.button.click()
    settle(window)
    assert "not /data/dtmp" in page.guided.look.result.headline.text()
    page.guided.put_back.click()
    settle(window)
    assert kept(data).back
    go_to(window, "paste")
    copies = page.guided.view.copy_button()
    assert copies is not None
    assert "Replace what" in page.told()
    go_to(window, "verify")
    page.guided.look.button.click()
    settle(window)
    assert "doesn't have the folder from before" in page.guided.look.result.headline.text()
    page.guided.on.click()
    settle(window)
    assert handoff_state.load(data) is None


def test_a_process_that_has_it_is_proof_and_the_way_on_stands_out(window: MainWindow) -> None:
    page = planned(window, "/data/tmp")
    seen = window.desk.run.rows["temp_space"].observed
    go_to(window, "verify")
    page.guided.look.button.setFocus()
    page.guided.look.button.click()
    settle(window)
    assert step(window, "arguments").glyph in ("step-done", "step-current")
    assert page.guided.on.property("role") == "primary"
    assert page.guided.on.hasFocus()
    assert window.desk.run.rows["temp_space"].observed > seen
    go_to(window, "watch")
    assert page.guided.on.text() == "Finish"
    page.guided.on.click()
    settle(window)
    assert "Finished." in page.guided.end.headline.text()
    assert not page.leads
    assert page.check.isVisible()
    assert page.guided.put_back.isVisible()
    page.guided.back.click()
    assert page.guided.step == "watch"
    page.guided.on.click()
    page.guided.put_back.click()
    settle(window)
    assert page.guided.head.text() == "Putting the old string back, step 1 of 6"
    assert not page.check.isVisible()


def test_a_string_that_says_so_already_needs_only_the_restart(window: MainWindow) -> None:
    page = page_of(window)
    page.source.current.setPlainText(AFTER)
    page.source.folder.edit.setText("/data/dtmp")
    page.source.room.ask_again()
    settle(window)
    assert page.guided.isVisible()
    assert page.guided.head.text() == "Step 1 of 5"


def test_a_step_that_is_not_done_is_left_only_when_asked_twice(window: MainWindow) -> None:
    page = planned(window)
    go_to(window, "stop")
    page.guided.on.click()
    settle(window)
    assert page.guided.step == "stop"
    assert "still runs" in page.told()
    assert page.guided.on.text() == "G&o on all the same"
    page.guided.on.click()
    settle(window)
    assert page.guided.step == "open"


def test_a_service_that_runs_at_its_start_is_not_told_as_restarted(window: MainWindow) -> None:
    page = planned(window)
    go_to(window, "start")
    assert "If it wasn't stopped since the setting was saved" in page.told()


@pytest.mark.parametrize(("at", "asks"), [("stop", False), ("paste", True), ("verify", False)])
def test_a_window_is_closed_in_the_middle_only_after_a_question(
    window: MainWindow, answers: Answers, at: str, *, asks: bool
) -> None:
    planned(window)
    go_to(window, at)
    window.close()
    assert window.isVisible() is asks
    assert any("may be stopped" in asked for asked in answers.asked) is asks
    answers.choice = 1
    window.close()
    assert not window.isVisible()


def test_until_the_steps_are_known_no_part_of_one_is_shown(window: MainWindow) -> None:
    page = page_of(window)
    page.source.current.setPlainText(BEFORE)
    page.source.folder.edit.setText("/data/dtmp")
    page.source.room.ask_again()
    settle(window)
    page.preview.have_read.click()  # the answer comes from another thread, later
    assert page.guided.head.text() == "Looking at this server …"
    assert not page.guided.on.isVisible()
    settle(window)
    assert page.guided.head.text() == "Step 1 of 8"
    assert page.guided.on.isVisible()
