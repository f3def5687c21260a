# SPDX-License-Identifier: MIT
"""What do hosts show on the way that Java takes, where it is another than this program's?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography import x509

from wizard.graph import connections, encryption, names, network_data, words
from wizard.graph.addresses import with_port
from wizard.graph.deadline import Deadline
from wizard.graph.encryption import Encryption, Target
from wizard.graph.network_data import TrustFailure
from wizard.graph.network_walk import SHARE_OF_TIMEOUT
from wizard.graph.proxies import ProxyChoice, Route
from wizard.model import Scope


class Goal(Protocol):
    """A host that is walked to, and this program's way there."""

    @property
    def host(self) -> str:
        """Its name."""

    @property
    def port(self) -> int:
        """Its port."""

    @property
    def proxy(self) -> ProxyChoice:
        """The proxy that this program takes."""


@dataclass(frozen=True)
class Ways:
    """How Java gets anywhere: a way for each host, or the reason (in words) why it isn't known."""

    route: Callable[[str], Route]
    unknown: str = ""


@dataclass(frozen=True)
class Shown:
    """What one host shows to Java. `missed` says why there is nothing to look at."""

    way: str
    differs: bool
    encryption: Encryption | None = None
    sent: tuple[x509.Certificate, ...] = ()
    missed: str = ""


def begin(path: Goal, ways: Ways, scope: Scope) -> Shown:
    """Greet a host, when Java takes another way to it; the walk there need not be over.

    Raises:
        CannotCheck: what was given to verify with can't be read.
    """
    if ways.unknown:
        return Shown("", True, missed=ways.unknown)
    route = ways.route(path.host)
    way, known = told(route.choice), words.load()
    if route.choice.unusable:
        return Shown(way, True, missed=known.phrase.untried)
    if is_same(path.proxy, route.choice):
        return Shown(way, False)
    return _greeting(path, route, scope)


def is_same(ours: ProxyChoice, javas: ProxyChoice) -> bool:
    """Whether this program goes the way that Java takes."""
    if ours.blocked:
        return False
    return (ours.address, ours.signs_in) == (javas.address, javas.signs_in)


def _greeting(path: Goal, route: Route, scope: Scope) -> Shown:
    limits, way, known = network_data.load().limits, told(route.choice), words.load()
    given = (scope.timeout_s or limits.walk_s) * SHARE_OF_TIMEOUT
    deadline = Deadline(min(limits.walk_s, given))
    by_proxy = bool(route.choice.address)
    host, port = (route.choice.host, route.choice.port) if by_proxy else (path.host, path.port)
    found = names.look_up(host, deadline.left(limits.names_s))
    if found.failure:
        return Shown(way, True, missed=f"{host}: {words.told(known.name, found.failure)}")
    tried = connections.connect(host, port, found.addresses, deadline.left(limits.connection_s))
    if tried.best is None:
        failure = next(one.failure for one in tried.attempts if one.failure)
        return Shown(
            way, True, missed=f"{with_port(host, port)}: {words.told(known.connection, failure)}"
        )
    target = Target(route, tried.best, path.host, path.port)
    greeting = encryption.shake_hands(target, scope.ca_file, deadline.left(limits.encryption_s))
    shaken = greeting.encryption
    why = words.told(known.encryption, shaken.failure or TrustFailure.OTHER, shaken.detail)
    return Shown(way, True, shaken, greeting.sent, "" if greeting.sent else why)


def told(choice: ProxyChoice) -> str:
    """A way, in words."""
    known = words.load()
    if choice.unusable:
        return known.way[choice.unusable]
    if choice.address:
        return known.phrase.through.format(proxy=choice.address)
    return known.way["without-proxy"]


def where(choice: ProxyChoice, looked_at: str) -> str:
    """The place that names a way, in words; `looked_at` is where none was found."""
    known = words.load().phrase
    if choice.exception:
        return known.excepted_by.format(place=choice.source)
    if choice.source:
        return known.set_in.format(place=choice.source)
    return known.none_set.format(place=looked_at)
