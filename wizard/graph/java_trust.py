# SPDX-License-Identifier: MIT
"""Would the Transporter's own Java believe the chains that it is shown on the way that it takes?"""

from __future__ import annotations

import shlex
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from wizard.graph import java_list, java_way
from wizard.graph.certificates import Certificate
from wizard.graph.encryption import View
from wizard.graph.java_key_store import Format
from wizard.graph.java_list import JavaList
from wizard.graph.java_way import Goal, Shown, Ways
from wizard.graph.network_data import TrustFailure
from wizard.graph.network_path import Layer, NetworkPath
from wizard.host.base import Host
from wizard.host.deadline import Call
from wizard.model import Scope
from wizard.nakivo.trust_store import Origin, TrustPlace

JAVA = "java"  # the name of its view, beside those of an Encryption
FILE = "FILE.cer"
_ALIAS_DIGITS = 12  # of the fingerprint: two authorities need two names in a list

Walked = Callable[[Layer], Sequence[NetworkPath]]


@dataclass(frozen=True)
class Store:
    """Java's list as it was found; without its password."""

    path: str
    origin: Origin
    source: str
    format: Format | None
    count: int
    refused: bool
    closed: bool
    changed: datetime | None = None
    started: datetime | None = None  # the Java that read it
    seen_at: str = ""  # where this program found it, if elsewhere than Java

    @property
    def is_newer(self) -> bool:
        """Whether it was changed after Java read it, which Java does once."""
        return bool(self.changed and self.started and self.changed > self.started)


@dataclass(frozen=True)
class Believed:
    """What each list says of one endpoint's chain; no views where no certificate was sent.

    The chain is the one that is sent on Java's own way. Where that `differs` from this program's,
    `missed` says why nothing was sent on it.
    """

    endpoint: str
    host: str
    port: int
    views: tuple[View, ...]
    top: Certificate | None
    broken: Layer | None
    way: str = ""
    differs: bool = False
    missed: str = ""
    command: str = ""  # that adds the authority to Java's list

    def failure(self, store: str) -> TrustFailure | None:
        """Why a list doesn't believe it."""
        return next((view.failure for view in self.views if view.store == store), None)

    def was_asked(self, store: str) -> bool:
        """Whether there was such a list to ask."""
        return any(view.store == store for view in self.views)

    def believes(self, store: str) -> bool:
        """Whether a list was asked, and trusts it."""
        return any(view.store == store and view.failure is None for view in self.views)

    def detail(self, store: str) -> str:
        """What exactly a list objects to."""
        return next((view.detail for view in self.views if view.store == store), "")

    @property
    def authority(self) -> str:
        """Who must be trusted: the highest that was sent, or who made the only one sent."""
        if self.top is None:
            return "-"
        return self.top.issuer if self.top.names else self.top.subject


@dataclass(frozen=True)
class JavaTrust:
    """Java's list, and what it says of all endpoints."""

    store: Store
    endpoints: tuple[Believed, ...]
    own_cloud: bool = False  # which may have an authority of its own


def look(
    host: Host,
    place: TrustPlace,
    walked: Walked,
    ways: Ways,
    scope: Scope,
    *,
    early: Sequence[Goal] = (),
) -> JavaTrust:
    """Read the list, and compare with it the chains that are sent on Java's ways.

    The ways to the `early` ones are gone at once, before it is known which hosts are walked to.

    Raises:
        CannotCheck: the list can't be read here.
    """
    trusted = java_list.read(host, place)
    # Beside the walk, which takes its time where packets are dropped.
    begun = {_place(goal): Call(partial(java_way.begin, goal, ways, scope)) for goal in early}
    found = walked(Layer.NAME)
    for path in found:
        if _place(path) not in begun:
            begun[_place(path)] = Call(partial(java_way.begin, path, ways, scope))
    by_endpoint = {path.endpoint: begun[_place(path)].wait(threading.TIMEOUT_MAX) for path in found}
    seen = (
        _believed(path, by_endpoint[path.endpoint], trusted, partial(command, host, place))
        for path in walked(Layer.ENCRYPTION)
    )
    return JavaTrust(_store(place, trusted), tuple(seen))


def _place(goal: Goal) -> tuple[str, int]:
    return goal.host, goal.port


def _store(place: TrustPlace, trusted: JavaList) -> Store:
    return Store(
        place.path,
        place.origin,
        place.source,
        trusted.format,
        len(trusted.certificates),
        trusted.refused,
        trusted.closed,
        place.changed,
        place.started,
        "" if place.seen_at == place.path else place.seen_at,
    )


def command(host: Host, place: TrustPlace, top: Certificate) -> str:
    """Shown, never run; asks for the password itself, so that none stands in a command line."""
    alias = f"network-authority-{top.sha256[:_ALIAS_DIGITS]}"
    line = [place.keytool, "-importcert", "-alias", alias, "-file", FILE, "-keystore", place.path]
    if host.facts().system == "windows":
        return " ".join(f'"{word}"' if " " in word else word for word in line)
    return shlex.join(line)


def _believed(
    path: NetworkPath, shown: Shown, trusted: JavaList, command_for: Callable[[Certificate], str]
) -> Believed:
    made, sent = (shown.encryption, shown.sent) if shown.differs else (path.encryption, path.sent)
    views: tuple[View, ...] = ()
    if made and sent:
        found = trusted.judge(sent, path.host, datetime.now(UTC))
        views = (*made.views, View(JAVA, found.failure, found.detail))
    top = made.top if made else None
    return Believed(
        path.endpoint,
        path.host,
        path.port,
        views,
        top,
        None if shown.differs else path.broken_by(Layer.ENCRYPTION),
        shown.way,
        shown.differs,
        shown.missed,
        command_for(top) if top else "",
    )
