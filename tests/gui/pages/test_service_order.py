# SPDX-License-Identifier: MIT
"""Stopping and starting the service from the window: asked before, waited for, told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Answers, MakeSession, OpenWindow, make_host, settle, three_causes
from tests.gui.pages.change import at_change, go_to, planned
from wizard.errors import CannotCheck, Refused, WizardError
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.argument_handoff import ArgumentHandoff
from wizard.gui.widgets.buttons import Button
from wizard.host.acts import ServiceAction, ServiceAnswer
from wizard.host.base import Service, ServiceState
from wizard.host.recorded import RecordedHost
from wizard.product import Product
from wizard.session import Session
from wizard.texts import Texts

RUNNING, STOPPED = ServiceState.RUNNING, ServiceState.STOPPED
CHANGING = ServiceState.CHANGING


class ScriptedHost(RecordedHost):
    """The window's computer with a service manager that reports state after state."""

    def __init__(self, *states: ServiceState, error: WizardError | None = None) -> None:
        super().__init__(make_host()._recording)
        self.states = list(states)
        self.error = error
        self.orders: list[ServiceAction] = []

    def services(self) -> tuple[Service, ...]:
        (service,) = make_host().services()
        state = self.states[0]
        if self.orders and len(self.states) > 1:
            state = self.states.pop(0)
        return (Service(service.name, service.display_name, state, command=service.command),)

    def control_service(
        self, name: str, action: ServiceAction, cancel: threading.Event
    ) -> ServiceAnswer:
        if self.error is not None:
            raise self.error
        self.orders.append(action)
        return ServiceAnswer(accepted=True, said="")


AtStop = Callable[..., tuple[MainWindow, ArgumentHandoff, ScriptedHost]]


@pytest.fixture
def at_step(open_window: OpenWindow, product: Product, labelled: Texts) -> AtStop:
    def open_(
        states: Sequence[ServiceState], step: str = "stop", error: WizardError | None = None
    ) -> tuple[MainWindow, ArgumentHandoff, ScriptedHost]:
        host = ScriptedHost(*states, error=error)
        session = Session(host, product, labelled, only_checks=three_causes())
        window = at_change(open_window(session))
        page = planned(window)
        go_to(window, step)
        return window, page.guided, host

    return open_


def test_the_warning_and_the_command_stand_before_the_act(
    at_step: AtStop, answers: Answers
) -> None:
    window, guided, host = at_step([RUNNING])
    assert "Jobs that are running now will stop" in window.page.told()
    assert "It is running now." in window.page.told()
    guided.order.give.click()
    settle(window)
    (asked,) = answers.asked
    assert "Jobs that are running now will stop" in asked
    assert "systemctl stop nkv-bhsvc.service" in asked
    assert host.orders == []  # the first choice leaves it
    assert guided.order.give.isVisible()


def test_one_button_stands_out_and_it_is_the_one_that_leads_on(
    at_step: AtStop, answers: Answers
) -> None:
    window, guided, _ = at_step([RUNNING, CHANGING, STOPPED])
    answers.choice = 1
    assert primary(window) == ["&Stop the service …"]
    guided.order.give.setFocus()
    QTest.keyClick(guided.order.give, Qt.Key.Key_Return)
    assert primary(window) == []
    assert window.buttons.stop.text() == "&Cancel"
    settle(window)
    assert "reports that the service is stopped" in guided.order.result.headline.text()
    assert primary(window) == ["Next step"]
    assert guided.on.hasFocus()


def primary(window: MainWindow) -> list[str]:
    shown = (button for button in window.findChildren(Button) if button.isVisible())
    return [b.text() for b in shown if b.property("role") == "primary" and b.isEnabled()]


def test_the_window_stays_alive_while_the_service_takes_its_time_and_the_wait_can_be_given_up(
    at_step: AtStop, answers: Answers
) -> None:
    window, guided, host = at_step([RUNNING, CHANGING])
    answers.choice = 1
    guided.order.give.click()
    until = time.monotonic() + 10
    while "of at most" not in guided.order.progress.text() and time.monotonic() < until:
        time.sleep(0.01)
        window.bridge.drain()
        QApplication.processEvents()
    assert (
        guided.order.progress.text() == "Waiting until the service is stopped: 0 of at most 180 s."
    )
    assert host.orders == [ServiceAction.STOP]
    assert not guided.on.isEnabled()
    window.buttons.stop.click()
    settle(window)
    assert window.isVisible()
    assert "no longer waits" in guided.order.result.headline.text()
    assert guided.order.give.isVisible()


@pytest.mark.parametrize(
    "error",
    [
        Refused("error.host_elevation_declined"),
        CannotCheck("error.host_silent", what="x", seconds=1),
    ],
)
def test_what_stood_in_the_way_is_told_and_the_service_counts_as_it_was(
    at_step: AtStop, answers: Answers, error: WizardError, texts: Texts
) -> None:
    window, guided, _ = at_step([RUNNING], error=error)
    answers.choice = 1
    guided.order.give.click()
    settle(window)
    assert guided.order.result.headline.text() == texts.summary(error)
    assert primary(window) == ["&Stop the service …"]
    assert guided.on.text() == "D&one by hand, next step"


def test_a_service_that_is_stopped_already_needs_no_order(at_step: AtStop) -> None:
    window, guided, _ = at_step([STOPPED])
    assert "It is stopped now." in window.page.told()
    assert not guided.order.give.isVisible()
    assert primary(window) == ["Next step"]


def test_a_start_that_failed_offers_the_old_string(at_step: AtStop, answers: Answers) -> None:
    window, guided, _ = at_step([STOPPED, CHANGING, ServiceState.FAILED], "start")
    answers.choice = 1
    guided.order.give.click()
    settle(window)
    assert "ended by itself" in guided.order.result.headline.text()
    assert guided.put_back.isVisible()
    guided.put_back.click()
    settle(window)
    assert guided.head.text() == "Putting the old string back, step 1 of 6"


def test_without_a_certain_service_only_words_are_offered(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    window = at_change(open_window(make_session(installed=False)))
    page = planned(window)
    go_to(window, "stop")
    assert not page.guided.order.isVisible()
    assert "Stop the NAKIVO Backup & Replication Transporter service." in page.told()
    assert "Jobs that are running now will stop" in page.told()
    assert primary(window) == ["D&one, next step"]
