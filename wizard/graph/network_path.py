# SPDX-License-Identifier: MIT
"""The way to Microsoft 365, layer by layer: name, connection, proxy, encryption, answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cryptography import x509

from wizard.graph.answer import Answer
from wizard.graph.connections import Connections
from wizard.graph.encryption import Encryption
from wizard.graph.name_servers import ServerAnswer
from wizard.graph.names import Lookup
from wizard.graph.proxies import ProxyChoice
from wizard.graph.tunnel import Tunnel
from wizard.model import Value

WALK_FAILED = "error.walk_failed"  # by a fault of this program; it matters more than the rest


class Layer(StrEnum):
    """The stations of a path, in order."""

    NAME = "name"
    CONNECTION = "connection"
    PROXY = "proxy"
    ENCRYPTION = "encryption"
    ANSWER = "answer"


@dataclass(frozen=True)
class NetworkPath:
    """What happened at each layer on the way to one endpoint; None: not reached."""

    endpoint: str
    url: str
    host: str
    port: int
    proxy: ProxyChoice
    lookup: Lookup
    proxy_lookup: Lookup | None = None
    connections: Connections | None = None
    tunnel: Tunnel | None = None
    encryption: Encryption | None = None
    answer: Answer | None = None
    servers: tuple[ServerAnswer, ...] = ()  # what each name server said of first_lookup's host
    servers_unknown: str = ""  # why no name server was asked
    sent: tuple[x509.Certificate, ...] = ()  # to compare with other lists of authorities
    is_guess: bool = False  # made from the tenant's name; may be nobody's host

    @property
    def first_lookup(self) -> Lookup:
        """The name that must lead somewhere from here: the proxy's, or the endpoint's own."""
        return self.proxy_lookup or self.lookup

    @property
    def broken(self) -> Layer | None:
        """The first layer that failed; None when the answer came, whatever it says."""
        return self.broken_by(Layer.ANSWER)

    def broken_by(self, last: Layer) -> Layer | None:
        """The first layer that failed, up to this one: what comes after need not be known yet."""
        if self.proxy.blocked:
            return Layer.PROXY if _is_by(Layer.PROXY, last) else None
        failed = {
            Layer.NAME: bool(self.first_lookup.failure),
            Layer.CONNECTION: not self.connections or self.connections.best is None,
            Layer.PROXY: bool(self.proxy.address and not (self.tunnel and self.tunnel.is_open)),
            Layer.ENCRYPTION: not self.encryption or bool(self.encryption.failure),
            Layer.ANSWER: not self.answer or bool(self.answer.broken),
        }
        return next((layer for layer in Layer if failed[layer] and _is_by(layer, last)), None)


@dataclass(frozen=True)
class LeftOut:
    """An endpoint to which nobody walked to the end, and why: a text id and its values."""

    endpoint: str
    reason: str
    values: Mapping[str, Value]


def _is_by(layer: Layer, last: Layer) -> bool:
    order = tuple(Layer)
    return order.index(layer) <= order.index(last)
