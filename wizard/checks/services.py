# SPDX-License-Identifier: MIT
"""Do the Transporter and Director services run?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wizard.checks.base import Check, Context, could_not_check, ok, problem, warning
from wizard.errors import CannotCheck
from wizard.host.base import ServiceState
from wizard.model import CauseId, Evidence, Finding, Sensitivity, Value
from wizard.nakivo import services
from wizard.nakivo.services import ProductService, Role
from wizard.product import Product


@dataclass(frozen=True)
class SeenService:
    """A service without its command line, which may hold a password."""

    role: Role
    name: str
    display_name: str
    state: ServiceState
    start_type: str | None
    account: str | None


@dataclass(frozen=True)
class Services:
    """The product's services; `has_director` is None when no installation was found."""

    found: tuple[SeenService, ...]
    has_director: bool | None
    windows: bool


def observe(context: Context) -> Services:
    """Look the services up."""
    found = services.find(context.host, context.product)
    return Services(
        found=tuple(_seen(service) for service in found),
        has_director=_has_director(context),
        windows=context.host.facts().system == "windows",
    )


def _has_director(context: Context) -> bool | None:
    try:
        return context.installation().has_director
    except CannotCheck:
        return None


def _seen(found: ProductService) -> SeenService:
    told = found.service
    return SeenService(
        role=found.role,
        name=told.name,
        display_name=told.display_name or told.name,
        state=told.state,
        start_type=told.start_type,
        account=told.account,
    )


def judge(seen: Services, _product: Product) -> Finding:
    """A part that doesn't run explains everything; a part that isn't found explains nothing."""
    more: dict[str, Any] = {"evidence": tuple(_evidence(seen)), "source": "wizard"}
    down = _in_state(seen, ServiceState.STOPPED, ServiceState.FAILED)
    if down:
        failed = any(service.state is ServiceState.FAILED for service in down)
        system = "windows" if seen.windows else "linux"
        text = f"check.services.{'failed' if failed else 'stopped'}_{system}"
        return problem(text, values=_down_values(down), **more, decisive=True)
    missing = _missing(seen)
    if missing is not None:
        return could_not_check(f"check.services.no_{missing}", **more)
    changing = _in_state(seen, ServiceState.CHANGING)
    if changing:
        values = {"names": _names(changing), "count": len(changing)}
        return warning("check.services.changing", values=values, **more)
    values = {"names": _names(seen.found), "count": len(seen.found)}
    return ok("check.services.running", values=values, **more)


def _down_values(down: tuple[SeenService, ...]) -> dict[str, Value]:
    """What the commands that start them again need, by the names the system knows."""
    units = " ".join(service.name for service in down)
    return {"names": _names(down), "count": len(down), "units": units, "unit": down[0].name}


def _missing(seen: Services) -> Role | None:
    roles = {service.role for service in seen.found}
    if Role.TRANSPORTER not in roles:
        return Role.TRANSPORTER
    return Role.DIRECTOR if seen.has_director and Role.DIRECTOR not in roles else None


def _in_state(seen: Services, *states: ServiceState) -> tuple[SeenService, ...]:
    return tuple(service for service in seen.found if service.state in states)


def _names(found: tuple[SeenService, ...]) -> str:
    return ", ".join(service.display_name for service in found)


def _evidence(seen: Services) -> Iterator[Evidence]:
    for service in seen.found:
        source = f"service {service.name}"
        yield Evidence(f"{service.role}_service", service.display_name, source=source)
        yield Evidence(f"{service.role}_state", service.state, source=source)
        if service.start_type is not None:
            yield Evidence("service_start", service.start_type, source=source)
        if service.account is not None:
            account = Evidence("service_account", service.account, "", source, Sensitivity.HOST)
            yield account


CHECK = Check("services", CauseId.OTHER, frozenset(), 10.0, Services, observe, judge)
