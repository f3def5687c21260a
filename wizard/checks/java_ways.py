# SPDX-License-Identifier: MIT
"""Which way to a host does the Transporter's Java take: without a proxy, or through which one?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.checks.expert_setting import ToldProxy
from wizard.errors import CannotCheck
from wizard.graph import proxies
from wizard.graph.proxies import Route
from wizard.host.base import Host, ProxySetting, ProxyWriting, Service
from wizard.host.linux_namespaces import NETWORK
from wizard.nakivo import java, java_proxy, services
from wizard.nakivo.installation import Installation
from wizard.nakivo.java_proxy import JavaProxy
from wizard.nakivo.services import Role
from wizard.product import Product


@dataclass(frozen=True)
class ServiceProxies:
    """The Transporter's service and its proxies; None where there is none, or `why` not seen."""

    service: Service | None
    given: tuple[ProxySetting, ...] | None
    why: str = ""


@dataclass(frozen=True)
class JavaWays:
    """What decides Java's ways, or why that can't be seen: an id of words.toml's [way]."""

    source: str
    proxy: JavaProxy | None = None
    given: tuple[ProxySetting, ...] = ()
    unseen: str = ""
    detail: str = ""

    def route(self, host: str) -> Route:
        """Java asks no variables; of the system's settings it knows those that Windows shows."""
        if self.proxy is None:
            return proxies.pick((), host)
        if self.proxy.setting is not None:
            return proxies.pick((self.proxy.setting,), host)
        of_account = [one for one in self.given if one.writing is ProxyWriting.WINDOWS]
        return proxies.pick(of_account if self.proxy.by_system else (), host)

    def routes(self, hosts: Sequence[str]) -> tuple[Route, ...]:
        """The ways to several; none where they can't be seen."""
        return () if self.unseen else tuple(self.route(host) for host in hosts)


def of_service(host: Host, product: Product) -> ServiceProxies:
    """The Transporter's service, its proxies, and why they can't be seen."""
    try:
        found = services.find(host, product)
    except CannotCheck as error:
        return ServiceProxies(None, None, reason(error))
    service = next((one.service for one in found if one.role is Role.TRANSPORTER), None)
    if service is None:
        return ServiceProxies(None, None)
    try:
        return ServiceProxies(service, host.service_proxies(service))
    except CannotCheck as error:
        return ServiceProxies(service, None, reason(error))


def of_running(
    host: Host, product: Product, installation: Installation | None, service: ServiceProxies
) -> JavaWays:
    """Those of the youngest running Java Transporter."""
    try:
        running = java.find(host, product, installation)
        hidden = java.hidden(host)
    except CannotCheck as error:
        return JavaWays("", unseen="hidden", detail=reason(error))
    if not running:
        return JavaWays("", unseen="hidden" if hidden else "not-running")
    process = max(running, key=java.start)
    name = f"process {process.pid}"
    if NETWORK in process.apart:
        return JavaWays(name, unseen="elsewhere")
    found = java_proxy.of_process(process, host)
    if found is None:
        return JavaWays(name, unseen="hidden")
    if found.unseen:
        return JavaWays(name, unseen="unclear", detail=", ".join(found.unseen))
    if found.setting is None and found.by_system:
        return _by_system(name, found, service)
    return JavaWays(name, found, service.given or ())


def _by_system(name: str, found: JavaProxy, service: ServiceProxies) -> JavaWays:
    """Whether Java looks for a script, asks it, or takes the server depends on its version."""
    if service.given is None:
        return JavaWays(name, unseen="closed", detail=service.why)
    open_ones = [one.source for one in service.given if one.behind or not one.decides]
    if open_ones:
        return JavaWays(name, unseen="depends", detail=", ".join(open_ones))
    return JavaWays(name, found, service.given)


def of_setting(told: ToldProxy) -> JavaWays:
    """Those that an argument string names, for Java's next start."""
    return JavaWays(told.source, told.proxy)


def reason(error: CannotCheck) -> str:
    """Why, in the words of what refused it."""
    return str(error.values.get("reason", ""))
