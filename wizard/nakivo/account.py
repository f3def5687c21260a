# SPDX-License-Identifier: MIT
"""Which account does the Transporter run as, whose rights and limits count in its folders?"""

from __future__ import annotations

from dataclasses import dataclass

from wizard.errors import CannotCheck
from wizard.host.base import Host
from wizard.nakivo import java, services
from wizard.nakivo.installation import Installation
from wizard.product import Product


@dataclass(frozen=True)
class Account:
    """An account and what names it. Only one of a running process was seen to be the one."""

    name: str
    source: str
    is_seen: bool


def runs_as(host: Host, product: Product, installation: Installation) -> Account | None:
    """The youngest Java Transporter's, else what its service is set to; None: nothing tells."""
    return _of_process(host, product, installation) or _of_service(host, product)


def _of_process(host: Host, product: Product, installation: Installation) -> Account | None:
    try:
        running = java.find(host, product, installation)
    except CannotCheck:
        return None
    started = sorted(running, key=java.start)
    youngest = started[-1] if started else None
    if youngest is None or youngest.account is None:
        return None
    return Account(youngest.account, f"process {youngest.pid}", is_seen=True)


def _of_service(host: Host, product: Product) -> Account | None:
    """A service that root starts gives its rights up for an account of its own on Linux."""
    try:
        service = services.transporter(host, product)
    except CannotCheck:
        return None
    if service is None:
        return None
    if host.facts().system == "linux" and service.account in (None, "root"):
        usual = product.facts.linux_transporter_user
        return Account(usual.value, product.said_by(usual), is_seen=False)
    if service.account is None:
        return None
    return Account(service.account, f"service {service.name}", is_seen=False)
