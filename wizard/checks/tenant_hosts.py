# SPDX-License-Identifier: MIT
"""Are the hosts of the tenant's own SharePoint and OneDrive known, so that the way there is tested?

Requests for files lead there, so a way to Graph alone is not enough for a backup of files.
"""

from __future__ import annotations

from dataclasses import dataclass

from wizard.checks.base import Check, Context, Need, could_not_check, not_applicable, ok
from wizard.checks.not_reached import distinct
from wizard.graph import network_data
from wizard.graph.network_path import WALK_FAILED, Layer, LeftOut, NetworkPath
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Product


@dataclass(frozen=True)
class TenantHost:
    """A host of the tenant's own to which was walked."""

    endpoint: str
    host: str
    is_guess: bool = False  # made from the tenant's name


@dataclass(frozen=True)
class KnownHosts:
    """The tenant's own hosts, and those of them that nobody knows."""

    hosts: tuple[TenantHost, ...]
    left_out: tuple[LeftOut, ...]


def observe(context: Context) -> KnownHosts:
    """Take both from the shared walk."""
    of_tenant = {one.id for one in network_data.load().endpoints if one.is_of_tenant}
    paths = [path for path in context.network(Layer.NAME) if path.endpoint in of_tenant]
    return KnownHosts(tuple(_host(path) for path in paths), context.network.left_out())


def _host(path: NetworkPath) -> TenantHost:
    return TenantHost(path.endpoint, path.host, path.is_guess)


def judge(seen: KnownHosts, _product: Product) -> Finding:
    """What nobody knows could not be tested, and is told with its reason."""
    evidence = tuple(
        Evidence(
            f"tenant_host_{one.endpoint}", one.host, "", f"lookup {one.host}", Sensitivity.HOST
        )
        for one in seen.hosts
    )
    more = {"evidence": evidence, "source": "microsoft365_addresses"}
    if seen.left_out:
        failed = (one for one in seen.left_out if one.reason == WALK_FAILED)
        first = next(failed, seen.left_out[0])
        return could_not_check(first.reason, values=first.values, **more)
    if not seen.hosts:
        return not_applicable("check.tenant_hosts.not_needed", **more)
    values = {
        "hosts": distinct(one.host for one in seen.hosts),
        "count": len({one.host for one in seen.hosts}),
    }
    if any(one.is_guess for one in seen.hosts):
        return could_not_check("check.tenant_hosts.guessed", values=values, **more)
    return ok("check.tenant_hosts.known", values=values, **more)


CHECK = Check(
    "tenant_hosts",
    CauseId.CONNECTIVITY,
    frozenset({Need.NETWORK}),
    20.0,
    KnownHosts,
    observe,
    judge,
)
