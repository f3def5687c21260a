# SPDX-License-Identifier: MIT
"""Which system services belong to the product, and what is each for?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wizard.host.base import Host, Service
from wizard.host.windows_programs import executable
from wizard.product import Product


class Role(StrEnum):
    """The two parts of the product that run as services."""

    TRANSPORTER = "transporter"
    DIRECTOR = "director"


@dataclass(frozen=True)
class ProductService:
    """A service of the product."""

    role: Role
    service: Service


def find(host: Host, product: Product) -> tuple[ProductService, ...]:
    """The Transporter and Director services; CannotCheck when services can't be listed."""
    known = [(role_of(service, host, product), service) for service in host.services()]
    return tuple(ProductService(role, service) for role, service in known if role is not None)


def transporter(host: Host, product: Product) -> Service | None:
    """The one Transporter service; None where there is none, or several that can't be told apart.

    Raises:
        CannotCheck: services can't be listed.
    """
    found = [one.service for one in find(host, product) if one.role is Role.TRANSPORTER]
    return found[0] if len(found) == 1 else None


def is_vendors(service: Service, product: Product) -> bool:
    """Whether a service is the vendor's: by unit name, display name or path."""
    facts = product.facts
    if service.name in (facts.linux_transporter_unit.value, facts.linux_director_unit.value):
        return True
    word = facts.vendor_word.value.lower()
    command = (service.command or "").lower()
    return service.display_name.lower().startswith(word) or word in command


def role_of(service: Service, host: Host, product: Product) -> Role | None:
    """What a service of the vendor's is for; None for others' and for its helper services."""
    facts = product.facts
    by_unit = {
        facts.linux_transporter_unit.value: Role.TRANSPORTER,
        facts.linux_director_unit.value: Role.DIRECTOR,
    }
    if service.name in by_unit:
        return by_unit[service.name]
    if not is_vendors(service, product):
        return None
    # A translated display name may lack both words; the path is never translated.
    program = program_of(service, host) or ""
    folders = [part.lower() for part in host.path(program).parts[:-1]]
    by_folder = {
        facts.transporter_subfolder.value: Role.TRANSPORTER,
        facts.director_subfolder.value: Role.DIRECTOR,
    }
    named = (role for word, role in by_folder.items() if word in service.display_name.lower())
    placed = (role for word, role in by_folder.items() if word in folders)
    return next(named, None) or next(placed, None)


def program_of(service: Service, host: Host) -> str | None:
    """The executable of a service's command line."""
    command = service.command or ""
    if host.facts().system == "windows":
        return executable(command)
    return command.split()[0] if command.split() else None
