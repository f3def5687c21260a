# SPDX-License-Identifier: MIT
"""Which proxy applies, and does it let requests to Microsoft 365 pass?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wizard.checks import own_way
from wizard.checks.base import Check, Context, Need, could_not_check, ok, problem, warning
from wizard.checks.not_reached import distinct
from wizard.checks.own_way import NOT_LOOKED_AT, JavasWay
from wizard.graph import network_data, pac, proxies, words
from wizard.graph.addresses import with_port
from wizard.graph.network_path import Layer, NetworkPath
from wizard.graph.pac import Script
from wizard.graph.proxies import ProxyChoice, Unusable
from wizard.graph.tunnel import Tunnel
from wizard.host.base import ProxySetting
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Product

# What a proxy's status means; any other refusal is told as it is.
_STATUSES = {
    401: "sign_in",  # what a web server would say; some proxies say it of a wrong password
    407: "sign_in",
    403: "refused",
    502: "no_way_out",
    503: "no_way_out",
    504: "no_way_out",
}
_SIGN_IN = "check.proxy.sign_in"


@dataclass(frozen=True)
class ProxyUse:
    """The proxy of one endpoint, and what it said; no answer where it wasn't reached."""

    endpoint: str
    host: str
    port: int
    choice: ProxyChoice
    tunnel: Tunnel | None
    broken: Layer | None  # on the way to the proxy, where there is one
    java: JavasWay = NOT_LOOKED_AT  # where the proxy lets nothing pass

    @property
    def closed(self) -> bool:
        """Whether the proxy was reached, and let nothing pass."""
        return self.tunnel is not None and not self.tunnel.is_open

    @property
    def is_password_wrong(self) -> bool:
        """Whether the proxy could have taken what this program sent, had it been right."""
        if self.tunnel is None or _STATUSES.get(self.tunnel.status or 0) != "sign_in":
            return False
        schemes = [scheme.lower() for scheme in self.tunnel.schemes]
        return self.choice.signs_in and (not schemes or "basic" in schemes)


@dataclass(frozen=True)
class ProxyUses:
    """All endpoints."""

    uses: tuple[ProxyUse, ...]
    script: Script | None = None  # where one chooses the proxy


def observe(context: Context) -> ProxyUses:
    """Take the proxies from the shared walk; that there is none is known before any packet."""
    paths = context.network(Layer.NAME)
    if any(path.proxy.address for path in paths):
        paths = context.network(Layer.PROXY)
    uses = tuple(_use(path, context) for path in paths)
    by_script = next((use for use in uses if use.choice.unusable is Unusable.SCRIPT), None)
    if by_script is None:
        return ProxyUses(uses)
    route = proxies.choose(context.scope, context.host, by_script.host)
    address = route.script.reveal() if route.script else ""
    shown = next(p.value for p in route.choice.looked_at if p.source == route.choice.source)
    script = pac.read(address, by_script.host, by_script.port)
    return ProxyUses(uses, replace(script, address=shown))


def _use(path: NetworkPath, context: Context) -> ProxyUse:
    broken = path.broken_by(Layer.PROXY) if path.proxy.address else None
    use = ProxyUse(path.endpoint, path.host, path.port, path.proxy, path.tunnel, broken)
    return replace(use, java=own_way.of_java(context, path)) if use.closed else use


def judge(seen: ProxyUses, _product: Product) -> Finding:
    """What the proxy said first, then what is odd about the settings."""
    ways = own_way.evidence(use.java for use in seen.uses if use.closed)
    evidence = (*_evidence(seen.uses), *_of_script(seen.script), *ways)
    told = _weighed(seen.uses) or _not_tested(seen.uses) or _odd(seen) or _fine(seen.uses)
    return Finding(
        told.outcome, told.text, told.values, evidence, decisive=told.decisive, source="wizard"
    )


def _weighed(uses: Sequence[ProxyUse]) -> Finding | None:
    """A proxy that Java doesn't use stops no backup."""
    closed = [use for use in uses if use.closed]
    mattering = [use for use in closed if not use.java.is_other] or closed
    found = _refused(mattering)
    if found is None:
        return None
    hosts = found.values["hosts"]
    reason = str(found.values["status"] or found.values["detail"])
    told = {"hosts": hosts, "count": len({use.host for use in mattering}), "reason": reason}
    weighed = own_way.weighed(found, [use.java for use in mattering], told)
    # Java may have a password that this program hasn't.
    return replace(weighed, decisive=False) if found.text == _SIGN_IN else weighed


