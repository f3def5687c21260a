# SPDX-License-Identifier: MIT
"""What a check is: observe (touches the computer, may hang) and judge (pure)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from wizard.checks.expert_setting import ToldSettings
from wizard.checks.java_ways import JavaWays
from wizard.graph.app_registration import AppRegistration
from wizard.graph.java_trust import JavaTrust
from wizard.graph.network_walks import Walks
from wizard.graph.probes import Call
from wizard.graph.resource_tokens import Resource
from wizard.graph.sign_in import SignIn
from wizard.graph.tenant_cloud import CloudChoice
from wizard.graph.tenant_hosts import TenantHosts
from wizard.history import History
from wizard.host.base import Host
from wizard.model import CauseId, Credentials, Finding, Outcome, Scope
from wizard.nakivo.account import Account
from wizard.nakivo.installation import Installation
from wizard.nakivo.logs import LogEvidence
from wizard.nakivo.temp_folder import TempFolder
from wizard.product import Product

T = TypeVar("T")
O = TypeVar("O")  # noqa: E741 - the observation


class Once(Generic[T]):
    """A fact several checks need: found out once, by the first that asks; errors are shared too."""

    def __init__(self, find: Callable[[], T]) -> None:
        self._find = find
        self._lock = threading.Lock()
        self._answer: T | None = None
        self._error: Exception | None = None
        self._known = False

    def __call__(self) -> T:
        """The fact, or the error that finding it ended with."""
        with self._lock:
            if not self._known:
                self._find_out()
        if self._error is not None:
            raise self._error
        return self._answer  # type: ignore[return-value]

    def _find_out(self) -> None:
        try:
            self._answer = self._find()
        except Exception as error:  # noqa: BLE001 - kept, and raised again for each that asks
            self._error = error
        self._known = True


@dataclass(frozen=True)
class Context:
    """What a check may use. `cancel` is set when nobody waits for the answer any more."""

    host: Host
    product: Product
    scope: Scope
    credentials: Credentials
    cloud: Once[CloudChoice]
    installation: Once[Installation]
    network: Walks
    java_ways: Once[JavaWays]
    java_trust: Once[JavaTrust]
    sign_in: Once[SignIn]
    graph_calls: Once[tuple[Call, ...]]
    app_registration: Once[AppRegistration]
    tenant_hosts: Once[TenantHosts]
    resource_tokens: Mapping[Resource, Once[SignIn]]
    logs: Once[LogEvidence]
    settings: Once[ToldSettings]
    temp_folder: Once[TempFolder]
    account: Once[Account | None]
    cancel: threading.Event = field(default_factory=threading.Event)
    history: History | None = None  # None: of this computer nothing is kept
    second_look_s: float = 0.0  # how long after the first; 0: there is none


class Need(StrEnum):
    """What must be there before a check makes sense."""

    NETWORK = "network"  # skipped, as asked, with --offline
    CREDENTIALS = "credentials"  # tenant id, client id and a secret or certificate


@dataclass(frozen=True)
class Check(Generic[O]):
    """One check. `deadline_s` ends it; `observation` is the dataclass that observe returns."""

    id: str
    cause: CauseId
    needs: frozenset[Need]
    deadline_s: float
    observation: type[O]
    observe: Callable[[Context], O]
    judge: Callable[[O, Product], Finding]


def ok(text: str, **more: Any) -> Finding:
    """A finding that all is well."""
    return Finding(Outcome.OK, text, **more)


def warning(text: str, **more: Any) -> Finding:
    """A finding that deserves a look and need not be the cause."""
    return Finding(Outcome.WARNING, text, **more)


def problem(text: str, **more: Any) -> Finding:
    """A finding that explains a failing job."""
    return Finding(Outcome.PROBLEM, text, **more)


def could_not_check(text: str, **more: Any) -> Finding:
    """A finding that there is no answer, and why."""
    return Finding(Outcome.COULD_NOT_CHECK, text, **more)


def not_applicable(text: str, **more: Any) -> Finding:
    """A finding that the question doesn't arise here."""
    return Finding(Outcome.NOT_APPLICABLE, text, **more)
