# SPDX-License-Identifier: MIT
"""Which way to Microsoft 365 does each one take: this program, the service, Java? Each is tried."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from urllib.parse import urlsplit

from wizard.checks import java_ways
from wizard.checks.base import Context
from wizard.checks.java_ways import JavaWays
from wizard.errors import CannotCheck
from wizard.graph import proxies, reach
from wizard.graph.addresses import HTTPS_PORT
from wizard.graph.network_data import load
from wizard.graph.proxies import ProxyChoice, Route
from wizard.graph.reach import Reach
from wizard.graph.tenant_hosts import Origin, TenantHosts
from wizard.host.base import ProxySetting
from wizard.host.deadline import Call, StillRunning

# Where this program looks; shown where none of them names a proxy.
_OF_PROGRAM = "--proxy, HTTPS_PROXY, system settings"
# Of the time that was given: first the tenant's own hosts are found out, then all ways are tried.
_SHARE_OF_HOSTS, _SHARE_OF_TIMEOUT = 0.3, 0.6


class Who(StrEnum):
    """Through whose eyes."""

    PROGRAM = "program"
    SYSTEM = "system"  # a setting that this program doesn't follow
    SERVICE = "service"
    JAVA = "java"
    SETTING = "setting"  # the argument string: what Java is told at its next start


@dataclass(frozen=True)
class Way:
    """The way to one host. `reach` is None where it can't be tried by this program."""

    host: str
    port: int
    choice: ProxyChoice
    reach: Reach | None = None

    @property
    def passed(self) -> bool:
        """Whether it was tried and leads there."""
        return self.reach is not None and self.reach.passed

    @property
    def failed(self) -> bool:
        """Whether it was tried and doesn't lead there."""
        return self.reach is not None and not self.reach.passed


@dataclass(frozen=True)
class View:
    """The ways of one, or why they can't be seen: `unseen` is an id of words.toml's [way]."""

    who: Who
    name: str  # of the process, service or place
    ways: tuple[Way, ...] = ()
    unseen: str = ""
    detail: str = ""
    user: str = ""  # the property that gives Java a user name for a proxy
    signs_in_plainly: bool = False  # Java's settings allow the method Basic


@dataclass(frozen=True)
class _Plan:
    """A view before its ways are tried; those that can't be seen have none."""

    view: View
    routes: tuple[Route, ...] = ()


def find(context: Context) -> tuple[View, ...]:
    """All views, each way tried once."""
    begun: dict[_Key, Call[Reach | None]] = {}
    early = [(goal.host, goal.port) for goal in context.network.early()]
    if early:
        _begin(context, early, begun)
    targets = _targets(context)
    plans = _begin(context, targets, begun)
    found = {key: call.wait(threading.TIMEOUT_MAX) for key, call in begun.items()}
    return tuple(
        replace(plan.view, ways=tuple(_ways(plan.routes, targets, found))) for plan in plans
    )


def _begin(
    context: Context, targets: Sequence[_Target], begun: dict[_Key, Call[Reach | None]]
) -> list[_Plan]:
    """Try all ways to these that nobody tries yet."""
    plans = list(_plans(context, [host for host, _ in targets]))
    for plan in plans:
        for route, target in zip(plan.routes, targets, strict=False):
            if _key(route, target) not in begun:
                tried = partial(_tried, route, *target, _seconds(context))
                begun[_key(route, target)] = Call(tried)
    return plans


_Target = tuple[str, int]
_Key = tuple[str | None, str | None, str | None, _Target]


def _targets(context: Context) -> list[_Target]:
    """All hosts that the chosen services need; the tenant's own as far as they are known."""
    needed = [one for one in load().endpoints if one.is_needed(context.scope.workloads)]
    cloud = context.cloud().cloud
    urls = [str(getattr(cloud, one.base)) for one in needed if not one.is_of_tenant]
    own = [one.base for one in needed if one.is_of_tenant]
    hosts = _hosts_of_tenant(context) if own else None
    urls += [str(getattr(hosts, base)) for base in own] if hosts else []
    parts = [urlsplit(url) for url in urls if url]
    return list(dict.fromkeys((one.hostname or "", one.port or HTTPS_PORT) for one in parts))


def _hosts_of_tenant(context: Context) -> TenantHosts | None:
    """None where they aren't known in time, or guessed: no way has to lead to a guess."""
    limit, given = load().limits.tenant_hosts_s, context.scope.timeout_s
    seconds = min(limit, given * _SHARE_OF_HOSTS) if given else limit
    try:
        found = Call(context.tenant_hosts).wait(seconds)
    except (CannotCheck, StillRunning):  # told by the check tenant_hosts
        return None
    return None if found.origin is Origin.TENANT_NAME else found


def _seconds(context: Context) -> float:
    limit = load().limits.tunnel_s
    return min(limit, (context.scope.timeout_s or limit) * _SHARE_OF_TIMEOUT)


def _key(route: Route, target: _Target) -> _Key:
    """The same way for several is tried once; another user may be let through."""
    password = route.password.reveal() if route.password else None
    return route.choice.address or route.choice.unusable, route.user, password, target


def _tried(route: Route, host: str, port: int, seconds: float) -> Reach | None:
    return None if route.choice.unusable else reach.reach(route, host, port, seconds)


def _ways(
    routes: Sequence[Route], targets: Sequence[_Target], found: dict[_Key, Reach | None]
) -> Iterator[Way]:
    for route, target in zip(routes, targets, strict=False):
        yield Way(*target, route.choice, found[_key(route, target)])


def _plans(context: Context, hosts: Sequence[str]) -> Iterator[_Plan]:
    own = tuple(proxies.choose(context.scope, context.host, host) for host in hosts)
    if any(route.choice.unreadable and not route.choice.address for route in own):
        yield _Plan(View(Who.PROGRAM, _OF_PROGRAM, unseen="closed"))
    else:
        yield _Plan(View(Who.PROGRAM, _OF_PROGRAM), own)
        yield from _of_system(context, hosts, {route.choice.source for route in own})
    service = java_ways.of_service(context.host, context.product)
    if service.service is not None:
        name = service.service.name
        if service.given is None:
            yield _Plan(View(Who.SERVICE, name, unseen="closed", detail=service.why))
        else:
            yield _Plan(View(Who.SERVICE, name), _picked(service.given, hosts))
    yield _of_java(Who.JAVA, context.java_ways(), hosts)
    for told in context.settings().proxies:
        yield _of_java(Who.SETTING, java_ways.of_setting(told), hosts)


def _of_java(who: Who, ways: JavaWays, hosts: Sequence[str]) -> _Plan:
    view = View(who, ways.source, unseen=ways.unseen, detail=ways.detail)
    if ways.proxy:
        plainly = ways.proxy.signs_in_plainly
        view = replace(view, user=ways.proxy.user, signs_in_plainly=plainly)
    return _Plan(view, ways.routes(hosts))


def _picked(places: Sequence[ProxySetting], hosts: Sequence[str]) -> tuple[Route, ...]:
    return tuple(proxies.pick(places, host) for host in hosts)


def _of_system(context: Context, hosts: Sequence[str], used: set[str]) -> Iterator[_Plan]:
    """Places that this program doesn't follow, but others may: services use WinHTTP's, if any."""
    try:
        places = context.host.proxies()
    except CannotCheck as error:
        yield _Plan(View(Who.SYSTEM, "", unseen="closed", detail=java_ways.reason(error)))
        return
    for place in places:
        routes = _picked((place,), hosts)
        named = {route.choice.source for route in routes} - {""}
        if named and not named & used:
            yield _Plan(View(Who.SYSTEM, place.source), routes)
