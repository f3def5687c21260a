# SPDX-License-Identifier: MIT
"""Do connections to Microsoft 365, or to the proxy before it, come about?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wizard.checks import own_way
from wizard.checks.base import Check, Context, Need, could_not_check, ok, problem, warning
from wizard.checks.not_reached import distinct, not_reached
from wizard.checks.own_way import NOT_LOOKED_AT, JavasWay
from wizard.graph import addresses, words
from wizard.graph.addresses import IPV4, IPV6, AddressScope, is_address, with_port
from wizard.graph.connections import Attempt, ConnectFailure, Connections
from wizard.graph.name_servers import LOCAL
from wizard.graph.network_path import Layer, NetworkPath
from wizard.model import CauseId, Evidence, Finding
from wizard.product import Product

# How long a program waits before it tries the next address. SOURCE: RFC 8305, section 5.
_NEXT_TRY_MS = 250.0
# What an IPv6 that isn't there meets.
_ABSENT = (ConnectFailure.NO_ROUTE, ConnectFailure.UNREACHABLE)


@dataclass(frozen=True)
class Line:
    """The connections of one endpoint; None where a layer before them broke."""

    endpoint: str
    host: str
    connections: Connections | None
    broken: Layer | None
    java: JavasWay = NOT_LOOKED_AT  # where no connection came about

    @property
    def to_proxy(self) -> bool:
        """Whether it is the proxy that was connected to."""
        return self.connections is not None and self.connections.host != self.host

    @property
    def is_astray(self) -> bool:
        """Whether the name gave only addresses that Microsoft doesn't have."""
        if self.connections is None or self.to_proxy:
            return False
        if self.host == LOCAL or is_address(self.host):  # nothing was looked up
            return False
        tried = (addresses.read(one.address, one.family) for one in self.connections.attempts)
        return all(one.scope is not AddressScope.PUBLIC for one in tried)


@dataclass(frozen=True)
class Lines:
    """All endpoints."""

    lines: tuple[Line, ...]


def observe(context: Context) -> Lines:
    """Take the connections from the shared walk."""
    return Lines(tuple(_line(path, context) for path in context.network(Layer.CONNECTION)))


def _line(path: NetworkPath, context: Context) -> Line:
    broken = path.broken_by(Layer.CONNECTION)
    line = Line(path.endpoint, path.host, path.connections, broken)
    is_dead = broken is Layer.CONNECTION
    return replace(line, java=own_way.of_java(context, path)) if is_dead else line


def judge(seen: Lines, _product: Product) -> Finding:
    """One address that answers is enough; an address that doesn't costs time."""
    tried = [line.connections for line in seen.lines if line.connections]
    more = {"evidence": tuple(_evidence(tried))}
    dead = [line for line in seen.lines if line.connections and line.connections.best is None]
    astray = [line for line in dead if line.is_astray]
    if dead and astray == dead:
        hosts = distinct(line.host for line in astray)
        return could_not_check("not_reached.odd_name", values={"hosts": hosts}, **more)
    if dead:
        right = [line for line in dead if not line.is_astray]
        ways = own_way.evidence(line.java for line in right)
        return replace(_weighed(right), evidence=(*more["evidence"], *ways))
    missed = [line for line in seen.lines if not line.connections]
    if missed:
        return not_reached(missed, **more)
    lame = [attempt for one in tried for attempt in one.attempts if is_costly(attempt)]
    if lame:
        family = "ipv6" if all(attempt.family == IPV6 for attempt in lame) else "some"
        cost = max(attempt.duration_ms for attempt in lame)
        addresses = {attempt.address for attempt in lame}
        values = {"count": len(addresses), "cost": cost, "addresses": _addresses(lame)}
        return warning(f"check.tcp.{family}", values=values, **more)
    opened = [a for one in tried for a in one.attempts if a.failure is None]
    slowest = max(attempt.duration_ms for attempt in opened)
    return ok(f"check.tcp.{_open(seen.lines)}", values=_counted(seen.lines, slowest), **more)


def _open(lines: Sequence[Line]) -> str:
    """To whom the connections lead: one to a proxy says nothing of what lies behind it."""
    if all(line.to_proxy for line in lines):
        return "open_to_proxy"
    return "open_also_to_proxy" if any(line.to_proxy for line in lines) else "open"


