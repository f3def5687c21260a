# SPDX-License-Identifier: MIT
"""Stopping and starting the Transporter: what the service manager reports decides."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import Any

import pytest

from tests.fixes.recorded import LINUX_TRANSPORTER, WINDOWS_TRANSPORTER, host
from wizard.errors import CannotCheck, Refused, WizardError
from wizard.fixes.service import Order, Ordered, Outcome, Patience, Waiting, command
from wizard.host.acts import ServiceAction, ServiceAnswer
from wizard.host.base import Service, ServiceState
from wizard.host.recorded import RecordedHost
from wizard.texts import Texts

START, STOP = ServiceAction.START, ServiceAction.STOP
RUNNING, STOPPED = ServiceState.RUNNING, ServiceState.STOPPED
CHANGING, FAILED = ServiceState.CHANGING, ServiceState.FAILED
NAME = LINUX_TRANSPORTER["name"]
QUICK = Patience(longest_s=0.15, poll_s=0.005, steady_s=0.03)
ACCEPTED: dict[str, Any] = {"accepted": True, "said": "", "code": 0}


class ScriptedHost(RecordedHost):
    """A recorded computer whose service manager reports one state after the other.

    None is no answer. The last one holds for ever; before the order the first one does.
    """

    def __init__(
        self, states: Sequence[ServiceState | None], answer: dict[str, Any] | None = None
    ) -> None:
        facts = {"system": "linux", "os": "linux", "name": "backup01", "is_admin": True}
        orders = {NAME: {"start": answer or ACCEPTED, "stop": answer or ACCEPTED}}
        recording = {"facts": facts, "services": [LINUX_TRANSPORTER], "control_service": orders}
        super().__init__(recording)
        self.first, *after = states
        self.after: Iterator[ServiceState | None] = chain(after, repeat(states[-1]))
        self.orders: list[tuple[str, ServiceAction]] = []

    def services(self) -> tuple[Service, ...]:
        state = next(self.after) if self.orders else self.first
        if state is None:
            raise CannotCheck("error.host_silent", what="services", seconds=4)
        return (Service(NAME, "", state),)

    def control_service(
        self, name: str, action: ServiceAction, cancel: threading.Event
    ) -> ServiceAnswer:
        self.orders.append((name, action))
        return super().control_service(name, action, cancel)


def give(computer: RecordedHost, action: ServiceAction) -> tuple[Ordered, list[Waiting]]:
    told: list[Waiting] = []
    return Order(computer, NAME, action, QUICK).give(told.append, threading.Event()), told


@pytest.mark.parametrize(
    ("action", "states", "outcome"),
    [
        (STOP, [RUNNING, CHANGING, CHANGING, STOPPED], Outcome.DONE),
        (STOP, [RUNNING, FAILED], Outcome.DONE),  # java ends with 143 when it is told to
        (STOP, [CHANGING, None, STOPPED], Outcome.DONE),
        (STOP, [STOPPED], Outcome.ALREADY),
        (STOP, [FAILED], Outcome.ALREADY),
        (STOP, [RUNNING, CHANGING], Outcome.TIMED_OUT),
        (STOP, [RUNNING], Outcome.TIMED_OUT),
        (STOP, [RUNNING, None], Outcome.NOT_TOLD),
        (START, [STOPPED, STOPPED, CHANGING, RUNNING], Outcome.DONE),
        (START, [FAILED, CHANGING, RUNNING], Outcome.DONE),
        (START, [None, RUNNING], Outcome.DONE),
        (START, [RUNNING], Outcome.ALREADY),
        (START, [STOPPED, CHANGING, FAILED], Outcome.FAILED),
        (START, [STOPPED, RUNNING, RUNNING, STOPPED], Outcome.FAILED),
        (START, [STOPPED, RUNNING, CHANGING, RUNNING], Outcome.DONE),
        (START, [STOPPED, CHANGING], Outcome.TIMED_OUT),
        (START, [STOPPED], Outcome.TIMED_OUT),
    ],
)
def test_order_when_manager_reports_states_then_ends_as_they_say(
    action: ServiceAction, states: list[ServiceState | None], outcome: Outcome, texts: Texts
) -> None:
    computer = ScriptedHost(states)
    ended, told = give(computer, action)
    assert ended.outcome is outcome
    assert ended.is_reached is (outcome in (Outcome.DONE, Outcome.ALREADY))
    assert ended.notice.sentence(texts)
    assert computer.orders == ([] if outcome is Outcome.ALREADY else [(NAME, action)])
    assert bool(told) is (outcome is not Outcome.ALREADY)


def test_order_when_service_ends_right_after_its_start_then_it_is_no_start() -> None:
    steady = ScriptedHost([STOPPED, RUNNING, RUNNING, STOPPED])
    patient = Patience(longest_s=5, poll_s=0.001, steady_s=0.05)
    ended = Order(steady, NAME, START, patient).give(lambda _: None, threading.Event())
    assert ended.outcome is Outcome.FAILED
    assert ended.seconds < 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            {"accepted": False, "said": "Unit is masked.", "code": 1},
            "refused: Unit is masked.",
        ),
        ({"accepted": False, "said": "", "code": 1058}, "the code 1058"),
    ],
)
def test_order_when_manager_refuses_then_says_what_it_said(
    answer: dict[str, Any], words: str, texts: Texts
) -> None:
    ended, _ = give(ScriptedHost([STOPPED], answer), START)
    assert ended.outcome is Outcome.REFUSED
    assert words in ended.notice.sentence(texts)


def test_order_when_refused_but_so_already_then_somebody_was_quicker() -> None:
    refused = {"accepted": False, "said": "not started", "code": 1062}
    ended, _ = give(ScriptedHost([RUNNING, STOPPED], refused), STOP)
    assert ended.outcome is Outcome.ALREADY


def test_order_when_person_gives_up_then_the_wait_ends_at_once() -> None:
    cancel, computer = threading.Event(), ScriptedHost([RUNNING, CHANGING])
    patient = Patience(longest_s=60, poll_s=30)
    threading.Timer(0.05, cancel.set).start()
    began = time.monotonic()
    ended = Order(computer, NAME, STOP, patient).give(lambda _: None, cancel)
    assert ended.outcome is Outcome.GIVEN_UP
    assert time.monotonic() - began < 5


class ClosedHost(ScriptedHost):
    """A computer on which no order can be given."""

    def __init__(self, error: WizardError) -> None:
        super().__init__([RUNNING])
        self.error = error

    def control_service(
        self, name: str, action: ServiceAction, cancel: threading.Event
    ) -> ServiceAnswer:
        raise self.error


@pytest.mark.parametrize("error", [Refused("declined"), CannotCheck("no way")])
def test_order_when_it_cannot_be_given_then_the_reason_is_passed_on(error: WizardError) -> None:
    with pytest.raises(type(error), match=error.text):
        give(ClosedHost(error), STOP)


def test_order_when_it_waits_then_tells_state_and_time(texts: Texts) -> None:
    ended, told = give(ScriptedHost([RUNNING, CHANGING, CHANGING, STOPPED]), STOP)
    assert [one.state for one in told] == [RUNNING, CHANGING, CHANGING, STOPPED]
    assert all(one.longest_s == QUICK.longest_s for one in told)
    assert [one.seconds for one in told] == sorted(one.seconds for one in told)
    assert "is stopped" in ended.notice.sentence(texts)


def test_every_end_has_its_own_sentence(texts: Texts) -> None:
    answer = ServiceAnswer(accepted=False, said="no")
    told = [
        Ordered(action, NAME, outcome, None, 3.0, answer).notice.sentence(texts)
        for action in ServiceAction
        for outcome in Outcome
        if (action, outcome) not in ((STOP, Outcome.FAILED), (STOP, Outcome.REFUSED))
    ]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("computer", "service", "line"),
    [
        (host("linux", services=[LINUX_TRANSPORTER]), NAME, f"systemctl stop {NAME}"),
        (host(services=[WINDOWS_TRANSPORTER]), "svc-17", 'sc.exe stop "svc-17"'),
    ],
)
def test_command_is_what_a_person_types(computer: RecordedHost, service: str, line: str) -> None:
    assert command(computer, service, STOP) == line
