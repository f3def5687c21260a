# SPDX-License-Identifier: MIT
"""The list of places in the window: looked for in the background, taken by keyboard and mouse."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import LONGEST_S, OpenWindow, make_host, settle
from tests.gui.pages.change import at_change, page_of
from wizard.demo.sample import open_sample
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.argument_places import ArgumentPlaces
from wizard.host.base import Volume
from wizard.host.recorded import RecordedHost
from wizard.product import Product
from wizard.session import Session
from wizard.texts import Texts


@pytest.fixture
def window(open_window: OpenWindow) -> Iterator[MainWindow]:
    """At the change page of a sample server with two disks, one of them full."""
    with open_sample("temp-folder-full", Texts.load()) as session:
        yield at_change(open_window(session))


def places_of(window: MainWindow) -> ArgumentPlaces:
    return page_of(window).source.places


def test_the_places_stand_there_with_their_room_and_reasons_and_one_is_recommended(
    window: MainWindow,
) -> None:
    table = places_of(window).table
    assert table.texts_of(0)[0].endswith("/data/dtmp")
    assert table.texts_of(0)[1].endswith("/server/dtmp")
    assert table.texts_of(1) == ["640 GB free", "3.1 GB free"]
    assert table.texts_of(2) == ["Recommended: most room", "full, and in use now"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_place_is_taken_by_keyboard_alone(window: MainWindow, key: Qt.Key) -> None:
    page, table = page_of(window), places_of(window).table
    table.setFocus()
    assert not table.selectedIndexes()  # nothing looks chosen before it is
    QTest.keyClick(table, key)
    assert page.source.folder.value == table.texts_of(0)[0]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert page.source.folder.value == table.texts_of(0)[1]


def test_an_arrow_key_chooses_and_a_typed_path_takes_the_mark_off(window: MainWindow) -> None:
    page, table = page_of(window), places_of(window).table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert page.source.folder.value == table.texts_of(0)[0]
    assert {index.row() for index in table.selectedIndexes()} == {0}
    page.source.folder.edit.setText("/elsewhere/dtmp")
    assert not table.selectedIndexes()
    page.source.folder.edit.setText(table.texts_of(0)[1])
    assert {index.row() for index in table.selectedIndexes()} == {1}


def test_a_place_is_taken_by_a_click_and_judged_like_a_typed_one(window: MainWindow) -> None:
    page, table = page_of(window), places_of(window).table
    place = table.visualRect(table.model().index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.source.folder.value.endswith("/server/dtmp")
    page.source.room.pause.timeout.emit()
    settle(window)
    assert "has only 3.1 GB free" in page.source.room.text()


def test_a_repository_that_is_named_there_makes_its_places_bad(window: MainWindow) -> None:
    page, table = page_of(window), places_of(window).table
    above = table.texts_of(0)[0].removesuffix("/dtmp")
    page.source.repositories.edit.setText(f" {above} ;/elsewhere; ")
    page.source.repositories.edit.editingFinished.emit()
    settle(window)
    assert page.desk.session.scope.repositories == (above, "/elsewhere")
    rows = dict(zip(table.texts_of(0), table.texts_of(2), strict=True))
    why = rows[f"{above}/dtmp"]
    assert why == f"inside {above}, where backups are kept"


def test_without_a_good_place_that_is_told(open_window: OpenWindow) -> None:
    places = places_of(at_change(open_window()))  # its only disk holds the folder in use
    (why,) = places.table.texts_of(2)
    assert why.startswith("same disk as now: gains no room")
    assert "No other local disk has 10 GB free" in places.text()


def test_where_the_disks_can_not_be_listed_that_is_told(open_window: OpenWindow) -> None:
    with open_sample("no-access", Texts.load()) as session:
        places = places_of(at_change(open_window(session)))
        assert not places.table.isVisible()
        assert places.text() == "The sample server does not let this account look."


class SlowHost(RecordedHost):
    """A computer whose disks answer only when they may."""

    def __init__(self, recording: Any, gate: threading.Event) -> None:
        super().__init__(recording)
        self.gate = gate

    def volumes(self) -> tuple[Volume, ...]:
        self.gate.wait(LONGEST_S)
        return super().volumes()


def test_a_slow_disk_never_blocks_the_window(
    open_window: OpenWindow, product: Product, labelled: Texts
) -> None:
    gate = threading.Event()
    gate.set()
    host = SlowHost(make_host()._recording, gate)
    window = at_change(open_window(Session(host, product, labelled, only_checks=[])))
    page = page_of(window)
    gate.clear()
    page.source.look_at_places()
    page.source.folder.edit.setText("/data/dtmp")
    page.source.room.pause.timeout.emit()
    assert not page.source.room.is_settled
    page.source.folder.edit.setText("/data/my tmp")  # typed on meanwhile; refused at once
    assert "has a space" in page.source.folder.edit.accessibleDescription()
    gate.set()
    settle(window)
    assert page.source.room.text() == ""  # the late answer was for another folder


def test_the_list_is_made_anew_on_request(window: MainWindow) -> None:
    places = places_of(window)
    before = places.table.texts_of(0)
    page_of(window).source.look_at_places()
    settle(window)
    assert places.table.texts_of(0) == before
