# SPDX-License-Identifier: MIT
"""Walking to all endpoints at the same time; each layer is told as soon as all have passed it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from wizard.errors import CannotCheck
from wizard.graph import network_data, proxies, tenant_hosts
from wizard.graph.addresses import HTTPS_PORT
from wizard.graph.clouds import Cloud
from wizard.graph.deadline import Stopwatch
from wizard.graph.network_data import Endpoint
from wizard.graph.network_path import Layer, LeftOut, NetworkPath
from wizard.graph.network_walk import Base, FindBase, NobodyKnows, Walk
from wizard.graph.proxies import ProxyChoice, Route
from wizard.graph.tenant_hosts import Origin, TenantHosts
from wizard.host.base import Host
from wizard.host.deadline import Call, StillRunning
from wizard.model import Scope


def route_to(scope: Scope, host: Host, url: str) -> Route:
    """The way that requests to an address take."""
    return proxies.choose(scope, host, urlsplit(url).hostname or "")


@dataclass(frozen=True)
class Early:
    """A host that is most likely walked to, before the tenant's cloud is known for certain."""

    host: str
    port: int
    proxy: ProxyChoice


class Walks:
    """The walks of one run, begun by the first that asks.

    `find_cloud` may have to ask for it first: meanwhile the hosts of `guess` are walked to already.
    `ask_graph` tells the host of the tenant's SharePoint, or raises CannotCheck.
    """

    def __init__(
        self,
        find_cloud: Callable[[], Cloud],
        scope: Scope,
        host: Host,
        cancel: threading.Event,
        ask_graph: Callable[[], str],
        *,
        guess: Cloud | None = None,
    ) -> None:
        self._guess = guess
        self._find_cloud, self._scope, self._host = find_cloud, scope, host
        self._cancel, self._ask_graph = cancel, ask_graph
        self._lock = threading.Lock()
        self._walks: Sequence[Walk] | None = None

    def __call__(self, last: Layer = Layer.ANSWER) -> tuple[NetworkPath, ...]:
        """The paths once all have passed this layer or broken before it.

        Raises:
            CannotCheck: the run was stopped, or there is no path at all.
        """
        found = [walk.path(last) for walk in self._begun()]
        paths = tuple(path for path in found if path)
        left = self.left_out() if not paths else ()
        if left:
            raise CannotCheck(left[0].reason, **left[0].values)
        return paths

    def early(self) -> tuple[Early, ...]:
        """The hosts that all tenants of the likeliest cloud share; none where that is certain."""
        if self._guess is None or not self._scope.tenant_id:
            return ()
        bases = (getattr(self._guess, one.base) for one in self._wanted() if not one.is_of_tenant)
        return tuple(self._early(str(base)) for base in bases)

    def _early(self, base: str) -> Early:
        parts = urlsplit(base)
        route = route_to(self._scope, self._host, base)
        return Early(parts.hostname or "", parts.port or HTTPS_PORT, route.choice)

    @property
    def are_begun(self) -> bool:
        """Whether anybody has asked yet."""
        return self._walks is not None

    def left_out(self) -> tuple[LeftOut, ...]:
        """The endpoints to which nobody walked to the end, and why."""
        found = [walk.left_out() for walk in self._begun()]
        return tuple(left for left in found if left)

    def _begun(self) -> Sequence[Walk]:
        with self._lock:
            if self._walks is None:
                self._walks = self._begin()
        return self._walks

    def _wanted(self) -> list[Endpoint]:
        endpoints = network_data.load().endpoints
        return [one for one in endpoints if one.is_needed(self._scope.workloads)]

    def _begin(self) -> Sequence[Walk]:
        wanted, watch, guessed = self._wanted(), Stopwatch(), self._guess
        early: dict[str, Walk] = {}
        own: dict[str, Walk] = {}
        if guessed:
            early = self._walks_to(guessed, wanted)
            own = self._walks_to_tenant(guessed, wanted, 0.0)
        cloud = self._find_cloud()
        spent_s = watch.ms() / 1000
        begun = early if cloud == guessed else self._walks_to(cloud, wanted, spent_s)
        # A host that was given is the tenant's in whatever cloud.
        if cloud != guessed and not (guessed and self._scope.sharepoint_host):
            own = self._walks_to_tenant(cloud, wanted, spent_s)
        walks = {**begun, **own}
        return [walks[endpoint.id] for endpoint in wanted]

    def _walks_to(
        self, cloud: Cloud, wanted: Sequence[Endpoint], spent_s: float = 0.0
    ) -> dict[str, Walk]:
        """The walks to the hosts that all tenants of a cloud share."""
        bases = {one: Base(str(getattr(cloud, one.base))) for one in wanted if not one.is_of_tenant}
        return {one.id: self._walk(one, _known(base), spent_s) for one, base in bases.items()}

    def _walks_to_tenant(
        self, cloud: Cloud, wanted: Sequence[Endpoint], spent_s: float
    ) -> dict[str, Walk]:
        """The walks to the tenant's own hosts, which are found out meanwhile."""
        own = [one for one in wanted if one.is_of_tenant]
        if not own:
            return {}
        hosts = Call(partial(tenant_hosts.find, cloud, self._scope, self._ask_graph))
        find = {one: partial(_base_of_tenant, one.base, hosts) for one in own}
        return {one.id: self._walk(one, find[one], spent_s) for one in own}

    def _walk(self, endpoint: Endpoint, find_base: FindBase, spent_s: float) -> Walk:
        return Walk(self._scope, self._host, self._cancel, endpoint, find_base, spent_s=spent_s)


def _known(base: Base) -> FindBase:
    return lambda _seconds: base


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
