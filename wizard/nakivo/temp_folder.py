# SPDX-License-Identifier: MIT
"""Which folder does the Java Transporter use for its temporary files, and who says so?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wizard.errors import CannotCheck
from wizard.host.base import Host
from wizard.nakivo import java
from wizard.nakivo.installation import Installation
from wizard.nakivo.java import JavaProcess
from wizard.product import Product


class Origin(StrEnum):
    """Who names a folder, the surest first."""

    PROCESS = "process"  # an argument of the running Java Transporter
    DEFAULT = "default"  # where the product puts it unless told otherwise


@dataclass(frozen=True)
class NamedFolder:
    """One value and where it was read."""

    origin: Origin
    folder: str
    source: str


class Sight(StrEnum):
    """How well the running Java Transporter could be seen."""

    SEEN = "seen"
    HIDDEN = "hidden"  # processes, or their arguments, are kept from this account
    NOT_RUNNING = "not-running"  # or not found: no such process among those listed


@dataclass(frozen=True)
class TempFolder:
    """The folder in use. With any sight but SEEN it is only assumed to be the default."""

    in_use: str
    origin: Origin
    sight: Sight
    named: tuple[NamedFolder, ...]
    used: tuple[str, ...]  # what each process that could be seen uses, the youngest last

    @property
    def assumed(self) -> bool:
        """Whether nobody has seen that this folder is in use."""
        return self.sight is not Sight.SEEN


def resolve(host: Host, product: Product, installation: Installation) -> TempFolder:
    """The folder in use, as far as it can be seen."""
    try:
        running = host.processes()
    except CannotCheck:  # no process can be seen at all
        running, hidden = (), True
    else:
        hidden = java.hidden_among(running)
    processes = java.among(running, host, product, installation)
    default = installation.default_temp_folder
    seen = sorted((p for p in processes if p.arguments is not None), key=_start)
    set_by = [_set_by(process, product) for process in seen]
    # Of several arguments Java takes the last; of several processes the youngest counts.
    used = tuple(folders[-1].folder if folders else default for folders in set_by)
    origin = Origin.PROCESS if set_by and set_by[-1] else Origin.DEFAULT
    by_default = NamedFolder(Origin.DEFAULT, default, installation.found_by)
    named = (*(folder for folders in set_by for folder in folders), by_default)
    return TempFolder(used[-1] if used else default, origin, _sight(processes, hidden), named, used)


def _start(process: JavaProcess) -> tuple[float, int]:
    return (process.started.timestamp() if process.started else 0, process.pid)


def _set_by(process: JavaProcess, product: Product) -> list[NamedFolder]:
    values = java.temp_paths(process.arguments or (), product)
    source = f"process {process.pid}"
    return [NamedFolder(Origin.PROCESS, value, source) for value in values]


def set_twice(named: Sequence[NamedFolder]) -> tuple[str, ...]:
    """The different folders that one process was given, empty when none was given two."""
    for source in dict.fromkeys(n.source for n in named if n.origin is Origin.PROCESS):
        values = tuple(dict.fromkeys(n.folder for n in named if n.source == source))
        if len(values) > 1:
            return values
    return ()


def _sight(processes: Sequence[JavaProcess], hidden: bool) -> Sight:
    if any(process.arguments is not None for process in processes):
        return Sight.SEEN
    return Sight.HIDDEN if processes or hidden else Sight.NOT_RUNNING
