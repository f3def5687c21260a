# SPDX-License-Identifier: MIT
"""What is said of the folder that is named, while it is being typed."""

from __future__ import annotations

import pytest

from tests.gui.conftest import OpenWindow, settle
from tests.gui.pages.change import at_change, page_of
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.folder_room import FolderRoom


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return at_change(open_window())


def typed(window: MainWindow, folder: str) -> FolderRoom:
    page = page_of(window)
    page.source.folder.edit.setText(folder)
    page.source.room.pause.timeout.emit()
    settle(window)
    return page.source.room


def test_the_room_of_the_new_folder_is_told(window: MainWindow) -> None:
    room = typed(window, "/data/dtmp")
    assert "93.13 GB is free on /data; more than 5 GB is needed." in room.text()
    assert "gains no room" in room.text()  # the folder in use lies there, too
    assert "make sure that the folder lies in none" in room.text()
    assert room.is_settled
    assert not room.is_bad
    page_of(window).source.folder.edit.setText("/data/my tmp")
    assert room.text() == ""


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        (r"D:\Dtmp", "is a Windows path; this server has Linux."),
        ("/somewhere/else", "The folder above, /somewhere, doesn't exist."),
    ],
)
def test_a_typed_place_that_is_bad_says_why_at_once(
    window: MainWindow, folder: str, reason: str
) -> None:
    room = typed(window, folder)
    assert room.is_bad
    assert reason in room.text()


def test_what_can_not_be_seen_is_a_doubt_and_no_step(window: MainWindow) -> None:
    room = typed(window, "/other/place")
    assert "can't be told" in room.text()
    assert (room.is_bad, room.step) == (False, None)


def test_the_judgement_of_a_folder_typed_over_is_forgotten(window: MainWindow) -> None:
    room = typed(window, r"D:\Dtmp")
    page_of(window).source.folder.edit.setText("/data/dtmp")
    assert not room.is_bad
    assert not room.is_settled
    page_of(window).source.folder.edit.setText("")
    assert room.is_settled
