# SPDX-License-Identifier: MIT
"""The way to Microsoft 365, layer by layer: name, connection, proxy, encryption, answer."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from urllib.parse import quote, urlsplit

from wizard.errors import CannotCheck
from wizard.graph import answer as answers
from wizard.graph import connections, encryption, names, network_data, proxies, tunnel
from wizard.graph.answer import Answer
from wizard.graph.clouds import Cloud
from wizard.graph.connections import Connections
from wizard.graph.deadline import Deadline, side_by_side
from wizard.graph.encryption import Encryption, Target
from wizard.graph.http import Http, NoAnswer
from wizard.graph.names import Lookup
from wizard.graph.network_data import Endpoint
from wizard.graph.proxies import ProxyChoice, Route
from wizard.graph.tunnel import Tunnel
from wizard.host.base import Host
from wizard.model import Scope

NO_TENANT = "common"
# A walk ends a little before the checks that wait for it would be given up.
SHARE_OF_TIMEOUT = 0.85


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

    @property
    def first_lookup(self) -> Lookup:
        """The name that must lead somewhere from here: the proxy's, or the endpoint's own."""
        return self.proxy_lookup or self.lookup

    @property
    def broken(self) -> Layer | None:
        """The first layer that failed; None when the answer came, whatever it says."""
        if self.proxy.blocked:
            return Layer.PROXY
        if self.first_lookup.failure:
            return Layer.NAME
        if not self.connections or self.connections.best is None:
            return Layer.CONNECTION
        if self.proxy.address and not (self.tunnel and self.tunnel.is_open):
            return Layer.PROXY
        if not self.encryption or self.encryption.failure:
            return Layer.ENCRYPTION
        return Layer.ANSWER if not self.answer or self.answer.broken else None


def walk(
    cloud: Cloud, scope: Scope, host: Host, cancel: threading.Event
) -> tuple[NetworkPath, ...]:
    """Walk to every endpoint at the same time."""
    endpoints = network_data.load().endpoints
    walks = [_Walk(cloud, scope, host, cancel, endpoint) for endpoint in endpoints]
    return tuple(side_by_side([one.go for one in walks]))


def route_to(scope: Scope, host: Host, url: str) -> Route:
    """The way that requests to an address take."""
    return proxies.choose(scope, host, urlsplit(url).hostname or "")


class _Walk:
    """One walk: each step needs the one before."""

    def __init__(
        self,
        cloud: Cloud,
        scope: Scope,
        host: Host,
        cancel: threading.Event,
        endpoint: Endpoint,
    ) -> None:
        base = str(getattr(cloud, endpoint.base))
        tenant = quote(scope.tenant_id or NO_TENANT, safe="")
        self.url = base + endpoint.path.replace("{tenant}", tenant)
        parts = urlsplit(base)
        self.host, self.port = parts.hostname or "", parts.port or 443
        self.endpoint, self.limits = endpoint, network_data.load().limits
        self.ca_file, self.cancel = scope.ca_file, cancel
        self.route = proxies.choose(scope, host, self.host)
        given = (scope.timeout_s or self.limits.walk_s) * SHARE_OF_TIMEOUT
        self.deadline = Deadline(min(self.limits.walk_s, given))

    def go(self) -> NetworkPath:
        """All layers, as far as they can be reached."""
        made = partial(
            NetworkPath, self.endpoint.id, self.url, self.host, self.port, self.route.choice
        )
        lookup, proxy_lookup = self._names()
        first = proxy_lookup or lookup
        if first.failure or self.route.choice.blocked:
            return made(lookup, proxy_lookup)
        tried = self._connect(first)
        if tried.best is None:
            return made(lookup, proxy_lookup, tried)
        asked = self._ask_proxy(tried.best)
        if asked and not asked.is_open:
            return made(lookup, proxy_lookup, tried, asked)
        shaken = self._shake_hands(tried.best)
        answer = None if shaken.failure else self._answer()
        return made(lookup, proxy_lookup, tried, asked, shaken, answer)

    def _seconds(self, at_most: float) -> float:
        if self.cancel.is_set():
            raise CannotCheck("error.stopped")
        return self.deadline.left(at_most)

    def _names(self) -> tuple[Lookup, Lookup | None]:
        seconds = self._seconds(self.limits.names_s)
        hosts = [self.host, self.route.choice.host] if self.route.choice.address else [self.host]
        found = side_by_side([partial(names.look_up, host, seconds) for host in hosts])
        return found[0], found[1] if len(found) > 1 else None

    def _connect(self, first: Lookup) -> Connections:
        port = self.route.choice.port if self.route.choice.address else self.port
        seconds = self._seconds(self.limits.connection_s)
        return connections.connect(first.host, port, first.addresses, seconds)

    def _ask_proxy(self, address: str) -> Tunnel | None:
        if not self.route.choice.address:
            return None
        seconds = self._seconds(self.limits.tunnel_s)
        return tunnel.ask(self.route, address, self.host, self.port, seconds)

    def _shake_hands(self, address: str) -> Encryption:
        target = Target(self.route, address, self.host, self.port)
        return encryption.shake_hands(target, self.ca_file, self._seconds(self.limits.encryption_s))

    def _answer(self) -> Answer:
        headers = {"Accept": "application/json"}
        with Http(self.route, self.ca_file) as http:
            try:
                reply = http.get(self.url, headers, self._seconds(self.limits.answer_s))
            except NoAnswer as error:
                return answers.none(self.url, error)
        return answers.read(reply, self.endpoint.expects)
