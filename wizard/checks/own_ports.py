# SPDX-License-Identifier: MIT
"""Do the product's own programs wait at their ports, and does nobody else?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from wizard.checks.base import Check, Context, could_not_check, ok, warning
from wizard.host.base import Host, Listener
from wizard.model import CauseId, Evidence, Finding, Sensitivity, Value
from wizard.nakivo.installation import Installation
from wizard.nakivo.services import Role
from wizard.product import Fact, Product


@dataclass(frozen=True)
class Waiting:
    """A port at which somebody waits; `is_own` is None where the program can't be seen."""

    address: str
    port: int
    program: str | None
    is_own: bool | None
    role: Role | None  # of the product's own programs, by their folder


@dataclass(frozen=True)
class OwnPorts:
    """Who waits at the product's ports, and where else its programs wait."""

    waiting: tuple[Waiting, ...]
    has_director: bool


def observe(context: Context) -> OwnPorts:
    """List the ports and tell the product's programs by their folder."""
    installation = context.installation()
    facts = context.product.facts
    data = range(facts.data_port_first.value, facts.data_port_last.value + 1)
    known = (facts.director_port.value, facts.transporter_port.value, *data)
    found = (_waiting(one, context.host, installation) for one in context.host.listening())
    kept = tuple(one for one in found if one.is_own or one.port in known)
    return OwnPorts(kept, installation.has_director)


def _waiting(found: Listener, host: Host, installation: Installation) -> Waiting:
    if found.program is None or not host.path(found.program).is_absolute():
        return Waiting(found.address, found.port, found.program, None, None)
    program = host.path(found.program)
    folders = (installation.folder, host.real_path(installation.folder))
    below = [program.relative_to(f) for f in map(host.path, folders) if program.is_relative_to(f)]
    role = next((role for role in Role if below and below[0].parts[0].lower() == role), None)
    return Waiting(found.address, found.port, found.program, bool(below), role)


def judge(seen: OwnPorts, product: Product) -> Finding:
    """A port that another program took first, then what can't be told, then what is missing."""
    facts = product.facts
    ports = {Role.TRANSPORTER: facts.transporter_port}
    if seen.has_director:
        ports[Role.DIRECTOR] = facts.director_port
    told = (
        _taken(seen, ports, product)
        or _hidden(seen, ports)
        or _missing(seen, ports, product)
        or _all_there(seen, ports, product)
    )
    return Finding(
        told.outcome,
        told.text,
        told.values,
        evidence=tuple(_evidence(seen, ports, product)),
        source=facts.transporter_port.source,
    )


_Ports = dict[Role, Fact[int]]


def _at(seen: OwnPorts, port: int) -> list[Waiting]:
    return [one for one in seen.waiting if one.port == port]


def _taken(seen: OwnPorts, ports: _Ports, product: Product) -> Finding | None:
    for role, port in ports.items():
        at = _at(seen, port.value)
        if {one.is_own for one in at} == {False} and not _elsewhere(seen, role, product):
            values = _values(role, port, product, program=at[0].program or "")
            return warning("check.own_ports.taken", values=values)
    return None


def _hidden(seen: OwnPorts, ports: _Ports) -> Finding | None:
    """The port alone proves nothing: any program may have taken it."""
    owners = {port.value: {one.is_own for one in _at(seen, port.value)} for port in ports.values()}
    numbers = [number for number, who in owners.items() if None in who and True not in who]
    if not numbers:
        return None
    values: dict[str, Value] = {"ports": _listed(numbers), "count": len(numbers)}
    return could_not_check("check.own_ports.hidden", values=values)


def _missing(seen: OwnPorts, ports: _Ports, product: Product) -> Finding | None:
    for role, port in ports.items():
        if not _at(seen, port.value) and not _elsewhere(seen, role, product):
            return warning("check.own_ports.missing", values=_values(role, port, product))
    return None


def _all_there(seen: OwnPorts, ports: _Ports, product: Product) -> Finding:
    for role, port in ports.items():
        if not any(one.is_own for one in _at(seen, port.value)):
            elsewhere = _elsewhere(seen, role, product)
            values = _values(role, port, product, elsewhere=elsewhere)
            return ok("check.own_ports.other_ports", values=values)
    numbers = [port.value for port in ports.values()]
    return ok(
        "check.own_ports.all_there", values={"ports": _listed(numbers), "count": len(numbers)}
    )


def _elsewhere(seen: OwnPorts, role: Role, product: Product) -> str:
    """Where else the programs of this role wait for other computers, as a list to read.

    Ports for data, and those for this computer alone, say nothing of the one for orders.
    """
    facts = product.facts
    data = range(facts.data_port_first.value, facts.data_port_last.value + 1)
    own = [one for one in seen.waiting if one.role is role and one.port not in data]
    return _listed(one.port for one in own if not ip_address(one.address).is_loopback)


def _listed(ports: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(set(ports))))


def _values(role: Role, port: Fact[int], product: Product, **more: Value) -> dict[str, Value]:
    """The role's own name is the same in each language."""
    said_by = product.said_by(port)
    return {"role": role.capitalize(), "port": port.value, "said_by": said_by, **more}


def _evidence(seen: OwnPorts, ports: _Ports, product: Product) -> Iterator[Evidence]:
    for role, port in ports.items():
        yield Evidence(f"own_port_{role}", port.value, "", product.said_by(port))
    for one in _shown(seen.waiting, ports):
        label = {True: "port_of_product", False: "port_of_other", None: "port_of_hidden"}
        place = f"{one.address} {one.port}"
        yield Evidence(label[one.is_own], place, "", one.program or "", Sensitivity.HOST)
    facts = product.facts
    first, last = facts.data_port_first, facts.data_port_last
    busy = [one for one in seen.waiting if first.value <= one.port <= last.value]
    source = f"{product.said_by(first)}: {first.value}-{last.value}"
    yield Evidence("data_ports_waiting", len(busy), "", source)


def _shown(waiting: Sequence[Waiting], ports: _Ports) -> Iterator[Waiting]:
    """All but the many data ports of the product itself, which are only counted."""
    numbers = {port.value for port in ports.values()}
    return (one for one in waiting if one.port in numbers or one.is_own is False)


CHECK = Check("own_ports", CauseId.CONNECTIVITY, frozenset(), 10.0, OwnPorts, observe, judge)
