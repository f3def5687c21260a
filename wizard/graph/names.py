# SPDX-License-Identifier: MIT
"""To which addresses a host name leads, asked of the system's resolver as the product does."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from wizard.graph.deadline import Stopwatch, side_by_side, within


class NameFailure(StrEnum):
    """Why a name led nowhere."""

    NOT_FOUND = "not-found"
    SERVER_FAILURE = "server-failure"
    TIMEOUT = "timeout"
    OTHER = "other"


class AddressScope(StrEnum):
    """Where an address can be reached from."""

    PUBLIC = "public"
    PRIVATE = "private"
    LOOPBACK = "loopback"
    NOWHERE = "nowhere"  # 0.0.0.0 and ::, what name filters answer


@dataclass(frozen=True)
class Address:
    """One address of a name."""

    address: str
    family: str  # "IPv4" or "IPv6"
    scope: AddressScope


@dataclass(frozen=True)
class Lookup:
    """What the resolver answered; `failure` only when there is no address of either family."""

    host: str
    addresses: tuple[Address, ...]
    failure: NameFailure | None
    detail: str
    duration_ms: float


_FAMILIES = {socket.AF_INET: "IPv4", socket.AF_INET6: "IPv6"}
# "No such name" and "a name, but no address of this family" differ by system; the second is no
# failure while the other family has one, and the first when neither has. 11004 is WSANO_DATA.
_NOT_FOUND = {
    getattr(socket, name)
    for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY")
    if hasattr(socket, name)
} | {11004}
_SERVER_FAILURE = {socket.EAI_AGAIN, socket.EAI_FAIL}
# All that Windows says, whatever went wrong; only its number tells one failure from another.
WINDOWS_WORDS = "getaddrinfo failed"


@dataclass(frozen=True)
class _Half:
    """The answer for one address family."""

    addresses: tuple[Address, ...] = ()
    failure: NameFailure | None = None
    detail: str = ""


def look_up(host: str, seconds: float) -> Lookup:
    """Ask for both families at once; the system's call knows no time-out, so waiting ends here."""
    watch = Stopwatch()
    four, six = side_by_side([partial(_half, host, family, seconds) for family in _FAMILIES])
    addresses = four.addresses + six.addresses
    worse = next((half for half in (four, six) if _tells_more(half)), four)
    if addresses:
        return Lookup(host, addresses, None, "", watch.ms())
    return Lookup(host, (), worse.failure, worse.detail, watch.ms())


def _tells_more(half: _Half) -> bool:
    """A time-out or a server's failure of one family outweighs "not found" of the other."""
    return half.failure not in (None, NameFailure.NOT_FOUND)


def _half(host: str, family: socket.AddressFamily, seconds: float) -> _Half:
    ask = partial(socket.getaddrinfo, host, 443, family, socket.SOCK_STREAM)
    try:
        answers = within(seconds, ask)
    except TimeoutError:
        return _Half(failure=NameFailure.TIMEOUT, detail=f"{seconds:.0f} s")
    except socket.gaierror as error:
        return _Half(failure=_failure(error), detail=_detail(error))
    except (OSError, UnicodeError) as error:
        return _Half(failure=NameFailure.OTHER, detail=f"{type(error).__name__}: {error}")
    found = dict.fromkeys(str(answer[4][0]) for answer in answers)
    return _Half(tuple(_address(text, _FAMILIES[family]) for text in found))


def _detail(error: socket.gaierror) -> str:
    if error.strerror == WINDOWS_WORDS:
        return f"Windows error {error.errno}"
    return f"{error.strerror} ({error.errno})"


def _failure(error: socket.gaierror) -> NameFailure:
    if error.errno in _NOT_FOUND:
        return NameFailure.NOT_FOUND
    return NameFailure.SERVER_FAILURE if error.errno in _SERVER_FAILURE else NameFailure.OTHER


def _address(text: str, family: str) -> Address:
    value = ipaddress.ip_address(text.partition("%")[0])
    if value.is_unspecified:
        scope = AddressScope.NOWHERE
    elif value.is_loopback:
        scope = AddressScope.LOOPBACK
    else:
        scope = AddressScope.PUBLIC if value.is_global else AddressScope.PRIVATE
    return Address(text, family, scope)
