# SPDX-License-Identifier: MIT
"""Does the running Java Transporter have the wanted temporary folder? Looks, never assumes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.fixes import arguments, folder_sight
from wizard.fixes.folder_sight import NOTHING_SEEN, FolderSight
from wizard.fixes.notice import Notice
from wizard.fixes.readings import visible
from wizard.host import java_launcher
from wizard.host.base import Host
from wizard.host.shown import arguments_without_passwords
from wizard.nakivo import java
from wizard.nakivo.installation import Installation
from wizard.nakivo.java import JavaProcess
from wizard.nakivo.java_properties import in_use
from wizard.product import Product


class State(StrEnum):
    """What was seen; only VERIFIED means that the change has taken effect."""

    VERIFIED = "verified"
    TWICE = "twice"
    OTHER_VALUE = "other-value"
    NONE = "none"
    UNCLEAR = "unclear"
    UNREADABLE = "unreadable"
    NO_PROCESS = "no-process"


@dataclass(frozen=True)
class Seen:
    """One process and the values that are in use there; None where they can't be told.

    `variable` set them, or None for the arguments; `unseen` names what else may set them.
    `variables_read` says whether Java's options variables could be looked at.
    """

    pid: int
    values: tuple[str, ...] | None
    variable: str | None = None
    unseen: tuple[str, ...] = ()
    variables_read: bool = False


@dataclass(frozen=True)
class Verification:
    """The answer, with every process that was looked at.

    `back`: the folder from before a change was wanted; then an empty `wanted` is the default one.
    """

    state: State
    wanted: str
    seen: tuple[Seen, ...]
    back: bool = False
    folder: FolderSight = NOTHING_SEEN
    has_hidden: bool = False  # there are Java processes whose arguments can't be read

    @property
    def is_verified(self) -> bool:
        """Whether exactly the wanted value is in use."""
        return self.state is State.VERIFIED

    @property
    def is_good(self) -> bool:
        """Whether the wanted folder is in use and nothing is wrong with it."""
        return self.is_verified and self.folder.problem is None

    @property
    def notice(self) -> Notice:
        """The answer in a sentence."""
        name = self._name
        by_variable = _listed(seen.variable for seen in self.seen if seen.variable)
        if by_variable and name in ("other_value", "twice"):
            name += "_by_variable"
        values = {
            "wanted": visible(self.wanted),
            "values": _listed(shown(value) for seen in self.seen for value in seen.values or ()),
            "pids": ", ".join(str(seen.pid) for seen in self.seen),
            "places": _listed(shown(place) for seen in self.seen for place in seen.unseen),
            "variables": by_variable,
        }
        return Notice(f"arguments.verified.{name}", values)

    @property
    def _name(self) -> str:
        """The sentence's; where the old folder is wanted, some say something else."""
        if self.back and self.state is State.VERIFIED:
            return "back" if self.wanted else "back_to_default"
        if self.back and self.state in (State.OTHER_VALUE, State.TWICE, State.NONE):
            return "not_back"
        return self.state.value.replace("-", "_")

    @property
    def doubts(self) -> tuple[Notice, ...]:
        """What the answer leaves out."""
        hidden = Notice("arguments.verified.others_hidden") if self._is_incomplete else None
        found = (variables_unread(self.seen), hidden, self.folder.doubt)
        return tuple(notice for notice in found if notice is not None)

    @property
    def is_certain(self) -> bool:
        """Whether nothing that was left out could say otherwise."""
        return not self._is_incomplete and variables_unread(self.seen) is None

    @property
    def _is_incomplete(self) -> bool:
        return self.has_hidden and self.is_verified


def variables_unread(seen: Iterable[Seen]) -> Notice | None:
    """Of which processes' values it isn't known whether an options variable sets others."""
    pids = [one.pid for one in seen if one.values is not None and not one.variables_read]
    if not pids:
        return None
    names = ", ".join(variable.name for variable in java_launcher.load().variables)
    told = {"pids": ", ".join(map(str, pids)), "variables": names}
    return Notice("arguments.verified.variables_unread", told)


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(sorted(set(parts)))


def shown(value: str) -> str:
    """A value of a running process as it may be shown: visible, and without a password."""
    return visible(arguments_without_passwords((value,))[0]) or '""'


def verify(
    host: Host, product: Product, wanted: str, installation: Installation | None = None
) -> Verification:
    """Look at the running process; CannotCheck when processes can't be listed.

    With several processes all must have the value: one may be the old one on its way out.
    """
    state, seen, accounts = _judged(host, product, (wanted,), installation)
    return _answer(host, Verification(state, wanted, seen), wanted, accounts)


def verify_back(
    host: Host, product: Product, before: str, installation: Installation | None = None
) -> Verification:
    """As verify, of a string that was put back: the values must be those that it sets."""
    found = arguments.properties(before, product.facts.temp_path_property.value)
    wanted = tuple(arguments.value_of(token.plain) for token in found)
    state, seen, accounts = _judged(host, product, wanted, installation)
    told = Verification(state, wanted[-1] if wanted else "", seen, back=True)
    default = installation.default_temp_folder if installation else ""
    return _answer(host, told, told.wanted or default, accounts)


def _answer(host: Host, told: Verification, folder: str, accounts: tuple[str, ...]) -> Verification:
    """The answer with what can be seen of the folder in use, and whether others are hidden."""
    sight = NOTHING_SEEN
    if told.is_verified and folder:
        sight = folder_sight.look(host, folder, accounts)
    return replace(told, folder=sight, has_hidden=java.hidden(host))


def _judged(
    host: Host, product: Product, wanted: tuple[str, ...], installation: Installation | None
) -> tuple[State, tuple[Seen, ...], tuple[str, ...]]:
    """The state, what was seen of each process, and the accounts that they run as."""
    name = product.facts.temp_path_property.value
    found = java.find(host, product, installation)
    seen = tuple(look(process, name) for process in found)
    states = [_state(host, one, wanted) for one in seen]
    if not states:
        states = [State.UNREADABLE if java.hidden(host) else State.NO_PROCESS]
    accounts = tuple(sorted({one.account for one in found if one.account}))
    return next((s for s in states if s is not State.VERIFIED), states[0]), seen, accounts


def look(process: JavaProcess, name: str) -> Seen:
    """The property's values in a process, from the place that counts."""
    told = process.told(name)
    if told is None:
        return Seen(process.pid, None)
    is_read = process.java_options is not None
    counting = in_use(told)
    if counting.unseen:
        return Seen(process.pid, None, None, counting.unseen, is_read)
    return Seen(process.pid, counting.values, counting.variable, (), is_read)


def _state(host: Host, seen: Seen, wanted: tuple[str, ...]) -> State:
    if seen.unseen:
        return State.UNCLEAR
    if seen.values is None:
        return State.UNREADABLE
    if _same(host, seen.values, wanted):
        return State.VERIFIED
    if not seen.values:
        return State.NONE
    return State.TWICE if len(seen.values) > 1 else State.OTHER_VALUE


def _same(host: Host, values: Sequence[str], wanted: Sequence[str]) -> bool:
    """As many folders, and the same ones; an empty value is none, and no way to write "."."""
    pairs = zip(values, wanted, strict=False)
    return len(values) == len(wanted) and all(
        host.path(value) == host.path(other) if value and other else value == other
        for value, other in pairs
    )
