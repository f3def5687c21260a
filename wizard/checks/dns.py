# SPDX-License-Identifier: MIT
"""Do the host names of Microsoft 365 lead to addresses?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wizard.checks import dns_servers, own_way
from wizard.checks.base import Check, Context, Need, ok, problem, warning
from wizard.checks.not_reached import distinct
from wizard.checks.own_way import NOT_LOOKED_AT, JavasWay
from wizard.graph import words
from wizard.graph.addresses import AddressScope, is_address
from wizard.graph.name_servers import LOCAL, ServerAnswer
from wizard.graph.names import FamilyLookup, Lookup, NameFailure
from wizard.graph.network_path import Layer, NetworkPath
from wizard.graph.proxies import Unusable
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Product

_FILTERED = (AddressScope.NOWHERE, AddressScope.LOOPBACK)


@dataclass(frozen=True)
class Name:
    """The name of one endpoint; with a proxy, the proxy's name is what must be found from here.

    `servers` is what each name server said of the name that is needed; `broken` is the layer at
    which the way to an odd address ended, None where the address isn't odd or is no fault.
    """

    endpoint: str
    lookup: Lookup
    proxy_lookup: Lookup | None
    servers: tuple[ServerAnswer, ...] = ()
    servers_unknown: str = ""
    broken: Layer | None = None
    script: str = ""  # the place that names a script: a proxy of it may find the name
    java: JavasWay = NOT_LOOKED_AT  # where the name is lost or odd

    @property
    def needed(self) -> Lookup:
        """The lookup that decides; why it failed, as the servers tell it."""
        lookup = self.proxy_lookup or self.lookup
        better = dns_servers.retold(lookup.failure, self.servers)
        return replace(lookup, failure=better[0], detail=better[1]) if better else lookup

    @property
    def failure(self) -> NameFailure | None:
        """Why the name that is needed leads nowhere."""
        return self.needed.failure

    @property
    def scopes(self) -> set[AddressScope]:
        """Where the endpoint's own addresses lie; nothing where that doesn't matter."""
        host = self.lookup.host
        if self.proxy_lookup or host == LOCAL or is_address(host):  # nothing was looked up
            return set()
        return {address.scope for address in self.lookup.addresses}

    @property
    def is_odd(self) -> bool:
        """Whether Microsoft has no such address."""
        return bool(self.scopes - {AddressScope.PUBLIC})


@dataclass(frozen=True)
class Names:
    """All names that were looked up."""

    names: tuple[Name, ...]


def observe(context: Context) -> Names:
    """Take the names from the shared walk; of odd addresses also whether they lead anywhere."""
    names = tuple(_name(path, context) for path in context.network(Layer.NAME))
    if not any(name.is_odd for name in names):
        return Names(names)
    paths = {path.endpoint: path for path in context.network(Layer.ENCRYPTION)}
    return Names(tuple(_tried(name, paths.get(name.endpoint)) for name in names))


def _name(path: NetworkPath, context: Context) -> Name:
    by_script = path.proxy.unusable is Unusable.SCRIPT
    name = Name(
        path.endpoint,
        path.lookup,
        path.proxy_lookup,
        path.servers,
        path.servers_unknown,
        script=path.proxy.source if by_script else "",
    )
    doubtful = name.needed.failure or name.is_odd
    return replace(name, java=own_way.of_java(context, path)) if doubtful else name


def _tried(name: Name, path: NetworkPath | None) -> Name:
    if path is None or not name.is_odd:
        return name
    return replace(name, broken=path.broken_by(Layer.ENCRYPTION))


def judge(seen: Names, _product: Product) -> Finding:
    """A name without an address stops everything after it; the rest costs time or is odd."""
    lost = [name for name in seen.names if name.needed.failure]
    doubtful = [name.java for name in seen.names if name.needed.failure or name.is_odd]
    evidence = (*_evidence(seen.names), *own_way.evidence(doubtful))
    if lost and all(name.script for name in lost):
        values = {**_hosts([name.needed for name in lost]), "place": lost[0].script}
        return warning("check.dns.by_script", values=values, evidence=evidence)
    if lost:
        return replace(_weighed(lost, seen.names), evidence=evidence)
    told = (
        _odd(seen.names)
        or _servers(seen.names)
        or _family(seen.names)
        or _again(seen.names)
        or _found([name.needed for name in seen.names])
    )
    return replace(told, evidence=evidence)


def _weighed(lost: Sequence[Name], names: Sequence[Name]) -> Finding:
    """A name that Java's own way doesn't need stops no backup."""
    mattering = [name for name in lost if not name.java.is_other]
    failure = lost[0].failure or ""
    reason = words.told(words.load().name, failure)
    values = {**_hosts([name.needed for name in lost]), "reason": reason}
    told = _proxy_lost(mattering or names) or _lost(mattering or lost)
    return own_way.weighed(told, [name.java for name in mattering or lost], values)


def _lost(lost: Sequence[Name]) -> Finding:
    here = [name for name in lost if dns_servers.know(name.servers)]
    if here:
        values = {**_hosts([name.needed for name in here]), "besides": _besides(lost, here)}
        return problem("check.dns.only_here", values=values)
    kind = lost[0].failure
    same = [name for name in lost if name.failure == kind]
    servers = distinct(answer.server for name in same for answer in name.servers)
    values = {**_hosts([name.needed for name in same]), "servers": servers or "-"}
    return problem(f"check.dns.{kind}", values={**values, "besides": _besides(lost, same)})


def _besides(lost: Sequence[Name], told: Sequence[Name]) -> str:
    """The names that fail in another way than those of the sentence: none goes untold."""
    known, alike = words.load(), dict[str, list[str]]()
    hosts = {name.needed.host for name in told}
    for name in lost:
        if name.needed.host not in hosts:
            alike.setdefault(str(name.failure), []).append(name.needed.host)
    return "".join(
        known.phrase.also_lost.format(hosts=distinct(rest), reason=words.told(known.name, kind))
        for kind, rest in alike.items()
    )


def _proxy_lost(names: Sequence[Name]) -> Finding | None:
    """The proxy's own name: then no endpoint behind it can be reached."""
    behind = [name for name in names if name.proxy_lookup and name.proxy_lookup.failure]
    if not behind:
        return None
    lookup = behind[0].needed
    values = {
        "hosts": lookup.host,
        "reason": words.told(words.load().name, lookup.failure or ""),
        "endpoints": distinct(name.lookup.host for name in behind),
    }
    return problem("check.dns.proxy_lost", values=values)


