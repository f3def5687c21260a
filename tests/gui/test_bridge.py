# SPDX-License-Identifier: MIT
"""Long work leaves the window free, and every way out of it is an answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import LONGEST_S
from wizard.errors import BadInput, WizardError
from wizard.gui.bridge import Bridge, Emit
from wizard.texts import Texts


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.drop_all()


class Heard:
    """Keeps what arrives, and in which thread."""

    def __init__(self) -> None:
        self.results: list[Any] = []
        self.threads: set[int] = set()

    def __call__(self, thing: Any) -> None:
        self.results.append(thing)
        self.threads.add(threading.get_ident())


def fails(error: BaseException) -> Any:
    def work(_emit: Emit, _cancel: threading.Event) -> None:
        raise error

    return work


def wait(qtbot: QtBot, bridge: Bridge) -> None:
    qtbot.waitUntil(lambda: not bridge.active)


def test_events_and_result_arrive_in_order_in_the_windows_own_thread(
    qtbot: QtBot, bridge: Bridge
) -> None:
    heard, workers = Heard(), set()

    def work(emit: Emit, _cancel: threading.Event) -> str:
        workers.add(threading.get_ident())
        emit("begun")
        emit("half")
        return "done"

    bridge.start(work, on_done=heard, on_failed=heard, on_event=heard)
    wait(qtbot, bridge)
    assert heard.results == ["begun", "half", "done"]
    assert heard.threads == {threading.get_ident()}
    assert workers != heard.threads


def test_an_expected_failure_arrives_as_it_is(qtbot: QtBot, bridge: Bridge) -> None:
    heard, error = Heard(), BadInput("error.language", language="xx", known="en")
    bridge.start(fails(error), on_done=heard, on_failed=heard)
    wait(qtbot, bridge)
    assert heard.results == [error]


def test_a_crash_arrives_as_a_calm_sentence_without_its_message(
    qtbot: QtBot, bridge: Bridge, texts: Texts, caplog: pytest.LogCaptureFixture
) -> None:
    heard = Heard()
    bridge.start(fails(ZeroDivisionError("hunter2")), on_done=heard, on_failed=heard)
    wait(qtbot, bridge)
    (error,) = heard.results
    assert isinstance(error, WizardError)
    assert "ZeroDivisionError at test_bridge.py" in texts.summary(error)
    assert "nothing is lost" in texts.summary(error)
    assert "hunter2" not in texts.summary(error) + caplog.text
    assert "test_bridge.py" in caplog.text
    caplog.clear()


def test_a_dropped_job_is_told_to_stop_and_never_heard_of_again(
    qtbot: QtBot, bridge: Bridge
) -> None:
    heard, ended = Heard(), threading.Event()

    def work(emit: Emit, cancel: threading.Event) -> str:
        cancel.wait(LONGEST_S)
        emit("late")
        ended.set()
        return "late"

    job = bridge.start(work, on_done=heard, on_failed=heard, on_event=heard)
    waited = [bridge.active]
    job.drop()
    waited.append(bridge.active)
    assert waited == [True, False]
    assert ended.wait(LONGEST_S)
    bridge.drain()
    assert heard.results == []


def test_the_timer_rests_while_nobody_waits(qtbot: QtBot, bridge: Bridge) -> None:
    drains = [bridge.is_draining]
    bridge.start(lambda _emit, _cancel: 1, on_done=lambda _: None, on_failed=lambda _: None)
    drains.append(bridge.is_draining)
    wait(qtbot, bridge)
    drains.append(bridge.is_draining)
    assert drains == [False, True, False]
