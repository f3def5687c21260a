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
from wizard.gui.widgets.breaks import breakable, plain
from wizard.gui.widgets.shares import around, shares
from wizard.gui.widgets.table import Cell, Table

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
    assert plain(breakable(text)) == text


def test_paths_of_both_systems_can_be_wrapped() -> None:
    assert breakable("/opt/nakivo/tmp").split("\u200b") == ["/\u2060opt/", "nakivo/", "tmp"]
    assert breakable(r"C:\Programs\Dtmp").split("\u200b") == ["C:\u2060\\", "Programs\\", "Dtmp"]


def test_short_words_are_left_in_one_piece() -> None:
    assert breakable("Mail.Read, 3.1 MHz") == "Mail.Read, 3.1 MHz"


def test_ids_can_be_wrapped_so_that_no_letter_is_cut() -> None:
    parts = breakable("6f1c2a3b-4d5e-4f60-8a9b-0c1d2e3f4a5b").split("\u200b")
    assert max(map(len, parts)) <= 12
    assert max(map(len, breakable("a" * 90).split("\u200b"))) <= 24


def test_a_path_is_never_torn_behind_its_leading_slash() -> None:
    for text in ("folder, /tmp/x", "-DtempPath=/tmp/x", "(/tmp/x)"):
        assert "/\u2060tmp" in breakable(text)
    assert "/\u2060" not in breakable("https://graph.microsoft.com/v1.0")


def test_every_cell_tells_its_whole_text_when_pointed_at(table: Table) -> None:
    item = table.item(0, 2)
    assert item is not None
    assert item.toolTip() == LONG


@given(
    st.lists(st.tuples(st.integers(20, 2000), st.integers(1, 20)), min_size=2, max_size=6),
    st.integers(10, 3000),
)
def test_the_main_column_gets_half_of_the_room_where_it_needs_it(
    pairs: list[tuple[int, int]], room: int
) -> None:
    natural, least = [p[0] for p in pairs], [p[1] for p in pairs]
    widths = around(natural, room, 1, least)
    assert sum(widths) == room
    if room >= 2 * sum(least):
        assert all(width >= needed for width, needed in zip(widths, least, strict=True))
        assert widths[1] >= min(natural[1], room // 2 - sum(least))


def test_a_word_beside_a_glyph_is_whole_also_after_the_table_was_narrow(
    qtbot: QtBot, theme: Theme
) -> None:
    made = Table(theme, "Checks", ("Result", "Check", "What was found"), main=2)
    qtbot.addWidget(made)
    made.resize(200, 400)
    made.show()
    made.show_rows([(Cell("Could not check", "ok"), Cell("Connections"), Cell("long " * 40))])
    words = made.fontMetrics().horizontalAdvance
    longest = words("Connections"), words("Could not check") + made.iconSize().width()
    made.resize(360, 400)
    assert made.columnWidth(1) > longest[0]
    made.resize(700, 400)
    assert made.columnWidth(0) > longest[1]
    assert made.columnWidth(2) >= 350


def test_a_row_that_grows_is_shown_whole(table: Table, qtbot: QtBot) -> None:
    before = table.height(), table.rowHeight(1)
    table.set_row(1, (Cell("Needed"), Cell("5 GB"), Cell(LONG * 3)))
    qtbot.waitUntil(lambda: table.rowHeight(1) > before[1])
    assert table.rowHeight(1) >= table.sizeHintForRow(1)
    assert table.sizeHint().height() > table.verticalHeader().length()