def _odd(names: Sequence[Name]) -> Finding | None:
    """Addresses that Microsoft doesn't have: by whom they are given tells where to look."""
    for scopes, text in ((_FILTERED, "filtered"), ((AddressScope.PRIVATE,), "private")):
        odd = [name for name in names if name.scopes & set(scopes)]
        if odd:
            here = all(dns_servers.say_public(name.servers) for name in odd)
            return _told_odd(odd, "overridden" if here else text)
    return None


def _told_odd(odd: Sequence[Name], text: str) -> Finding:
    values = _hosts([name.lookup for name in odd])
    if any(name.broken for name in odd):
        found = problem(f"check.dns.{text}_broken", values=values)
        reason = words.load().phrase.odd_address
        return own_way.weighed(found, [name.java for name in odd], {**values, "reason": reason})
    return warning(f"check.dns.{text}", values=values)


def _servers(names: Sequence[Name]) -> Finding | None:
    """Name servers that fail or say something else, while others do well."""
    answers = [answer for name in names for answer in name.servers]
    total = len({answer.server for answer in answers})
    for servers, text in (
        (dns_servers.lame(answers), "server_lame"),
        (dns_servers.differing([name.servers for name in names]), "server_differs"),
    ):
        if servers:
            cost = max(a.duration_ms for a in answers if a.server in servers)
            told = {"servers": distinct(servers), "count": len(servers), "total": total}
            return warning(f"check.dns.{text}", values={**told, "cost": cost})
    return None


