# SPDX-License-Identifier: MIT
"""The way on the connectivity page: real checks on real loopback servers, streaming, handed on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Answers, MakeSession, OpenWindow, scanned, settle
from tests.support.microsoft365 import running
from wizard.checks import CHECKS, dns, http_answer, proxy, tcp, tls
from wizard.checks.base import Check, Context
from wizard.demo.microsoft365 import Behaviour
from wizard.findings import network_text, stations
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.cause import CausePage
from wizard.gui.pages.way import Way
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.stations import StationBox, Stations
from wizard.model import CauseId
from wizard.session import Session

LONGEST_S = 10.0
MINE = tuple(check for check in CHECKS if check.cause is CauseId.CONNECTIVITY)
LAYERS = (dns.CHECK, tcp.CHECK, proxy.CHECK, tls.CHECK, http_answer.CHECK)

Open = Callable[..., AbstractContextManager[MainWindow]]


def held(check: Check[Any], until: threading.Event) -> Check[Any]:
    """The real check, which answers only once `until` is set."""

    def observe(context: Context) -> Any:
        until.wait(LONGEST_S)
        return check.observe(context)

    return replace(check, observe=observe)


@pytest.fixture
def at_way(tmp_path: Path, make_session: MakeSession, open_window: OpenWindow) -> Open:
    """Opens the connectivity page after a scan of a stand-in that behaves so."""

    @contextmanager
    def open_(behaviour: Behaviour, checks: Sequence[Check[Any]] = MINE) -> Iterator[MainWindow]:
        with running(behaviour, tmp_path) as m365:
            session: Session = make_session(checks)
            session.scope, session.host = m365.scope, m365.computer
            window = scanned(open_window(session))
            window.go(CauseId.CONNECTIVITY)
            settle(window)
            yield window

    return open_


def way_of(window: MainWindow) -> Way:
    assert isinstance(window.page, CausePage)
    return window.page.way


def shown(way: Way) -> list[list[str]]:
    """What stands at the stations of each way, for a screen reader as for the eye."""
    rows = [row for row in way.findChildren(Stations) if row.isVisibleTo(way)]
    return [[box.accessibleName() for box in row.findChildren(StationBox)] for row in rows]


def test_way_when_a_firewall_refuses_then_every_endpoint_breaks_at_its_connection(
    at_way: Open,
) -> None:
    with at_way(Behaviour(listening=False)) as window:
        rows = shown(way_of(window))
        assert [row[1:] for row in rows] == [
            [
                "Connection: refused",
                "Proxy: none in the way",
                "Encryption: not reached",
                "Answer: not reached",
            ]
        ]
        assert "SharePoint, OneDrive: broken at Connection" in window.page.told()


def test_way_when_open_then_the_transporters_own_view_stands_below(at_way: Open) -> None:
    with at_way(Behaviour()) as window:
        told = window.page.told()
        assert "Sign-in: open all the way for this program" in told
        assert "Through the Transporter's eyes" in told
        assert "Proxy of the Transporter: Could not check" in told
        diagnosis = window.desk.flow.diagnosis
        assert diagnosis is not None
        sentences = [label.text() for label in way_of(window).findChildren(Label)]
        for row in stations.through_transporter(diagnosis.results):
            assert window.desk.texts.summary(row.finding) in sentences


def test_way_when_checked_again_then_stations_fill_as_layers_answer(
    at_way: Open, qtbot: QtBot
) -> None:
    gate = threading.Event()
    gate.set()
    checks = (dns.CHECK, *(held(check, gate) for check in LAYERS[1:]))
    with at_way(Behaviour(), checks) as window:
        way = way_of(window)
        assert "waiting" not in str(shown(way))
        gate.clear()
        window.recheck()
        for row in shown(way):
            assert row == [f"{name}: waiting" for name in LAYER_NAMES]

        def names_are_there() -> None:
            window.bridge.drain()
            rows = shown(way)
            assert len(rows) == 5
            assert all(row[0].startswith("Name: 1 address") for row in rows)

        qtbot.waitUntil(names_are_there, timeout=5000)
        assert all(row[1] == "Connection: waiting" for row in shown(way))
        assert not way.hand_over.copy.isEnabled()
        gate.set()
        settle(window)
        assert all("as expected" in row[4] for row in shown(way))
        assert way.hand_over.copy.isEnabled()


LAYER_NAMES = ("Name", "Connection", "Proxy", "Encryption", "Answer")


def test_copy_when_pressed_then_the_text_for_the_network_team_is_on_the_clipboard(
    at_way: Open,
) -> None:
    with at_way(Behaviour(name_resolves=False)) as window:
        way_of(window).hand_over.copy.click()
        session, diagnosis = window.desk.session, window.desk.flow.diagnosis
        assert diagnosis is not None
        wanted = network_text.make(diagnosis, session.product, session.texts)
        assert QGuiApplication.clipboard().text() == wanted
        assert "microsoft365-sample.invalid" in wanted
        assert way_of(window).hand_over.copy.text() == "Copied"


def test_read_when_opened_then_the_same_text_can_be_read_before_it_goes_anywhere(
    at_way: Open,
) -> None:
    with at_way(Behaviour(listening=False)) as window:
        way = way_of(window)
        assert not way.hand_over.text.isVisible()
        way.hand_over.fold.setChecked(True)
        assert way.hand_over.text.isReadOnly()
        assert way.hand_over.text.toPlainText().startswith("Way from backup01")
        for _ in range(3):
            QApplication.processEvents()
        assert way.hand_over.text.verticalScrollBar().maximum() == 0  # all of it is to be seen
        way.hand_over.copy.click()
        assert QGuiApplication.clipboard().text() == way.hand_over.text.toPlainText()


def test_save_when_a_file_is_chosen_then_it_holds_the_text(
    at_way: Open, answers: Answers, tmp_path: Path
) -> None:
    output = tmp_path / "for the network team.txt"
    answers.path = str(output)
    with at_way(Behaviour(listening=False)) as window:
        way_of(window).hand_over.save.click()
        settle(window)
        assert output.read_text(encoding="utf-8").startswith("Way from backup01")
        assert f"Saved: {output}" in window.page.told()
        window.recheck()
        settle(window)
        assert f"Saved: {output}" not in window.page.told()  # it is older than the page


@pytest.mark.parametrize(("choice", "kept"), [(0, True), (1, False), (None, True)])
def test_save_when_the_file_is_there_then_it_is_replaced_only_when_asked(
    at_way: Open, answers: Answers, tmp_path: Path, choice: int | None, kept: bool
) -> None:
    output = tmp_path / "theirs.txt"
    output.write_text("theirs", encoding="utf-8")
    answers.path, answers.choice = str(output), choice
    with at_way(Behaviour(listening=False)) as window:
        way_of(window).hand_over.save.click()
        settle(window)
        assert answers.asked
        assert (output.read_text(encoding="utf-8") == "theirs") is kept


def test_save_when_the_place_is_no_good_then_told_on_the_page(
    at_way: Open, answers: Answers, tmp_path: Path
) -> None:
    answers.path = str(tmp_path / "none" / "way.txt")
    with at_way(Behaviour(listening=False)) as window:
        way_of(window).hand_over.save.click()
        settle(window)
        assert "could not be written" in window.page.told()


def test_way_when_the_network_was_left_out_then_it_says_that_nobody_walked(
    make_session: MakeSession, open_window: OpenWindow
) -> None:
    session = make_session(MINE)
    session.scope = replace(session.scope, offline=True)
    window = open_window(session)
    window.go_next()
    settle(window)
    window.page.network.offline.setChecked(True)  # type: ignore[attr-defined]
    window.go_next()
    settle(window)
    window.go(CauseId.CONNECTIVITY)
    settle(window)
    assert shown(way_of(window)) == []
    assert "The way was not walked" in window.page.told()


def test_way_when_on_another_causes_page_then_it_is_not_there(
    make_session: MakeSession, open_window: OpenWindow
) -> None:
    window = scanned(open_window(make_session()))
    window.go(CauseId.MEMORY)
    assert window.page.findChildren(Way) == []
