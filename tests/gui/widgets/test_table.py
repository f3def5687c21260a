# SPDX-License-Identifier: MIT
"""A table as high as its rows, read-only, copied with Ctrl+C."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from wizard.gui.theme import Theme
from wizard.gui.widgets.table import Cell, Table, breakable, shares

LONG = "/opt/nakivo/transporter/java/tmp/with/a/path/that/goes/on/and/on"


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> Table:
    made = Table(theme, "Evidence", ("What", "Value", "Seen in"))
    made.show_rows(
        [
            (Cell("Free"), Cell("3.1 GB"), Cell(LONG)),
            (Cell("Needed"), Cell("5 GB"), Cell("article")),
        ]
    )
    qtbot.addWidget(made)
    made.resize(360, 400)
    made.show()
    return made


def test_ctrl_c_copies_the_selected_rows_without_marks_to_wrap_at(table: Table) -> None:
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"Free\t3.1 GB\t{LONG}"


def test_a_long_value_wraps_instead_of_being_cut(table: Table) -> None:
    line = table.fontMetrics().height()
    assert table.rowHeight(0) > 2 * line
    assert table.rowHeight(1) < 2 * line


def test_the_table_asks_for_the_height_of_all_its_rows(table: Table) -> None:
    rows = table.rowHeight(0) + table.rowHeight(1)
    assert table.sizeHint().height() >= rows + table.horizontalHeader().height()


def test_tab_leaves_the_table(table: Table) -> None:
    assert not table.tabKeyNavigation()


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=6), st.integers(10, 3000))
def test_columns_fill_the_room_exactly_and_narrow_ones_are_left_as_they_are(
    natural: list[int], room: int
) -> None:
    widths = shares(natural, room)
    assert sum(widths) == room
    fair = room // len(natural)
    for width, wanted in zip(widths[:-1], natural[:-1], strict=True):
        assert width <= wanted
        assert width == wanted or width >= fair


@pytest.mark.parametrize("text", [LONG, r"C:\Program Files\NAKIVO", "a.b.c", "3.1 GB", ""])
def test_places_to_wrap_at_change_nothing_else(text: str) -> None:
    assert breakable(text).replace("\u200b", "") == text


def test_paths_of_both_systems_can_be_wrapped() -> None:
    assert breakable("/opt/nakivo/tmp").split("\u200b") == ["/", "opt/", "nakivo/", "tmp"]
    assert breakable(r"C:\Programs\Dtmp").split("\u200b") == ["C:\\", "Programs\\", "Dtmp"]


def test_short_words_are_left_in_one_piece() -> None:
    assert breakable("Mail.Read, 3.1 GB") == "Mail.Read, 3.1 GB"
