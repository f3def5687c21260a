# SPDX-License-Identifier: MIT
"""Stop or start the Transporter's service, and wait until the service manager reports it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from wizard.errors import CannotCheck
from wizard.fixes.notice import Notice
from wizard.fixes.readings import visible
from wizard.host.acts import ServiceAction, ServiceAnswer
from wizard.host.base import Host, Service, ServiceState
from wizard.nakivo import services
from wizard.product import Product

POLL_S = 0.5
# A service that ends right after its start was "running" for a moment, too.
STEADY_S = 2.0

# Java ends with a status of its own when it is told to end, which systemd takes for a failure.
_REACHED = {
    ServiceAction.STOP: (ServiceState.STOPPED, ServiceState.FAILED),
    ServiceAction.START: (ServiceState.RUNNING,),
}


@dataclass(frozen=True)
class Waiting:
    """What is known meanwhile; `state` is None where the service manager doesn't tell."""

    state: ServiceState | None
    seconds: float
    longest_s: float


class Outcome(StrEnum):
    """How an order ended; only the first two mean that the service is as it should be."""

    DONE = "done"
    ALREADY = "already"
    REFUSED = "refused"
    FAILED = "failed"
    TIMED_OUT = "timed-out"
    NOT_TOLD = "not-told"
    GIVEN_UP = "given-up"


@dataclass(frozen=True)
class Ordered:
    """The end of an order, with what the service manager said and the state it reported last."""

    action: ServiceAction
    service: str
    outcome: Outcome
    state: ServiceState | None
    seconds: float
    answer: ServiceAnswer | None = None

    @property
    def is_reached(self) -> bool:
        """Whether the service manager reports what was wanted."""
        return self.outcome in (Outcome.DONE, Outcome.ALREADY)

    @property
    def notice(self) -> Notice:
        """The end in a sentence."""
        if self.outcome is Outcome.REFUSED and self.answer is not None:
            said, code = visible(self.answer.said), self.answer.code
            name = "refused" if said else "refused_without_words"
            return Notice(f"arguments.service.{name}", {"said": said, "code": code or 0})
        name = f"{self.action.value}_{self.outcome.value.replace('-', '_')}"
        return Notice(f"arguments.service.{name}", {"seconds": round(self.seconds)})


@dataclass(frozen=True)
class Patience:
    """How often to look, how long at most, and how long a start must hold."""

    longest_s: float
    poll_s: float = POLL_S
    steady_s: float = STEADY_S


def transporter_service(host: Host, product: Product) -> Service | None:
    """The Transporter's service; None when there is none, several, or they can't be listed."""
    try:
        return services.transporter(host, product)
    except CannotCheck:
        return None


def state_of(host: Host, name: str) -> ServiceState | None:
    """What the service manager reports now; None when it doesn't tell."""
    try:
        return next((one.state for one in host.services() if one.name == name), None)
    except CannotCheck:
        return None


def is_reached(action: ServiceAction, state: ServiceState | None) -> bool:
    """Whether nothing is left to order."""
    return state in _REACHED[action]


def command(host: Host, name: str, action: ServiceAction) -> str:
    """What a person types in an administrator's shell for the same."""
    if host.facts().system == "windows":
        return f'sc.exe {action.value} "{name}"'  # sc alone is another command in PowerShell
    return f"systemctl {action.value} {name}"


@dataclass(frozen=True)
class Order:
    """One order to the service manager. Giving up the wait doesn't take it back."""

    host: Host
    name: str
    action: ServiceAction
    patience: Patience

    def give(self, emit: Callable[[Waiting], None], cancel: threading.Event) -> Ordered:
        """Give it, unless it is so already, and wait for what comes of it.

        Raises:
            CannotCheck: the order can't be given from here.
            Refused: the person declined the rights that it needs.
        """
        began = time.monotonic()
        state = state_of(self.host, self.name)
        if is_reached(self.action, state):
            return self._end(Outcome.ALREADY, state, began)
        emit(Waiting(state, 0.0, self.patience.longest_s))
        answer = self.host.control_service(self.name, self.action, cancel)
        if answer.accepted:
            outcome, state = self._wait(began, emit, cancel)
            return self._end(outcome, state, began, answer)
        state = state_of(self.host, self.name)
        was_quicker = is_reached(self.action, state)  # somebody else
        outcome = Outcome.ALREADY if was_quicker else Outcome.REFUSED
        return self._end(outcome, state, began, answer)

    def _end(
        self,
        outcome: Outcome,
        state: ServiceState | None,
        began: float,
        answer: ServiceAnswer | None = None,
    ) -> Ordered:
        return Ordered(self.action, self.name, outcome, state, time.monotonic() - began, answer)

    def _wait(
        self, began: float, emit: Callable[[Waiting], None], cancel: threading.Event
    ) -> tuple[Outcome, ServiceState | None]:
        reached_at: float | None = None
        while True:
            state, now = state_of(self.host, self.name), time.monotonic()
            emit(Waiting(state, now - began, self.patience.longest_s))
            if is_reached(self.action, state):
                reached_at = now if reached_at is None else reached_at
                if now - reached_at >= self._steady_s:
                    return Outcome.DONE, state
            elif self._has_ended(state, was_reached=reached_at is not None):
                return Outcome.FAILED, state
            if now - began >= self.patience.longest_s:
                return (Outcome.NOT_TOLD if state is None else Outcome.TIMED_OUT), state
            if cancel.wait(self.patience.poll_s):
                return Outcome.GIVEN_UP, state

    @property
    def _steady_s(self) -> float:
        return self.patience.steady_s if self.action is ServiceAction.START else 0.0

    def _has_ended(self, state: ServiceState | None, *, was_reached: bool) -> bool:
        """Whether a start came to nothing: it failed, or ran and ended by itself."""
        if self.action is ServiceAction.STOP:
            return False
        return state is ServiceState.FAILED or (was_reached and state is ServiceState.STOPPED)
