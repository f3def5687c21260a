# SPDX-License-Identifier: MIT
"""Walking to all endpoints at the same time; each layer is told as soon as all have passed it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlsplit

from wizard.errors import CannotCheck
from wizard.graph import network_data, proxies, tenant_hosts
from wizard.graph.clouds import Cloud
from wizard.graph.network_data import Endpoint
from wizard.graph.network_path import Layer, LeftOut, NetworkPath
from wizard.graph.network_walk import Base, FindBase, NobodyKnows, Walk
from wizard.graph.proxies import Route
from wizard.graph.tenant_hosts import Origin, TenantHosts
from wizard.host.base import Host
from wizard.host.deadline import Call, StillRunning
from wizard.model import Scope


def route_to(scope: Scope, host: Host, url: str) -> Route:
    """The way that requests to an address take."""
    return proxies.choose(scope, host, urlsplit(url).hostname or "")


class Walks:
    """The walks of one run, begun by the first that asks.

    `find_cloud` may have to ask for it first, within its own seconds; `ask_graph` tells the host of
    the tenant's SharePoint, or raises CannotCheck.
    """

    def __init__(
        self,
        find_cloud: Callable[[], Cloud],
        scope: Scope,
        host: Host,
        cancel: threading.Event,
        ask_graph: Callable[[], str],
    ) -> None:
        self._find_cloud, self._scope, self._host = find_cloud, scope, host
        self._cancel, self._ask_graph = cancel, ask_graph
        self._lock = threading.Lock()
        self._walks: Sequence[Walk] | None = None

    def __call__(self, last: Layer = Layer.ANSWER) -> tuple[NetworkPath, ...]:
        """The paths once all have passed this layer or broken before it."""
        found = [walk.path(last) for walk in self._begun()]
        return tuple(path for path in found if path)

    @property
    def are_begun(self) -> bool:
        """Whether anybody has asked yet."""
        return self._walks is not None

    def left_out(self) -> tuple[LeftOut, ...]:
        """The endpoints whose host isn't known."""
        found = [walk.left_out() for walk in self._begun()]
        return tuple(left for left in found if left)

    def _begun(self) -> Sequence[Walk]:
        with self._lock:
            if self._walks is None:
                self._walks = self._begin()
        return self._walks

    def _begin(self) -> Sequence[Walk]:
        wanted = [
            endpoint
            for endpoint in network_data.load().endpoints
            if endpoint.is_needed(self._scope.workloads)
        ]
        asked = any(endpoint.is_of_tenant for endpoint in wanted)
        hosts = Call(self._find_hosts) if asked else None
        return [
            Walk(self._scope, self._host, self._cancel, endpoint, self._base(endpoint, hosts))
            for endpoint in wanted
        ]

    def _find_hosts(self) -> TenantHosts:
        return tenant_hosts.find(self._find_cloud(), self._scope, self._ask_graph)

    def _base(self, endpoint: Endpoint, hosts: Call[TenantHosts] | None) -> FindBase:
        if hosts is not None and endpoint.is_of_tenant:
            return partial(_base_of_tenant, endpoint.base, hosts)
        return lambda _seconds: Base(str(getattr(self._find_cloud(), endpoint.base)))


def _base_of_tenant(name: str, hosts: Call[TenantHosts], seconds: float) -> Base:
    try:
        found = hosts.wait(seconds)
    except StillRunning:
        raise NobodyKnows("sharepoint_host.late", seconds=round(seconds, 1)) from None
    except CannotCheck as error:
        raise NobodyKnows(error.text, **error.values) from None
    url = str(getattr(found, name))
    if not url:
        raise NobodyKnows("sharepoint_host.not_in_cloud_file", key=name)
    return Base(url, is_guess=found.origin is Origin.TENANT_NAME)
