# SPDX-License-Identifier: MIT
"""Which way to Microsoft 365 does each one take: this program, the service, Java? Each is tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from urllib.parse import urlsplit

from wizard.checks.base import Context
from wizard.errors import CannotCheck
from wizard.graph import network_data, proxies, reach
from wizard.graph.deadline import side_by_side
from wizard.graph.proxies import ProxyChoice, Route
from wizard.graph.reach import Reach
from wizard.host.base import ProxySetting, ProxyWriting, Service
from wizard.nakivo import java, java_proxy, services
from wizard.nakivo.installation import Installation
from wizard.nakivo.java_proxy import JavaProxy
from wizard.nakivo.services import Role

# Where this program looks; shown where none of them names a proxy.
_OF_PROGRAM = "--proxy, HTTPS_PROXY, system settings"
_SHARE_OF_TIMEOUT = 0.6  # names and connections are tried one after the other


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


@dataclass(frozen=True)
class _Plan:
    """A view before its ways are tried; those that can't be seen have none."""

    view: View
    routes: tuple[Route, ...] = ()


def find(context: Context) -> tuple[View, ...]:
    """All views, each way tried once."""
    targets = _targets(context)
    plans = list(_plans(context, [host for host, _ in targets]))
    wanted = {
        _key(route, target): partial(_tried, route, *target, _seconds(context))
        for plan in plans
        for route, target in zip(plan.routes, targets, strict=False)
    }
    found = dict(zip(wanted, side_by_side(list(wanted.values())), strict=True))
    return tuple(
        replace(plan.view, ways=tuple(_ways(plan.routes, targets, found))) for plan in plans
    )


_Target = tuple[str, int]
_Key = tuple[str | None, str | None, str | None, _Target]


def _targets(context: Context) -> list[_Target]:
    """The hosts that every Microsoft 365 job needs."""
    cloud = context.cloud().cloud
    parts = [urlsplit(url) for url in (cloud.authority, cloud.graph)]
    return list(dict.fromkeys((one.hostname or "", one.port or 443) for one in parts))


def _seconds(context: Context) -> float:
    limit = network_data.load().limits.tunnel_s
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
    service, given, why = _service(context)
    if service is not None:
        if given is None:
            yield _Plan(View(Who.SERVICE, service.name, unseen="closed", detail=why))
        else:
            yield _Plan(View(Who.SERVICE, service.name), _picked(given, hosts))
    yield _of_java(context, hosts, given, why)
    for told in context.settings().proxies:
        yield _Plan(View(Who.SETTING, told.source), _by_java(told.proxy, hosts, ()))


def _picked(places: Sequence[ProxySetting], hosts: Sequence[str]) -> tuple[Route, ...]:
    return tuple(proxies.pick(places, host) for host in hosts)


def _of_system(context: Context, hosts: Sequence[str], used: set[str]) -> Iterator[_Plan]:
    """Places that this program doesn't follow, but others may: services use WinHTTP's, if any."""
    try:
        places = context.host.proxies()
    except CannotCheck as error:
        yield _Plan(View(Who.SYSTEM, "", unseen="closed", detail=_reason(error)))
        return
    for place in places:
        routes = _picked((place,), hosts)
        named = {route.choice.source for route in routes} - {""}
        if named and not named & used:
            yield _Plan(View(Who.SYSTEM, place.source), routes)


def _service(
    context: Context,
) -> tuple[Service | None, tuple[ProxySetting, ...] | None, str]:
    """The Transporter's service, its proxies, and why they can't be seen."""
    try:
        found = services.find(context.host, context.product)
    except CannotCheck as error:
        return None, None, _reason(error)
    service = next((one.service for one in found if one.role is Role.TRANSPORTER), None)
    if service is None:
        return None, None, ""
    try:
        return service, context.host.service_proxies(service), ""
    except CannotCheck as error:
        return service, None, _reason(error)


def _of_java(
    context: Context, hosts: Sequence[str], given: tuple[ProxySetting, ...] | None, why: str
) -> _Plan:
    try:
        running = java.find(context.host, context.product, _installation(context))
        hidden = java.hidden(context.host)
    except CannotCheck as error:
        return _Plan(View(Who.JAVA, "", unseen="hidden", detail=_reason(error)))
    if not running:
        return _Plan(View(Who.JAVA, "", unseen="hidden" if hidden else "not-running"))
    process = max(running, key=java.start)
    name = f"process {process.pid}"
    found = java_proxy.of_process(process, context.host)
    if found is None:
        return _Plan(View(Who.JAVA, name, unseen="hidden"))
    if found.unseen:
        return _Plan(View(Who.JAVA, name, unseen="unclear", detail=", ".join(found.unseen)))
    if found.setting is None and found.by_system and given is None:
        return _Plan(View(Who.JAVA, name, unseen="closed", detail=why))
    return _Plan(View(Who.JAVA, name), _by_java(found, hosts, given or ()))


def _installation(context: Context) -> Installation | None:
    try:
        return context.installation()
    except CannotCheck:
        return None


def _by_java(
    found: JavaProxy, hosts: Sequence[str], given: Sequence[ProxySetting]
) -> tuple[Route, ...]:
    """Java asks no variables; of the system's settings it knows those that Windows shows."""
    if found.setting is not None:
        return _picked((found.setting,), hosts)
    of_account = [place for place in given if place.writing is ProxyWriting.WINDOWS]
    return _picked(of_account if found.by_system else (), hosts)


def _reason(error: CannotCheck) -> str:
    return str(error.values.get("reason", ""))