def _family(names: Sequence[Name]) -> Finding | None:
    """One kind of address that can't be asked for: each new connection may wait for that."""
    broken = [part for name in names for part in name.needed.families if _costs_time(part)]
    if not broken:
        return None
    slowest = max(broken, key=lambda part: part.duration_ms)
    told = [name.needed for name in names if any(map(_costs_time, name.needed.families))]
    values = {**_hosts(told), "family": slowest.family, "cost": slowest.duration_ms}
    return warning("check.dns.family", values=values)


def _again(names: Sequence[Name]) -> Finding | None:
    """Questions that got lost: a second one mended it, as it does for programs after a wait."""
    needed = {name.needed.host: name for name in names}.values()
    answers = [answer for name in needed for answer in name.servers]
    again = [answer for answer in answers if answer.lost]
    if not again:
        return None
    values = {
        **_found([name.needed for name in names]).values,
        "lost": len(again),
        "asked": len(answers),
        "servers": distinct(answer.server for answer in again),
        "server_count": len({answer.server for answer in again}),
    }
    if dns_servers.losing(again):
        return warning("check.dns.server_loses", values=values)
    return ok("check.dns.found_again", values=values)


def _costs_time(part: FamilyLookup) -> bool:
    return part.failure in (NameFailure.TIMEOUT, NameFailure.SERVER_FAILURE)


def _found(needed: Sequence[Lookup]) -> Finding:
    """An address in place of a name is no name that was found."""
    named = [lookup for lookup in needed if not is_address(lookup.host)]
    if needed and not named:
        return ok("check.dns.numbers", values=_hosts(needed))
    slowest = max((lookup.duration_ms for lookup in named), default=0.0)
    return ok("check.dns.found", values={**_hosts(named), "slowest": slowest})


def _hosts(lookups: Sequence[Lookup]) -> dict[str, str | int | float]:
    hosts = [lookup.host for lookup in lookups]
    return {"hosts": distinct(hosts), "count": len(set(hosts))}


def _evidence(names: Sequence[Name]) -> Iterator[Evidence]:
    needed = {name.needed.host: name for name in names}
    for name in needed.values():
        if not is_address(name.needed.host):
            yield from _lookup(name.needed)
            is_lost = bool(name.failure)
            yield from dns_servers.evidence(name.needed.host, name.servers, is_lost=is_lost)
    yield from dns_servers.times([answer for name in needed.values() for answer in name.servers])
    if any(name.servers_unknown for name in needed.values()):
        yield Evidence("name_servers_unknown", words.load().phrase.unreadable, "", "lookup")
    for other in {name.lookup.host: name.lookup for name in names}.values():
        if other.host not in needed:
            yield _row("name_not_needed", other)


def _lookup(lookup: Lookup) -> Iterator[Evidence]:
    yield _row("name_failure" if lookup.failure else "name_addresses", lookup)
    yield Evidence("name_time", lookup.duration_ms, "ms", _source(lookup))
    for part in lookup.families:
        if _costs_time(part) and not lookup.failure:
            told = words.told(words.load().name, part.failure or "", part.detail)
            yield Evidence("name_failure", told, "", f"{_source(lookup)} {part.family}")


def _row(label: str, lookup: Lookup) -> Evidence:
    if lookup.failure:
        told = words.told(words.load().name, lookup.failure, lookup.detail)
        return Evidence(label, told, "", _source(lookup))
    found = ", ".join(address.address for address in lookup.addresses)
    return Evidence(label, found, "", _source(lookup), Sensitivity.HOST)


def _source(lookup: Lookup) -> str:
    return f"lookup {lookup.host}"


CHECK = Check("dns", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, Names, observe, judge)
