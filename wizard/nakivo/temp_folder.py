# SPDX-License-Identifier: MIT
"""Which folder does the Java Transporter use for its temporary files, and who says so?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from wizard.errors import CannotCheck
from wizard.host.base import Host, VolumeKind
from wizard.nakivo import java
from wizard.nakivo.installation import Installation
from wizard.nakivo.java import JavaProcess
from wizard.nakivo.java_properties import Told, in_use
from wizard.product import Product

# Where temporary files must never lie: a service may not see it, or loses it in the middle.
UNFIT_VOLUMES = (VolumeKind.NETWORK, VolumeKind.SESSION)
DOUBTFUL_VOLUMES = (VolumeKind.REMOVABLE, VolumeKind.MEMORY, VolumeKind.UNKNOWN)


class Origin(StrEnum):
    """Who names a folder, the surest first."""

    PROCESS = "process"  # an argument, or an options variable, of the running Java Transporter
    PASTED = "pasted"  # the argument string, as the person pasted it from the settings page
    FILE = "file"  # the argument string, as a text file that the person names holds it
    DEFAULT = "default"  # where the product puts it unless told otherwise


@dataclass(frozen=True)
class NamedFolder:
    """One value and where it was read."""

    origin: Origin
    folder: str
    source: str


@dataclass(frozen=True)
class Setting:
    """The folders that the argument string names, by one who holds it; the last one counts.

    `lookalikes` are words that were meant to name one and don't.
    """

    origin: Origin
    source: str
    folders: tuple[str, ...]
    lookalikes: tuple[str, ...] = ()


class Sight(StrEnum):
    """How well the running Java Transporter could be seen."""

    SEEN = "seen"
    UNCLEAR = "unclear"  # its arguments name something else that may set the folder
    HIDDEN = "hidden"  # processes, or their arguments, are kept from this account
    NOT_RUNNING = "not-running"  # or not found: no such process among those listed


@dataclass(frozen=True)
class TempFolder:
    """The folder in use. With any sight but SEEN it is only assumed: by the setting, or default."""

    in_use: str
    origin: Origin
    sight: Sight
    named: tuple[NamedFolder, ...]
    used: tuple[str, ...]  # what each process that could be seen uses, the youngest last
    unseen: tuple[str, ...] = ()  # what else may set it: files with arguments, variables
    variables_unread: tuple[int, ...] = ()  # processes whose options variables can't be read
    set_by_variable: str | None = None  # the options variable that named the folder in use
    settings: tuple[Setting, ...] = ()
    default: str = ""
    direct_send: str | None = None  # what the youngest process has
    rivals: tuple[NamedFolder, ...] = ()  # what its places name, where they differ; the last counts

    elsewhere: int | None = None  # the process to which the folder's path means another folder

    @property
    def assumed(self) -> bool:
        """Whether nobody has seen that this folder is in use."""
        return self.sight is not Sight.SEEN

    def set_to(self, setting: Setting) -> str:
        """The folder that a Java Transporter started with this setting would use."""
        return setting.folders[-1] if setting.folders else self.default


def resolve(
    host: Host,
    product: Product,
    installation: Installation,
    settings: Sequence[Setting] = (),
) -> TempFolder:
    """The folder in use, as far as it can be seen; `settings` are what the person told of."""
    try:
        running = host.processes()
    except CannotCheck:  # no process can be seen at all
        running, hidden = (), True
    else:
        hidden = java.hidden_among(running)
    processes = java.among(running, host, product, installation)
    default = installation.default_temp_folder
    seen = sorted((p for p in processes if p.arguments is not None), key=java.start)
    places = [process.told(product.facts.temp_path_property.value) or () for process in seen]
    counting = [in_use(told) for told in places]
    # Of several arguments Java takes the last; of several processes the youngest counts.
    used = tuple(_folder(told, default) for told in counting if not told.unseen)
    youngest = counting[-1] if counting else Told(None, ())
    by_default = NamedFolder(Origin.DEFAULT, default, installation.found_by)
    sight = Sight.UNCLEAR if youngest.unseen else _sight(processes, hidden)
    chosen = _chosen(youngest, settings if sight is not Sight.SEEN else (), by_default)
    return TempFolder(
        in_use=chosen.folder,
        origin=chosen.origin,
        sight=sight,
        named=(*_named(seen, places), by_default),
        used=used,
        unseen=youngest.unseen,
        variables_unread=tuple(process.pid for process in seen if process.java_options is None),
        set_by_variable=youngest.variable if youngest.values else None,
        settings=tuple(settings),
        default=default,
        direct_send=_direct_send(seen[-1], product) if seen else None,
        rivals=_rivals(host, seen[-1], places[-1]) if seen else (),
        elsewhere=_elsewhere(host, chosen.folder, seen),
    )


def _elsewhere(host: Host, folder: str, seen: Sequence[JavaProcess]) -> int | None:
    """The youngest of the processes counts. None also where nobody may look."""
    try:
        return seen[-1].pid if seen and not host.same_folder(folder, seen[-1].pid) else None
    except CannotCheck:
        return None


def _direct_send(process: JavaProcess, product: Product) -> str | None:
    told = in_use(process.told(product.facts.direct_send_property.value) or ())
    return told.values[-1] if told.values and not told.unseen else None


def _chosen(told: Told, settings: Sequence[Setting], by_default: NamedFolder) -> NamedFolder:
    """What the process says, else what a setting has for the next start, else the default."""
    if told.values and not told.unseen:
        return NamedFolder(Origin.PROCESS, told.values[-1], "")
    for setting in settings:
        if setting.folders:
            return NamedFolder(setting.origin, setting.folders[-1], setting.source)
    return by_default


def _folder(told: Told, default: str) -> str:
    return told.values[-1] if told.values and not told.unseen else default


def _named(seen: Sequence[JavaProcess], places: Sequence[Sequence[Told]]) -> Iterator[NamedFolder]:
    for process, told in zip(seen, places, strict=True):
        for place in told:
            for value in place.values:
                yield NamedFolder(Origin.PROCESS, value, _source(process, place))


def _source(process: JavaProcess, place: Told) -> str:
    by = f"process {process.pid}"
    return f"{place.variable} of {by}" if place.variable else by


def _rivals(host: Host, process: JavaProcess, places: Sequence[Told]) -> tuple[NamedFolder, ...]:
    """What the command line and the variables of one process name, if it isn't the same folder."""
    named = [
        NamedFolder(Origin.PROCESS, place.values[-1], _source(process, place))
        for place in places
        if place.values
    ]
    return tuple(named) if len({host.path(one.folder) for one in named}) > 1 else ()


def set_twice(host: Host, named: Sequence[NamedFolder]) -> tuple[str, ...]:
    """The different folders that one process was given, empty when none was given two."""
    for source in dict.fromkeys(n.source for n in named if n.origin is Origin.PROCESS):
        values = different(host, [n.folder for n in named if n.source == source])
        if values:
            return values
    return ()


def different(host: Host, folders: Sequence[str]) -> tuple[str, ...]:
    """Several folders, each once in its first spelling; empty when all are the same one."""
    found: dict[PurePath, str] = {}
    for folder in folders:
        found.setdefault(host.path(folder), folder)
    return tuple(found.values()) if len(found) > 1 else ()


def _sight(processes: Sequence[JavaProcess], hidden: bool) -> Sight:
    if any(process.arguments is not None for process in processes):
        return Sight.SEEN
    return Sight.HIDDEN if processes or hidden else Sight.NOT_RUNNING
