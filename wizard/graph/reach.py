# SPDX-License-Identifier: MIT
"""Does a way lead to a host: without a proxy, or through the one that somebody is set to use?"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from functools import partial

from wizard.graph import addresses, connections, names, tunnel
from wizard.graph.addresses import IPV4, IPV6
from wizard.graph.connections import reason_of
from wizard.graph.deadline import Deadline, Stopwatch, within
from wizard.graph.proxies import Route

_SHARE = 0.8  # of the time for connections, so that one that is given up still leaves an answer


@dataclass(frozen=True)
class Reach:
    """Whether a connection came about. `status` and `schemes` are a proxy's answer."""

    passed: bool
    status: int | None
    schemes: tuple[str, ...]
    detail: str  # why not, in the system's own words or the proxy's
    duration_ms: float


def reach(route: Route, host: str, port: int, seconds: float) -> Reach:
    """Try it, looking up the name of the proxy or of the host as part of it."""
    watch = Stopwatch()
    attempt = _by_proxy if route.choice.address else _without_proxy
    try:
        return within(seconds, partial(attempt, route, host, port, seconds))
    except OSError as error:
        return Reach(False, None, (), _why(error), watch.ms())


def _why(error: OSError) -> str:
    return names.reason_of(error) if isinstance(error, socket.gaierror) else reason_of(error)


def _without_proxy(_route: Route, host: str, port: int, seconds: float) -> Reach:
    """All addresses at once, IPv4 told first: one that drops packets must not use up the time."""
    deadline = Deadline(seconds)
    watch = Stopwatch()
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    by_family = sorted(found, key=lambda row: row[0] != socket.AF_INET)
    families = {socket.AF_INET: IPV4, socket.AF_INET6: IPV6}
    places = dict.fromkeys((str(row[4][0]), families[row[0]]) for row in by_family)
    tried = connections.connect(
        host, port, tuple(addresses.read(*place) for place in places), deadline.left() * _SHARE
    )
    detail = "" if tried.best else tried.attempts[0].reason
    return Reach(tried.best is not None, None, (), detail, watch.ms())


def _by_proxy(route: Route, host: str, port: int, seconds: float) -> Reach:
    said = tunnel.ask(route, route.choice.host, host, port, seconds)
    told = said.detail or f"{said.status} {said.reason}".strip()
    detail = "" if said.is_open else told
    return Reach(said.is_open, said.status, said.schemes, detail, said.duration_ms)
