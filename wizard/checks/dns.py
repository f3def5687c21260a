# SPDX-License-Identifier: MIT
"""Do the host names of Microsoft 365 lead to addresses?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wizard.checks.base import Check, Context, Need, ok, problem, warning
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
        same = [lookup for lookup in lost if lookup.failure == lost[0].failure]
        values = {"hosts": _hosts(same), "count": len({lookup.host for lookup in same})}
        text = f"check.dns.{lost[0].failure}"
        return problem(text, values=values, evidence=evidence, decisive=True)
    for scopes, text in ((_FILTERED, "filtered"), ((AddressScope.PRIVATE,), "private")):
        odd = [name.lookup for name in seen.names if name.scopes & set(scopes)]
        if odd:
            values = {"hosts": _hosts(odd), "count": len(odd)}
            return warning(f"check.dns.{text}", values=values, evidence=evidence)
    slowest = max((name.needed.duration_ms for name in seen.names), default=0.0)
    values = {"count": len({name.needed.host for name in seen.names}), "slowest": slowest}
    return ok("check.dns.found", values=values, evidence=evidence)


def _hosts(lookups: Sequence[Lookup]) -> str:
    return ", ".join(dict.fromkeys(lookup.host for lookup in lookups))


def _evidence(names: Sequence[Name]) -> Iterator[Evidence]:
    lookups = [lookup for name in names for lookup in (name.lookup, name.proxy_lookup) if lookup]
    for lookup in {lookup.host: lookup for lookup in lookups}.values():
        source = f"getaddrinfo {lookup.host}"
        found = ", ".join(address.address for address in lookup.addresses)
        told = found or f"{lookup.failure}: {lookup.detail}"
        label = "name_addresses" if found else "name_failure"
        yield Evidence(label, told, "", source, Sensitivity.HOST)
        yield Evidence("name_time", lookup.duration_ms, "ms", source)


CHECK = Check("dns", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, Names, observe, judge)
