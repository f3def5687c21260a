# SPDX-License-Identifier: MIT
"""HTTPS connections to the address that answers first.

The library tries one address after the other and waits for each as long as for all: where one of
them is dead, as with a broken IPv6, nothing would be left for those that work.
"""

from __future__ import annotations

import socket
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPSConnection
from urllib3.util.timeout import Timeout

from wizard.graph import addresses, names
from wizard.graph.addresses import Address
from wizard.graph.connections import Attempt, attempt
from wizard.graph.deadline import Deadline
from wizard.host.deadline import Call

MOST_S = 4.0  # for an address that isn't worth more; the library's own try comes after


def use(manager: PoolManager) -> None:
    """Let all encrypted connections of a manager be made so."""
    manager.pool_classes_by_scheme = {"http": HTTPConnectionPool, "https": _Pool}


def first_open(found: tuple[Address, ...], port: int, seconds: float) -> str | None:
    """The first address that lets itself be connected to; None when none does in time."""
    answers: SimpleQueue[Attempt] = SimpleQueue()
    for address in found:
        Call(partial(_report, address, port, seconds, answers))
    deadline = Deadline(seconds)
    for _ in found:
        try:
            answered = answers.get(timeout=deadline.left())
        except Empty:
            return None
        if answered.failure is None:
            return answered.address
    return None


def _report(address: Address, port: int, seconds: float, answers: SimpleQueue[Attempt]) -> None:
    answers.put(attempt(address, port, seconds))


class _Connection(HTTPSConnection):
    """Finds the quickest address where there are several, and leaves the rest to the library."""

    def _new_conn(self) -> socket.socket:
        name = self._dns_host
        self._dns_host = self._quickest(name) or name
        try:
            return super()._new_conn()
        finally:
            self._dns_host = name  # it is also the name that the certificate must have

    def _quickest(self, name: str) -> str | None:
        if addresses.is_address(name):
            return None
        seconds = min(MOST_S, Timeout.resolve_default_timeout(self.timeout) or MOST_S)
        found = names.look_up(name, seconds).addresses
        return first_open(found, self.port, seconds) if len(found) > 1 else None


class _Pool(HTTPSConnectionPool):
    """Makes such connections."""

    ConnectionCls: Any = _Connection
