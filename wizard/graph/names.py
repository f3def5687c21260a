# SPDX-License-Identifier: MIT
"""To which addresses a host name leads, asked of the system's resolver as the product does."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from wizard.graph import addresses
from wizard.graph.addresses import HTTPS_PORT, IPV4, IPV6, Address
from wizard.graph.deadline import Stopwatch, side_by_side, within


class NameFailure(StrEnum):
    """Why a name led nowhere."""

    NOT_FOUND = "not-found"
    SERVER_FAILURE = "server-failure"
    TIMEOUT = "timeout"
    OTHER = "other"


@dataclass(frozen=True)
class FamilyLookup:
    """What the resolver answered for one address family."""

    family: str
    addresses: tuple[Address, ...]
    failure: NameFailure | None
    detail: str
    duration_ms: float


@dataclass(frozen=True)
class Lookup:
    """What the resolver answered; `failure` only when there is no address of either family."""

    host: str
    addresses: tuple[Address, ...]
    failure: NameFailure | None
    detail: str
    duration_ms: float
    families: tuple[FamilyLookup, ...] = ()


_FAMILIES = {IPV4: socket.AF_INET, IPV6: socket.AF_INET6}
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


def look_up(host: str, seconds: float) -> Lookup:
    """Ask for both families at once; the system's call knows no time-out, so waiting ends here."""
    watch = Stopwatch()
    families = tuple(side_by_side([partial(_family, host, name, seconds) for name in _FAMILIES]))
    found = tuple(address for family in families for address in family.addresses)
    if found:
        return Lookup(host, found, None, "", watch.ms(), families)
    worse = next((family for family in families if _tells_more(family)), families[0])
    return Lookup(host, (), worse.failure, worse.detail, watch.ms(), families)


def _tells_more(family: FamilyLookup) -> bool:
    """A time-out or a server's failure of one family outweighs "not found" of the other."""
    return family.failure not in (None, NameFailure.NOT_FOUND)


def _family(host: str, family: str, seconds: float) -> FamilyLookup:
    watch = Stopwatch()
    found: tuple[Address, ...] = ()
    failure, detail = None, ""
    try:
        found = within(seconds, partial(_ask, host, family))
    except TimeoutError:
        failure, detail = NameFailure.TIMEOUT, f"{seconds:.0f} s"
    except socket.gaierror as error:
        failure, detail = _failure(error), _detail(error)
    except (OSError, UnicodeError) as error:
        failure, detail = NameFailure.OTHER, f"{type(error).__name__}: {error}"
    return FamilyLookup(family, found, failure, detail, watch.ms())


def _ask(host: str, family: str) -> tuple[Address, ...]:
    answers = socket.getaddrinfo(host, HTTPS_PORT, _FAMILIES[family], socket.SOCK_STREAM)
    found = dict.fromkeys(str(answer[4][0]) for answer in answers)
    return tuple(addresses.read(text, family) for text in found)


def _detail(error: socket.gaierror) -> str:
    if error.strerror == WINDOWS_WORDS:
        return f"Windows error {error.errno}"
    return f"{error.strerror} ({error.errno})"


def _failure(error: socket.gaierror) -> NameFailure:
    if error.errno in _NOT_FOUND:
        return NameFailure.NOT_FOUND
    return NameFailure.SERVER_FAILURE if error.errno in _SERVER_FAILURE else NameFailure.OTHER
