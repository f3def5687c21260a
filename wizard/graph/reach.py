# SPDX-License-Identifier: MIT
"""Does a way lead to a host: straight, or through the proxy that somebody is set to use?"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from functools import partial

from wizard.graph import tunnel
from wizard.graph.connections import failure_of
from wizard.graph.deadline import Stopwatch, within
from wizard.graph.proxies import Route


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
    attempt = _by_proxy if route.choice.address else _straight
    try:
        return within(seconds, partial(attempt, route, host, port, seconds))
    except OSError as error:
        return Reach(False, None, (), failure_of(error)[1], watch.ms())


def _straight(_route: Route, host: str, port: int, seconds: float) -> Reach:
    watch = Stopwatch()
    with socket.create_connection((host, port), timeout=seconds):
        return Reach(True, None, (), "", watch.ms())


def _by_proxy(route: Route, host: str, port: int, seconds: float) -> Reach:
    said = tunnel.ask(route, route.choice.host, host, port, seconds)
    told = said.detail or f"{said.status} {said.reason}".strip()
    detail = "" if said.is_open else told
    return Reach(said.is_open, said.status, said.schemes, detail, said.duration_ms)
