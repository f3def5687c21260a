# SPDX-License-Identifier: MIT
"""Would the Transporter's own Java believe the chains that were sent to this program?"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wizard.graph import java_list
from wizard.graph.certificates import Certificate
from wizard.graph.encryption import View
from wizard.graph.java_key_store import Format
from wizard.graph.java_list import JavaList
from wizard.graph.network_data import TrustFailure
from wizard.graph.network_path import Layer, NetworkPath
from wizard.host.base import Host
from wizard.nakivo.trust_store import Origin, TrustPlace

JAVA = "java"  # the name of its view, beside those of an Encryption
FILE = "FILE.cer"
ALIAS = "network-authority"


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
    command: str  # that adds an authority to it


@dataclass(frozen=True)
class Believed:
    """What each list says of one endpoint's chain; no views where no certificate was sent."""

    endpoint: str
    host: str
    port: int
    views: tuple[View, ...]
    top: Certificate | None
    broken: Layer | None

    def failure(self, store: str) -> TrustFailure | None:
        """Why a list doesn't believe it."""
        return next((view.failure for view in self.views if view.store == store), None)

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


def look(host: Host, place: TrustPlace, paths: Sequence[NetworkPath]) -> JavaTrust:
    """Read the list, and compare the chains of a walk with it.

    Raises:
        CannotCheck: the list can't be read here.
    """
    trusted = java_list.read(host, place)
    return JavaTrust(
        _store(host, place, trusted), tuple(_believed(path, trusted) for path in paths)
    )


def _store(host: Host, place: TrustPlace, trusted: JavaList) -> Store:
    return Store(
        place.path,
        place.origin,
        place.source,
        trusted.format,
        len(trusted.certificates),
        trusted.refused,
        trusted.closed,
        _command(host, place),
    )


def _command(host: Host, place: TrustPlace) -> str:
    """Shown, never run; asks for the password itself, so that none stands in a command line."""
    line = [place.keytool, "-importcert", "-alias", ALIAS, "-file", FILE, "-keystore", place.path]
    if host.facts().system == "windows":
        return " ".join(f'"{word}"' if " " in word else word for word in line)
    return shlex.join(line)


def _believed(path: NetworkPath, trusted: JavaList) -> Believed:
    views: tuple[View, ...] = ()
    if path.encryption and path.sent:
        found = trusted.judge(path.sent, path.host, datetime.now(UTC))
        views = (*path.encryption.views, View(JAVA, found.failure, found.detail))
    top = path.encryption.top if path.encryption else None
    broken = path.broken_by(Layer.ENCRYPTION)
    return Believed(path.endpoint, path.host, path.port, views, top, broken)
