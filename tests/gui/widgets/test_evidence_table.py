# SPDX-License-Identifier: MIT
"""Quoted lines keep people's addresses to themselves until they are asked for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import FOUND, MakeSession, OpenWindow, scanned, scripted, settle
from wizard.checks.base import problem
from wizard.gui.widgets.evidence_table import EvidenceTable
from wizard.model import CauseId, Evidence

LINE = Evidence("log_line", "02:21 ERROR joe@contoso.com: 403", "", "/l/a.log:7")
OWN = Evidence("free", "https://ann@proxy.contoso.com:3128", "", "environment")


def test_table_when_a_quoted_line_names_somebody_then_only_after_asking_by_keyboard(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    found = problem(FOUND, decisive=True, evidence=(LINE, OWN))
    window = scanned(open_window(make_session([scripted("memory", CauseId.MEMORY, found)])))
    window.go(CauseId.MEMORY)
    (table,) = [one for one in window.page.findChildren(EvidenceTable) if one.isVisible()]
    assert table.table.texts_of(1) == ["02:21 ERROR ***: 403", OWN.value]
    table.people.setFocus()
    QTest.keyClick(table.people, Qt.Key.Key_Space)
    settle(window)
    assert table.table.texts_of(1) == [LINE.value, OWN.value]
    assert not table.people.isVisible()
    assert window.focusWidget() is table.table


def test_table_when_nobody_is_named_then_there_is_nothing_to_ask_for(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    found = problem(FOUND, decisive=True, evidence=(OWN,))
    window = scanned(open_window(make_session([scripted("memory", CauseId.MEMORY, found)])))
    window.go(CauseId.MEMORY)
    (table,) = [one for one in window.page.findChildren(EvidenceTable) if one.isVisible()]
    assert not table.people.isVisible()


def test_table_when_many_places_in_a_row_say_alike_then_first_and_last_of_their_numbers(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    many = [Evidence("free", "same", "", f"TLS host{number}:443") for number in range(5)]
    again = [replace(one, label="log_line") for one in (many[0], many[4])]
    found = problem(FOUND, decisive=True, evidence=(OWN, *many, *again))
    window = scanned(open_window(make_session([scripted("memory", CauseId.MEMORY, found)])))
    window.go(CauseId.MEMORY)
    (table,) = [one for one in window.page.findChildren(EvidenceTable) if one.isVisible()]
    assert table.table.texts_of(2) == ["1", "2-6", "2, 6"]
