# SPDX-License-Identifier: MIT
"""Whether a TCP connection to each address of a host comes about, and how long it takes."""

from __future__ import annotations

import errno
import socket
import sys
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from ipaddress import ip_address

from wizard import failure_words
from wizard.graph.addresses import IPV6, Address
from wizard.graph.deadline import Stopwatch, side_by_side


class ConnectFailure(StrEnum):
    """Why a connection did not come about; refused, dropped and reset are different faults."""

    REFUSED = "refused"
    TIMEOUT = "timeout"
    RESET = "reset"
    UNREACHABLE = "unreachable"  # so it was told on the way, or no gateway took it
    NO_ROUTE = "no-route"  # this computer knows no way there
    CLOSED_ROUTE = "closed-route"  # a route of this computer lets nothing pass
    BLOCKED = "blocked"  # by this computer itself: a local firewall
    OTHER = "other"


@dataclass(frozen=True)
class Attempt:
    """One connection to one address."""

    address: str
    family: str
    failure: ConnectFailure | None
    detail: str
    duration_ms: float
    own_address: str = ""  # of this computer on the way there; empty where there is no way

    @property
    def reason(self) -> str:
        """Why it failed, as details have it: the failure's id, the system's words behind it."""
        return _joined(self.failure, self.detail)


@dataclass(frozen=True)
class Connections:
    """The attempts to all addresses of a host."""

    host: str
    port: int
    attempts: tuple[Attempt, ...]

    @property
    def best(self) -> str | None:
        """The address that answered first, None when none did."""
        return self._quickest.address if self._quickest else None

    @property
    def quickest_ms(self) -> float:
        """How long the first answer took; 0 when there was none."""
        return self._quickest.duration_ms if self._quickest else 0.0

    @property
    def _quickest(self) -> Attempt | None:
        open_ones = [attempt for attempt in self.attempts if attempt.failure is None]
        return min(open_ones, key=lambda attempt: attempt.duration_ms, default=None)


_BY_NUMBER = {
    errno.ECONNREFUSED: ConnectFailure.REFUSED,
    errno.ECONNRESET: ConnectFailure.RESET,
    errno.ECONNABORTED: ConnectFailure.RESET,
    errno.ETIMEDOUT: ConnectFailure.TIMEOUT,
    errno.ENETUNREACH: ConnectFailure.UNREACHABLE,
    errno.EHOSTUNREACH: ConnectFailure.UNREACHABLE,
    errno.EADDRNOTAVAIL: ConnectFailure.UNREACHABLE,
    errno.EAFNOSUPPORT: ConnectFailure.UNREACHABLE,
    errno.EACCES: ConnectFailure.BLOCKED,
    errno.EPERM: ConnectFailure.BLOCKED,
    # Windows' own numbers, for a Python that doesn't translate them.
    10013: ConnectFailure.BLOCKED,
    10049: ConnectFailure.UNREACHABLE,
    10051: ConnectFailure.UNREACHABLE,
    10053: ConnectFailure.RESET,
    10054: ConnectFailure.RESET,
    10060: ConnectFailure.TIMEOUT,
    10061: ConnectFailure.REFUSED,
    10065: ConnectFailure.UNREACHABLE,
}


class ClosedBy(StrEnum):
    """Kinds of routes that lead nowhere on purpose: details of a CLOSED_ROUTE."""

    BLACKHOLE = "blackhole"
    PROHIBIT = "prohibit"
    REJECT = "reject"


# What Linux says of them. SOURCE: the manual page ip-route(8), whose word for the last is
# unreachable.
_CLOSED = (
    {
        errno.EINVAL: ClosedBy.BLACKHOLE,
        errno.EACCES: ClosedBy.PROHIBIT,
        errno.EHOSTUNREACH: ClosedBy.REJECT,
    }
    if sys.platform == "linux"
    else {}
)


@dataclass(frozen=True)
class _Route:
    """What the system would send from, or why it wouldn't send at all."""

    own_address: str = ""
    failure: ConnectFailure | None = None
    detail: str = ""


def connect(host: str, port: int, addresses: tuple[Address, ...], seconds: float) -> Connections:
    """Try all addresses at the same time, and close what opens."""
    calls = [partial(attempt, address, port, seconds) for address in addresses]
    return Connections(host, port, tuple(side_by_side(calls)))


def attempt(address: Address, port: int, seconds: float) -> Attempt:
    """One connection, closed as soon as it is open."""
    route = _route(address, port)
    watch = Stopwatch()
    try:
        with socket.create_connection((address.address, port), timeout=seconds):
            return Attempt(address.address, address.family, None, "", watch.ms(), route.own_address)
    except OSError as error:
        failure, detail = failure_of(error)
        if route.failure:
            failure, detail = route.failure, route.detail
        return Attempt(
            address.address, address.family, failure, detail, watch.ms(), route.own_address
        )


def _route(address: Address, port: int) -> _Route:
    """What the system's own routes say; choosing one for UDP sends nothing."""
    family = socket.AF_INET6 if address.family == IPV6 else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            # Else a broadcast address would look like a route that forbids.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            sock.connect((address.address, port))
            return _Route(str(sock.getsockname()[0]))
    except OSError as error:
        return _no_route(error, address)


def closed_by(error: OSError) -> ClosedBy | None:
    """The kind of the route that keeps a packet from being sent at all, where one does."""
    return _CLOSED.get(error.errno or 0)


def _no_route(error: OSError, address: Address) -> _Route:
    kind = closed_by(error)
    if kind and not ip_address(address.address).is_link_local:  # that needs an adapter's name
        return _Route(failure=ConnectFailure.CLOSED_ROUTE, detail=kind)
    failure, words = failure_of(error)
    if failure is ConnectFailure.UNREACHABLE:
        return _Route(failure=ConnectFailure.NO_ROUTE, detail=words)
    return _Route()


def failure_of(error: OSError) -> tuple[ConnectFailure, str]:
    """What a failed socket call means, and the system's own words for it, if any."""
    if isinstance(error, TimeoutError):
        return ConnectFailure.TIMEOUT, error.strerror or ""
    words = failure_words.of(error)
    return _BY_NUMBER.get(error.errno or 0, ConnectFailure.OTHER), words


def reason_of(error: OSError) -> str:
    """Why a socket call failed, as details have it."""
    return _joined(*failure_of(error))


def _joined(failure: ConnectFailure | None, words: str) -> str:
    return ": ".join(part for part in (failure, words) if part)
