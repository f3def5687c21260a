# SPDX-License-Identifier: MIT
"""Which known antivirus products does this computer have, told by what runs on it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from wizard import codec, resources
from wizard.host.base import Antivirus, Process, Service, ServiceState
from wizard.model import Source

# Antivirus.reason of a product whose exclusions this program knows no way to read.
NO_INTERFACE = "no-interface"


@dataclass(frozen=True)
class KnownAntivirus:
    """One product and the names by which it shows; patterns as in file names, lower case."""

    name: str
    system: str
    on_access: bool  # whether it looks at files as they are written
    processes: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()  # Windows: the file system filter's service name


@dataclass(frozen=True)
class _File:
    source: Source
    products: tuple[KnownAntivirus, ...]


def known(system: str) -> tuple[KnownAntivirus, ...]:
    """The shipped list for one system."""
    shipped = codec.from_plain(resources.read_toml("antivirus.toml"), _File)
    return tuple(product for product in shipped.products if product.system == system)


@dataclass(frozen=True)
class Traces:
    """What of a computer may betray an antivirus: names in lower case → what they were."""

    processes: Mapping[str, str]
    running: Mapping[str, str]
    stopped: Mapping[str, str]
    drivers: Mapping[str, str]


def traces(
    processes: Iterable[Process], services: Iterable[Service], drivers: Iterable[str] = ()
) -> Traces:
    """The names to look among."""
    running: dict[str, str] = {}
    stopped: dict[str, str] = {}
    for service in services:
        into = running if service.state is ServiceState.RUNNING else stopped
        into[service.name.lower()] = f"service {service.name} ({service.state})"
    return Traces(
        processes={_stem(p.name): f"process {p.name} ({p.pid})" for p in processes},
        running=running,
        stopped=stopped,
        drivers={name.lower(): f"driver {name}" for name in drivers},
    )


def found(products: Iterable[KnownAntivirus], seen: Traces) -> tuple[Antivirus, ...]:
    """The products that show, with how they show."""
    return tuple(hit for product in products if (hit := _found(product, seen)) is not None)


def _found(product: KnownAntivirus, seen: Traces) -> Antivirus | None:
    """A running part counts more than a stopped one; a driver alone doesn't tell."""
    looks: tuple[tuple[tuple[str, ...], Mapping[str, str], bool | None], ...] = (
        (product.services, seen.running, product.on_access),
        (product.processes, seen.processes, product.on_access),
        (product.services, seen.stopped, False),
        (product.drivers, seen.drivers, None),
    )
    for patterns, names, active in looks:
        source = _match(patterns, names)
        if source is not None:
            return Antivirus(product.name, active, source, None, NO_INTERFACE)
    return None


def _match(patterns: tuple[str, ...], names: Mapping[str, str]) -> str | None:
    hits = (names[n] for pattern in patterns for n in names if fnmatchcase(n, pattern))
    return next(hits, None)


def _stem(process: str) -> str:
    return process.lower().removesuffix(".exe")
