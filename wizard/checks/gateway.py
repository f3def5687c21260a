# SPDX-License-Identifier: MIT
"""Does this computer have a gateway to other networks at all? Asks nobody outside.

Where no host of Microsoft 365 is reached, this tells a computer that is cut off from one whose way
ends further on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wizard.checks import own_way
from wizard.checks.base import Check, Context, Need, ok, problem
from wizard.checks.not_reached import distinct
from wizard.checks.own_way import NOT_LOOKED_AT, Compared, JavasWay
from wizard.graph.network_path import Layer, NetworkPath
from wizard.host.base import Gateway
from wizard.model import CauseId, Evidence, Finding, Sensitivity, Value
from wizard.product import Product


@dataclass(frozen=True)
class Tried:
    """Whether a connection to an endpoint, or to its proxy, came about."""

    host: str
    connected: bool
    java: JavasWay = NOT_LOOKED_AT  # where none did


@dataclass(frozen=True)
class WayOut:
    """The gateways, and what was tried; on Windows those of IPv6 can't be seen."""

    gateways: tuple[Gateway, ...]
    tried: tuple[Tried, ...]
    only_ipv4: bool = False


def observe(context: Context) -> WayOut:
    """The gateways are known at once; whether they are missed, the shared walk tells."""
    found = context.host.gateways()
    tried = tuple(_tried(path, context) for path in context.network(Layer.CONNECTION))
    return WayOut(found, tried, only_ipv4=context.host.facts().system == "windows")


def _tried(path: NetworkPath, context: Context) -> Tried:
    tried = Tried(path.host, bool(path.connections and path.connections.best))
    return tried if tried.connected else replace(tried, java=own_way.of_java(context, path))


def judge(seen: WayOut, _product: Product) -> Finding:
    """No gateway matters only where nothing was reached: a proxy may stand in the own network."""
    told = _of_gateways(seen) if seen.gateways else _without(seen)
    return replace(told, evidence=tuple(_evidence(seen)), source="wizard")


def _of_gateways(seen: WayOut) -> Finding:
    values: dict[str, Value] = {
        "gateways": distinct(one.address or one.adapter for one in seen.gateways),
        "count": len({one.address or one.adapter for one in seen.gateways}),
    }
    is_of_use = any(one.connected for one in seen.tried) or not seen.tried
    return ok(f"check.gateway.{'found' if is_of_use else 'found_and_not_reached'}", values=values)


def _without(seen: WayOut) -> Finding:
    if any(one.connected for one in seen.tried):
        return ok("check.gateway.not_needed")
    if seen.only_ipv4:
        return problem("check.gateway.none_of_ipv4")
    same = all(one.java.compared is Compared.SAME for one in seen.tried)
    return problem("check.gateway.none", decisive=bool(seen.tried) and same)


def _evidence(seen: WayOut) -> Iterator[Evidence]:
    for one in seen.gateways:
        source = f"routes, {one.adapter}"
        yield Evidence("gateway", one.address or one.adapter, "", source, Sensitivity.HOST)
    if not seen.gateways:
        yield Evidence("gateways_found", 0, "", "routes")
    yield from own_way.evidence(one.java for one in seen.tried if not one.connected)


CHECK = Check(
    "gateway", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, WayOut, observe, judge
)
