# SPDX-License-Identifier: MIT
"""Do connections to Microsoft 365, or to the proxy before it, come about?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wizard.checks.base import Check, Context, Need, ok, problem, warning
from wizard.checks.not_reached import distinct, not_reached
from wizard.graph import words
from wizard.graph.connections import Attempt, ConnectFailure, Connections
from wizard.graph.network_path import Layer, NetworkPath
from wizard.model import CauseId, Evidence, Finding
from wizard.product import Product

IPV4, IPV6 = "IPv4", "IPv6"


@dataclass(frozen=True)
class Line:
    """The connections of one endpoint; None where a layer before them broke."""

    endpoint: str
    host: str
    connections: Connections | None
    broken: Layer | None


@dataclass(frozen=True)
class Lines:
    """All endpoints."""

    lines: tuple[Line, ...]


def observe(context: Context) -> Lines:
    """Take the connections from the shared walk."""
    return Lines(tuple(_line(path) for path in context.network(Layer.CONNECTION)))


def _line(path: NetworkPath) -> Line:
    broken = path.broken_by(Layer.CONNECTION)
    return Line(path.endpoint, path.host, path.connections, broken)


def judge(seen: Lines, _product: Product) -> Finding:
    """One address that answers is enough; an address that doesn't costs time."""
    tried = [line.connections for line in seen.lines if line.connections]
    more = {"evidence": tuple(_evidence(tried))}
    dead = [one for one in tried if one.best is None]
    if dead:
        kind = _failure(dead[0])
        same = [one for one in dead if _failure(one) == kind]
        return problem(f"check.tcp.{kind}", values=_values(same), **more, decisive=True)
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
    times = {
        (one.port, attempt.address): attempt.duration_ms
        for one in tried
        for attempt in one.attempts
        if attempt.failure is None
    }
    values = {"count": len(times), "slowest": max(times.values())}
    return ok("check.tcp.open", values=values, **more)


def _failure(connections: Connections) -> ConnectFailure:
    """What the IPv4 attempts met, or the others where there is none."""
    ordered = sorted(connections.attempts, key=lambda attempt: attempt.family != IPV4)
    return next((a.failure for a in ordered if a.failure), ConnectFailure.OTHER)


def is_costly(attempt: Attempt) -> bool:
    """Failed, and not just for want of IPv6 on this computer, which costs nothing."""
    absent = attempt.family == IPV6 and attempt.failure is ConnectFailure.UNREACHABLE
    return attempt.failure is not None and not absent


def _values(connections: Sequence[Connections]) -> dict[str, str | float]:
    places = dict.fromkeys(f"{one.host}:{one.port}" for one in connections)
    longest = max(attempt.duration_ms for one in connections for attempt in one.attempts)
    return {"places": ", ".join(places), "count": len(places), "longest": longest}


def _addresses(attempts: Sequence[Attempt]) -> str:
    return distinct(attempt.address for attempt in attempts)


def _evidence(tried: Sequence[Connections]) -> Iterator[Evidence]:
    for one in {(one.host, one.port): one for one in tried}.values():
        for attempt in one.attempts:
            source = f"TCP {one.host}:{one.port} at {attempt.address}"
            if attempt.failure is None:
                yield Evidence("connection_time", attempt.duration_ms, "ms", source)
                continue
            told = words.told(words.load().connection, attempt.failure, attempt.detail)
            yield Evidence("connection_failure", told, "", source)
            yield Evidence("connection_given_up", attempt.duration_ms, "ms", source)


CHECK = Check("tcp", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, Lines, observe, judge)
