# SPDX-License-Identifier: MIT
"""To which addresses a host name leads, asked of the system's resolver as the product does."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from wizard import failure_words
from wizard.graph import addresses
from wizard.graph.addresses import HTTPS_PORT, IPV4, IPV6, Address
from wizard.graph.deadline import Stopwatch, within
from wizard.host.deadline import Call, StillRunning


class NameFailure(StrEnum):
    """Why a name led nowhere."""

    NOT_FOUND = "not-found"
    SERVER_FAILURE = "server-failure"
    TIMEOUT = "timeout"
    NO_ADDRESS = "no-address"  # the name is known; only a name server tells this
    UNREACHABLE = "unreachable"  # no name server can be asked; only asking them tells this
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
_NAMES = {family: name for name, family in _FAMILIES.items()}
# How long a family is still waited for when programs have their answer already.
_GRACE_S = 0.2
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
NO_NAME = "no-name"
NO_ANSWER = "name"  # what it is called where no layer stands beside it


def look_up(host: str, seconds: float) -> Lookup:
    """Ask as programs do, and for each family on its own.

    The system's call knows no time-out, so waiting ends here. What programs get decides: of a
    name in the hosts file they never see the other family, for which the system would still ask
    a name server.
    """
    watch = Stopwatch()
    calls = {name: Call(partial(_family, host, name, seconds)) for name in _FAMILIES}
    got = _as_programs(host, seconds)
    families = tuple(_settled(name, call, got, watch) for name, call in calls.items())
    found = tuple(address for family in families for address in family.addresses)
    if found:
        return Lookup(host, found, None, "", watch.ms(), families)
    worse = next((family for family in families if _tells_more(family)), families[0])
    return Lookup(host, (), worse.failure, worse.detail, watch.ms(), families)


def _as_programs(host: str, seconds: float) -> tuple[Address, ...]:
    """What a program gets that asks for both families at once; nothing without an answer."""
    try:
        return within(seconds, partial(_ask, host, socket.AF_UNSPEC))
    except (OSError, UnicodeError):
        return ()


def _settled(
    name: str, call: Call[FamilyLookup], got: tuple[Address, ...], watch: Stopwatch
) -> FamilyLookup:
    """What the system said of a family, as far as programs get it."""
    own = tuple(address for address in got if address.family == name)
    try:
        said = call.wait(_GRACE_S if got else threading.TIMEOUT_MAX)
    except StillRunning:
        return FamilyLookup(name, own, None if own else NameFailure.NOT_FOUND, "", watch.ms())
    if got and not own and said.addresses:
        return replace(said, addresses=(), failure=NameFailure.NOT_FOUND)
    return said


def _tells_more(family: FamilyLookup) -> bool:
    """A time-out or a server's failure of one family outweighs "not found" of the other."""
    return family.failure not in (None, NameFailure.NOT_FOUND)


def _family(host: str, family: str, seconds: float) -> FamilyLookup:
    watch = Stopwatch()
    found: tuple[Address, ...] = ()
    failure, detail = None, ""
    try:
        found = within(seconds, partial(_ask, host, _FAMILIES[family]))
    except TimeoutError:
        failure, detail = NameFailure.TIMEOUT, f"{seconds:.0f} s"
    except socket.gaierror as error:
        failure, detail = _failure(error), _detail(error)
    except UnicodeError:
        failure, detail = NameFailure.OTHER, NO_NAME
    except OSError as error:
        failure, detail = NameFailure.OTHER, failure_words.of(error)
    return FamilyLookup(family, found, failure, detail, watch.ms())


def _ask(host: str, family: socket.AddressFamily) -> tuple[Address, ...]:
    answers = socket.getaddrinfo(host, HTTPS_PORT, family, socket.SOCK_STREAM)
    found = dict.fromkeys((str(answer[4][0]), answer[0]) for answer in answers)
    return tuple(addresses.read(text, _NAMES[which]) for text, which in found if which in _NAMES)


def reason_of(error: socket.gaierror) -> str:
    """Why a name leads nowhere, as details have it: an id of words.toml, the system's words."""
    failure = _failure(error)
    kind = NO_ANSWER if failure is NameFailure.NOT_FOUND else failure
    return f"{kind}: {_detail(error)}"


def _detail(error: socket.gaierror) -> str:
    """The system's words; Windows has but one sentence, and its number tells them apart."""
    if error.strerror == WINDOWS_WORDS:
        return f"Windows error {error.errno}"
    return error.strerror or ""


def _failure(error: socket.gaierror) -> NameFailure:
    if error.errno in _NOT_FOUND:
        return NameFailure.NOT_FOUND
    return NameFailure.SERVER_FAILURE if error.errno in _SERVER_FAILURE else NameFailure.OTHER
