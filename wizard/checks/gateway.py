# SPDX-License-Identifier: MIT
"""Does this computer have a gateway to other networks at all? Asks nobody outside.

Where no host of Microsoft 365 is reached, this tells a computer that is cut off by its own routes
or by a dead gateway. That there is a route says nothing of what lies behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wizard.checks import own_way
from wizard.checks.base import Check, Context, Need, ok, problem, warning
from wizard.checks.not_reached import distinct
from wizard.checks.own_way import NOT_LOOKED_AT, Compared, JavasWay
from wizard.graph import addresses
from wizard.graph.addresses import AddressScope, is_address
from wizard.graph.connections import Attempt, ConnectFailure
from wizard.graph.name_servers import LOCAL
from wizard.graph.network_path import Layer, NetworkPath
from wizard.host.base import Gateway
from wizard.model import CauseId, Evidence, Finding, Sensitivity, Value
from wizard.product import Product

_REFUSED = (ConnectFailure.REFUSED, ConnectFailure.RESET)
_HERE = (AddressScope.NOWHERE, AddressScope.LOOPBACK)

SILENT = "check.gateway.silent"


@dataclass(frozen=True)
class Tried:
    """Whether an endpoint, or its proxy, answered, be it by refusing the connection.

    `stopped_here`: every address is behind a route of this computer that lets nothing pass.
    """

    host: str
    answered: bool
    stopped_here: bool = False
    java: JavasWay = NOT_LOOKED_AT  # where none did


@dataclass(frozen=True)
class WayOut:
    """The gateways, and what was tried; on Windows those of IPv6 can't be seen."""

    gateways: tuple[Gateway, ...]
    tried: tuple[Tried, ...]
    only_ipv4: bool = False


def observe(context: Context) -> WayOut:
    """Whether a gateway answers is known once something was sent there."""
    tried = tuple(_tried(path, context) for path in context.network(Layer.CONNECTION))
    found = context.host.gateways()
    return WayOut(found, tried, only_ipv4=context.host.facts().system == "windows")


def _tried(path: NetworkPath, context: Context) -> Tried:
    attempts = path.connections.attempts if path.connections else ()
    named = path.connections.host if path.connections else ""
    if any(_is_answer(one, named) for one in attempts):
        return Tried(path.host, answered=True)
    stopped = {one.failure for one in attempts} == {ConnectFailure.CLOSED_ROUTE}
    java = own_way.of_java(context, path)
    return Tried(path.host, answered=False, stopped_here=stopped, java=java)


def _is_answer(attempt: Attempt, named: str) -> bool:
    """Whether something answered; this computer's own refusal, where a name led here, is none."""
    if attempt.failure not in _REFUSED:
        return attempt.failure is None
    is_meant = named == LOCAL or is_address(named)
    return is_meant or addresses.read(attempt.address, attempt.family).scope not in _HERE


def judge(seen: WayOut, _product: Product) -> Finding:
    """No gateway matters only where nothing was reached: a proxy may stand in the own network."""
    told = _of_gateways(seen) if seen.gateways else _without(seen)
    return replace(told, evidence=tuple(_evidence(seen)), source="wizard")


def _of_gateways(seen: WayOut) -> Finding:
    named = dict.fromkeys(one.address or one.adapter for one in seen.gateways)
    values: dict[str, Value] = {"gateways": distinct(named), "count": len(named)}
    if any(one.answered for one in seen.tried) or not seen.tried:
        return ok("check.gateway.found", values=values)
    if all(one.stopped_here for one in seen.tried):
        return warning("check.gateway.found_and_closed", values=values)
    if all(one.is_silent for one in seen.gateways):
        return problem(SILENT, values=values, decisive=_is_javas_way(seen))
    return ok("check.gateway.found_and_not_reached", values=values)


def _without(seen: WayOut) -> Finding:
    if any(one.answered for one in seen.tried):
        return ok("check.gateway.not_needed")
    if seen.only_ipv4:
        return problem("check.gateway.none_of_ipv4")
    return problem("check.gateway.none", decisive=_is_javas_way(seen))


def _is_javas_way(seen: WayOut) -> bool:
    """Whether Java is seen to go the way that was tried, for every endpoint."""
    return bool(seen.tried) and all(one.java.compared is Compared.SAME for one in seen.tried)


def _evidence(seen: WayOut) -> Iterator[Evidence]:
    for one in seen.gateways:
        source = f"routes, {one.adapter}"
        label = "gateway_silent" if one.is_silent else "gateway"
        yield Evidence(label, one.address or one.adapter, "", source, Sensitivity.HOST)
    if not seen.gateways:
        yield Evidence("gateways_found", 0, "", "routes")
    yield from own_way.evidence(one.java for one in seen.tried if not one.answered)


CHECK = Check(
    "gateway", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, WayOut, observe, judge
)