def _refused(closed: Sequence[ProxyUse]) -> Finding | None:
    if not closed or closed[0].tunnel is None:
        return None
    tunnel = closed[0].tunnel
    values = {
        "proxy": closed[0].choice.address or "",
        "place": closed[0].choice.source,
        "hosts": distinct(use.host for use in closed),
        "status": tunnel.status or 0,
        "schemes": ", ".join(tunnel.schemes) or "-",
        "detail": words.load().no_answer_in(tunnel.detail or tunnel.reason),
    }
    if tunnel.status is None:
        return problem("check.proxy.no_answer", values=values)
    other = "other_success" if tunnel.is_other_success else "other_status"
    word = _STATUSES.get(tunnel.status, other)
    if closed[0].is_password_wrong:
        word = "wrong_password"
    return problem(f"check.proxy.{word}", values=values)


def _not_tested(uses: Sequence[ProxyUse]) -> Finding | None:
    for use in uses:
        values = {"place": use.choice.source}
        if use.choice.blocked:
            return could_not_check(f"check.proxy.{use.choice.unusable}", values=values)
        if use.choice.address and use.tunnel is None:
            return _unreached(use, uses)
        if use.choice.unreadable and not use.choice.address:
            return could_not_check("check.proxy.unreadable", values=values)
    return None


def _unreached(first: ProxyUse, uses: Sequence[ProxyUse]) -> Finding:
    """The way to the proxy itself is broken: told for every endpoint behind it."""
    same = [use for use in uses if use.choice.address == first.choice.address and not use.tunnel]
    values = {
        "proxy": first.choice.address or "",
        "proxy_host": first.choice.host,
        "place": first.choice.source,
        "hosts": distinct(use.host for use in same),
    }
    text = "name_lost" if first.broken is Layer.NAME else "not_connected"
    return could_not_check(f"check.proxy.{text}", values=values)


def _odd(seen: ProxyUses) -> Finding | None:
    use = next((use for use in seen.uses if use.choice.unusable is Unusable.SCRIPT), None)
    if use is None:
        return None
    named = seen.script.named if seen.script else ()
    values = {"place": use.choice.source, "named": distinct(one.address for one in named)}
    if not named:
        return warning("check.proxy.script", values=values)
    best = next((one for one in named if one.reach.passed), named[0])
    return warning("check.proxy.script_names", values={**values, "first": best.address})


def _fine(uses: Sequence[ProxyUse]) -> Finding:
    used = next((use for use in uses if use.choice.address), None)
    if used and used.tunnel:
        values = {"proxy": used.choice.address or "", "place": used.choice.source}
        behind = next((place.behind for place in _used_places(used.choice) if place.behind), "")
        if behind:
            return warning("check.proxy.behind_script", values={**values, "script": behind})
        return ok("check.proxy.open", values={**values, "ms": used.tunnel.duration_ms})
    excepted = next((use.choice for use in uses if use.choice.exception), None)
    if excepted:
        return ok("check.proxy.excepted", values={"place": excepted.source})
    detecting = next((p.source for use in uses for p in use.choice.looked_at if not p.decides), "")
    if detecting:
        return ok("check.proxy.none_but_detects", values={"place": detecting})
    return ok("check.proxy.none")


def _used_places(choice: ProxyChoice) -> Iterator[ProxySetting]:
    return (place for place in choice.looked_at if place.source == choice.source)


def _evidence(uses: Sequence[ProxyUse]) -> Iterator[Evidence]:
    places = {(p.source, p.value): p for use in uses for p in use.choice.looked_at}
    for place in places.values():
        label = "proxy_named" if place.decides else "proxy_detected"
        yield Evidence(label, place.value, "", place.source, Sensitivity.HOST)
    used = {(use.choice.address, use.choice.source) for use in uses if use.choice.address}
    for address, source in sorted(used):
        yield Evidence("proxy_used", address, "", source, Sensitivity.HOST)
    for use in uses:
        if use.tunnel:
            source = f"CONNECT {with_port(use.host, use.port)}"
            told = str(use.tunnel.status or words.load().no_answer_in(use.tunnel.detail))
            yield Evidence("proxy_answer", told, "", source)
            yield Evidence("proxy_time", use.tunnel.duration_ms, "ms", source)
            if use.tunnel.schemes:
                yield Evidence("proxy_schemes", ", ".join(use.tunnel.schemes), "", source)


def _of_script(script: Script | None) -> Iterator[Evidence]:
    if script is None:
        return
    if script.failure:
        told = words.load().no_answer_in(script.failure)
        yield Evidence("script_failure", told, "", script.address, Sensitivity.HOST)
    if script.is_cut:
        size = network_data.load().limits.answer_bytes / 1e6
        yield Evidence("script_cut", size, "MB", script.address, Sensitivity.HOST)
    for one in script.named:
        known = words.load()
        result = known.way["connects"] if one.reach.passed else known.no_answer_in(one.reach.detail)
        value = f"{one.address}: {result}"
        yield Evidence("proxy_in_script", value, "", script.address, Sensitivity.HOST)


CHECK = Check(
    "proxy", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, ProxyUses, observe, judge
)
