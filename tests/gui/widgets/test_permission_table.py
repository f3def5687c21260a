# SPDX-License-Identifier: MIT
"""The matrix as a table: signs with words, what isn't compared, each permission by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from wizard.findings.permission_rows import Cell, Line, Matrix, ServiceRow
from wizard.graph.permission_matrix import State
from wizard.graph.permissions import Operation, PermissionKind
from wizard.gui.theme import Theme
from wizard.gui.widgets.permission_table import PermissionTable
from wizard.gui.widgets.table import Table
from wizard.model import Outcome, Workload
from wizard.texts import Texts

APP = PermissionKind.APPLICATION
THERE = Line("User.Read.All", APP, State.GRANTED, Outcome.OK, "there", "")
LACKING = Line("Mail.Read", APP, State.MISSING, Outcome.PROBLEM, "missing", "")
MATRIX = Matrix(
    "By a list.",
    (
        ServiceRow(
            Workload.EXCHANGE,
            "Exchange Online",
            Outcome.PROBLEM,
            "something is missing",
            (
                Cell(Operation.DISCOVERY, Outcome.OK, "1 of 1 there", (THERE,)),
                Cell(Operation.BACKUP, Outcome.PROBLEM, "1 of 2 there", (THERE, LACKING)),
                Cell(Operation.RECOVERY, Outcome.NOT_APPLICABLE, "nothing", ()),
            ),
        ),
        ServiceRow(
            Workload.SHAREPOINT, "SharePoint Online", Outcome.COULD_NOT_CHECK, "not compared", ()
        ),
    ),
    ("Missing: nobody requested it.",),
)


@pytest.fixture
def table(qtbot: QtBot, theme: Theme, texts: Texts) -> PermissionTable:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(800, 900)
    made = PermissionTable(theme, texts, MATRIX)
    made.setParent(page)
    made.setGeometry(0, 0, 600, 800)
    page.show()
    made.page = page  # type: ignore[attr-defined]
    return made


def item(table: PermissionTable, column: int) -> QTableWidgetItem:
    found = table.table.item(0, column)
    assert found is not None
    return found


def labels(table: PermissionTable) -> list[str]:
    return [label.text() for label in table.findChildren(QLabel) if label.isVisible()]


def test_table_when_drawn_then_a_service_a_row_and_its_operations_beside_it(
    table: PermissionTable,
) -> None:
    header = table.table.model()
    heads = [header.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert heads == ["Service", "Discovery", "Backup", "Recovery"]
    assert table.table.rowCount() == 1
    assert table.table.texts_of(1) == ["1 of 1 there"]


def test_cell_when_something_lacks_then_its_name_and_state_in_words_below_the_table(
    table: PermissionTable,
) -> None:
    assert table.table.texts_of(2) == ["1 of 2 there"]
    assert "Exchange Online, missing for Backup: Mail.Read" in labels(table)
    icons = [item(table, column).icon().isNull() for column in (1, 2, 3)]
    assert icons == [False, False, False]
    assert item(table, 2).toolTip() == "1 of 2 there\nUser.Read.All: there\nMail.Read: missing"


def test_service_when_its_list_is_not_known_then_said_below_and_never_as_fine(
    table: PermissionTable,
) -> None:
    assert "SharePoint Online: not compared" in labels(table)
    assert "SharePoint Online" not in table.table.texts_of(0)


def test_name_when_a_screen_reader_asks_then_what_lacks_is_in_the_sentence(
    table: PermissionTable,
) -> None:
    spoken = table.accessibleName()
    assert "Exchange Online: something is missing" in spoken
    assert "Mail.Read: missing" in spoken
    assert "SharePoint Online: not compared" in spoken


def test_fold_when_opened_then_each_permission_once_with_all_it_is_for(
    table: PermissionTable,
) -> None:
    assert not table.single.isVisible()
    table.fold.setChecked(True)
    for _ in range(8):
        QApplication.processEvents()
    each = table.single.findChild(Table)
    assert each is not None
    assert each.texts_of(1) == ["Discovery, Backup", "Backup"]
    assert each.texts_of(2) == ["User.Read.All: there", "Mail.Read: missing"]
    assert each.verticalHeader().length() <= each.viewport().height()
    assert "Missing: nobody requested it." in labels(table)
