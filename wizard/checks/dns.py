# SPDX-License-Identifier: MIT
"""Do the host names of Microsoft 365 lead to addresses?"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wizard.checks.base import Check, Context, Need, ok, problem, warning
from wizard.checks.not_reached import distinct
from wizard.graph import words
from wizard.graph.names import AddressScope, Lookup
from wizard.graph.network_path import NetworkPath
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Product

LOCAL = "localhost"
_FILTERED = (AddressScope.NOWHERE, AddressScope.LOOPBACK)


@dataclass(frozen=True)
class Name:
    """The name of one endpoint; with a proxy, the proxy's name is what must be found from here."""

    endpoint: str
    lookup: Lookup
    proxy_lookup: Lookup | None

    @property
    def needed(self) -> Lookup:
        """The lookup that decides."""
        return self.proxy_lookup or self.lookup

    @property
    def scopes(self) -> set[AddressScope]:
        """Where the endpoint's own addresses lie; nothing where that doesn't matter."""
        if self.proxy_lookup or self.lookup.host == LOCAL:
            return set()
        return {address.scope for address in self.lookup.addresses}


@dataclass(frozen=True)
class Names:
    """All names that were looked up."""

    names: tuple[Name, ...]


def observe(context: Context) -> Names:
    """Take the names from the shared walk."""
    return Names(tuple(_name(path) for path in context.network()))


def _name(path: NetworkPath) -> Name:
    return Name(path.endpoint, path.lookup, path.proxy_lookup)


def judge(seen: Names, _product: Product) -> Finding:
    """A name without an address stops everything after it."""
    evidence = tuple(_evidence(seen.names))
    lost = [name.needed for name in seen.names if name.needed.failure]
    if lost:
        told = _proxy_lost(seen.names) or _lost(lost)
        return replace(told, evidence=evidence, decisive=True)
    for scopes, text in ((_FILTERED, "filtered"), ((AddressScope.PRIVATE,), "private")):
        odd = [name.lookup for name in seen.names if name.scopes & set(scopes)]
        if odd:
            return warning(f"check.dns.{text}", values=_hosts(odd), evidence=evidence)
    return replace(_found([name.needed for name in seen.names]), evidence=evidence)


def _lost(lost: Sequence[Lookup]) -> Finding:
    same = [lookup for lookup in lost if lookup.failure == lost[0].failure]
    return problem(f"check.dns.{lost[0].failure}", values=_hosts(same))


def _proxy_lost(names: Sequence[Name]) -> Finding | None:
    """The proxy's own name: then no endpoint behind it can be reached."""
    behind = [name for name in names if name.proxy_lookup and name.proxy_lookup.failure]
    if not behind:
        return None
    lookup = behind[0].needed
    values = {
        "hosts": lookup.host,
        "reason": words.told(words.load().name, lookup.failure or "", lookup.detail),
        "endpoints": distinct(name.lookup.host for name in behind),
    }
    return problem("check.dns.proxy_lost", values=values)


def _found(needed: Sequence[Lookup]) -> Finding:
    """An address in place of a name is no name that was found."""
    named = [lookup for lookup in needed if not _is_address(lookup.host)]
    if needed and not named:
        return ok("check.dns.numbers", values=_hosts(needed))
    slowest = max((lookup.duration_ms for lookup in named), default=0.0)
    return ok("check.dns.found", values={**_hosts(named), "slowest": slowest})


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _hosts(lookups: Sequence[Lookup]) -> dict[str, str | int]:
    hosts = [lookup.host for lookup in lookups]
    return {"hosts": distinct(hosts), "count": len(set(hosts))}


def _evidence(names: Sequence[Name]) -> Iterator[Evidence]:
    needed = {name.needed.host: name.needed for name in names}
    for lookup in needed.values():
        if not _is_address(lookup.host):
            label = "name_failure" if lookup.failure else "name_addresses"
            yield _row(label, lookup)
            yield Evidence("name_time", lookup.duration_ms, "ms", _source(lookup))
    for other in {name.lookup.host: name.lookup for name in names}.values():
        if other.host not in needed:
            yield _row("name_not_needed", other)


def _row(label: str, lookup: Lookup) -> Evidence:
    if lookup.failure:
        told = words.told(words.load().name, lookup.failure, lookup.detail)
        return Evidence(label, told, "", _source(lookup))
    found = ", ".join(address.address for address in lookup.addresses)
    return Evidence(label, found, "", _source(lookup), Sensitivity.HOST)


def _source(lookup: Lookup) -> str:
    return f"lookup {lookup.host}"


CHECK = Check("dns", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, Names, observe, judge)