def _counted(lines: Sequence[Line], slowest: float) -> dict[str, str | float]:
    """How many addresses let themselves be connected to, and of whom."""
    made = {
        (with_port(c.host, c.port), a.address): line
        for line in lines
        if (c := line.connections)
        for a in c.attempts
        if a.failure is None
    }
    proxies = [place for (place, _), line in made.items() if line.to_proxy]
    counts = {"count": len(made), "to_proxy": len(proxies)}
    return {**counts, "proxies": distinct(proxies), "slowest": slowest}


def _weighed(dead: Sequence[Line]) -> Finding:
    """A connection that Java doesn't need stops no backup."""
    mattering = [line for line in dead if not line.java.is_other] or dead
    values = _values(mattering)
    reason = words.told(words.load().connection, _failure(mattering[0]))
    told = {"hosts": values["places"], "count": values["count"], "reason": reason}
    return own_way.weighed(_dead(mattering), [line.java for line in mattering], told)


def _dead(dead: Sequence[Line]) -> Finding:
    """The first failure, for all that met the same; a proxy that refuses is another matter."""
    kind = _failure(dead[0])
    same = [line for line in dead if _failure(line) == kind]
    to_proxy = kind is ConnectFailure.REFUSED and all(line.to_proxy for line in same)
    text = "check.tcp.refused_by_proxy" if to_proxy else f"check.tcp.{kind}"
    return problem(text, values={**_values(same), "besides": _besides(dead, same)})


def _besides(dead: Sequence[Line], told: Sequence[Line]) -> str:
    """What fails in another way than the places of the sentence: none goes untold."""
    known, alike = words.load(), dict[str, list[Line]]()
    for line in dead:
        if line not in told:
            alike.setdefault(words.told(known.connection, _failure(line)), []).append(line)
    return "".join(
        known.phrase.also_dead.format(places=_values(rest)["places"], reason=reason)
        for reason, rest in alike.items()
    )


def _failure(line: Line) -> ConnectFailure:
    """What the IPv4 attempts met, or the others where there is none."""
    ordered = sorted(_attempts(line), key=lambda attempt: attempt.family != IPV4)
    return next((a.failure for a in ordered if a.failure), ConnectFailure.OTHER)


def is_costly(attempt: Attempt) -> bool:
    """Failed, and not just for want of IPv6 on this computer, which is known at once."""
    absent = attempt.family == IPV6 and attempt.failure in _ABSENT
    at_once = attempt.duration_ms < _NEXT_TRY_MS
    return attempt.failure is not None and not (absent and at_once)


def _attempts(line: Line) -> tuple[Attempt, ...]:
    return line.connections.attempts if line.connections else ()


def _values(lines: Sequence[Line]) -> dict[str, str | float]:
    """Several endpoints are told by name, their hosts and ports stand in the evidence."""
    tried = [line.connections for line in lines if line.connections]
    places = dict.fromkeys(with_port(one.host, one.port) for one in tried)
    names = [words.told(words.load().endpoint, line.endpoint) for line in lines]
    by_name = len(places) > 1 and not any(line.to_proxy for line in lines)
    longest = max(attempt.duration_ms for line in lines for attempt in _attempts(line))
    told = distinct(names if by_name else places)
    return {"places": told, "count": len(places), "longest": longest}


def _addresses(attempts: Sequence[Attempt]) -> str:
    return distinct(attempt.address for attempt in attempts)


def _evidence(tried: Sequence[Connections]) -> Iterator[Evidence]:
    for one in {(one.host, one.port): one for one in tried}.values():
        alike: dict[str, list[Attempt]] = {}
        for attempt in one.attempts:
            alike.setdefault(_told(attempt), []).append(attempt)
        for told, attempts in alike.items():
            # The host last: where several are put together, "and 3 more" then counts hosts.
            source = f"TCP to {_addresses(attempts)} for {with_port(one.host, one.port)}"
            slowest = max(attempt.duration_ms for attempt in attempts)
            if told:
                yield Evidence("connection_failure", told, "", source)
            label = "connection_given_up" if told else "connection_time"
            yield Evidence(label, slowest, "ms", source)


def _told(attempt: Attempt) -> str:
    """Why it failed; empty where it didn't."""
    if attempt.failure is None:
        return ""
    return words.told(words.load().connection, attempt.failure, attempt.detail)


CHECK = Check("tcp", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, Lines, observe, judge)
