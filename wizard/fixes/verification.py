# SPDX-License-Identifier: MIT
"""Does the running Java Transporter have the wanted temporary folder? Looks, never assumes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wizard.fixes import arguments
from wizard.fixes.notice import Notice
from wizard.fixes.readings import visible
from wizard.host.base import Host
from wizard.nakivo import java
from wizard.nakivo.installation import Installation
from wizard.nakivo.java import JavaProcess
from wizard.product import Product


class State(StrEnum):
    """What was seen; only VERIFIED means that the change has taken effect."""

    VERIFIED = "verified"
    TWICE = "twice"
    OTHER_VALUE = "other-value"
    NONE = "none"
    UNREADABLE = "unreadable"
    NO_PROCESS = "no-process"


@dataclass(frozen=True)
class Seen:
    """One process and the values it was started with; None where they can't be read."""

    pid: int
    values: tuple[str, ...] | None


@dataclass(frozen=True)
class Verification:
    """The answer, with every process that was looked at."""

    state: State
    wanted: str
    seen: tuple[Seen, ...]

    @property
    def is_verified(self) -> bool:
        """Whether exactly the wanted value is in use."""
        return self.state is State.VERIFIED

    @property
    def notice(self) -> Notice:
        """The answer in a sentence."""
        values = {value for seen in self.seen for value in seen.values or ()}
        told = ", ".join(sorted(visible(value) for value in values))
        pids = ", ".join(str(seen.pid) for seen in self.seen)
        name = self.state.value.replace("-", "_")
        values_told = {"wanted": visible(self.wanted), "values": told, "pids": pids}
        return Notice(f"arguments.verified.{name}", values_told)


def verify(
    host: Host, product: Product, wanted: str, installation: Installation | None = None
) -> Verification:
    """Look at the running process; CannotCheck when processes can't be listed.

    With several processes all must have the value: one may be the old one on its way out.
    """
    name = product.facts.temp_path_property.value
    found = java.find(host, product, installation)
    seen = tuple(Seen(process.pid, values_of(process, name)) for process in found)
    states = [_state(one.values, wanted) for one in seen]
    if not states:
        states = [State.UNREADABLE if java.hidden(host) else State.NO_PROCESS]
    return Verification(
        next((s for s in states if s is not State.VERIFIED), states[0]), wanted, seen
    )


def values_of(process: JavaProcess, name: str) -> tuple[str, ...] | None:
    """Every value of the property among a process's arguments."""
    if process.arguments is None:
        return None
    return tuple(
        arguments.value_of(word) for word in process.arguments if arguments.is_property(word, name)
    )


def _state(values: Sequence[str] | None, wanted: str) -> State:
    if values is None:
        return State.UNREADABLE
    if not values:
        return State.NONE
    if len(values) > 1:
        return State.TWICE
    return State.VERIFIED if values[0] == wanted else State.OTHER_VALUE
