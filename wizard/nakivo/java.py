# SPDX-License-Identifier: MIT
"""Which Java processes does the Transporter run, and what do their arguments say?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from wizard.host import java_launcher
from wizard.host.base import Host, JavaOptions, Process
from wizard.host.java_launcher import is_java
from wizard.nakivo import java_properties
from wizard.nakivo.installation import Installation
from wizard.nakivo.java_properties import Told
from wizard.product import Product

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_SIZE = re.compile(r"(\d+)([kmgt]?)", re.I)


@dataclass(frozen=True)
class JavaProcess:
    """A running Java Transporter. `arguments` is None where the system hides them."""

    pid: int
    arguments: tuple[str, ...] | None
    account: str | None
    resident_bytes: int | None
    started: datetime | None
    java_options: tuple[JavaOptions, ...] | None = None
    executable: str | None = None
    apart: tuple[str, ...] = ()  # kinds of namespaces in which it is elsewhere

    def told(self, name: str) -> tuple[Told, ...] | None:
        """What its arguments and variables say of a property; None where they can't be seen."""
        if self.arguments is None:
            return None
        return java_properties.told(self.arguments, self.java_options, name)


def find(
    host: Host, product: Product, installation: Installation | None = None
) -> tuple[JavaProcess, ...]:
    """The Java processes of the Transporter; with an installation also those in its folder."""
    return among(host.processes(), host, product, installation)


def among(
    processes: Iterable[Process], host: Host, product: Product, installation: Installation | None
) -> tuple[JavaProcess, ...]:
    """As find, in a list of processes that is there already."""
    vendors = [p for p in processes if _belongs(p, host, product, installation)]
    own = [p for p in vendors if installation and _mentions(p, installation.transporter, host)]
    # Another installation's process says nothing of this one; behind a link, the words decide.
    belonging = own or vendors
    return tuple(
        JavaProcess(
            p.pid,
            p.arguments,
            p.account,
            p.resident_bytes,
            p.started,
            p.java_options,
            p.executable,
            p.apart,
        )
        for p in belonging
    )


def start(process: JavaProcess) -> tuple[float, int]:
    """Sorts processes by their start, the youngest last; of two the one with the higher number."""
    return (process.started.timestamp() if process.started else 0, process.pid)


def hidden(host: Host) -> bool:
    """Whether there are Java processes of which nothing can be seen but the name."""
    return hidden_among(host.processes())


def hidden_among(processes: Iterable[Process]) -> bool:
    """As hidden, in a list of processes that is there already."""
    return any(
        is_java(process.name) and process.arguments is None and process.executable is None
        for process in processes
    )


def _belongs(
    process: Process, host: Host, product: Product, installation: Installation | None
) -> bool:
    if not is_java(process.name):
        return False
    facts = product.facts
    program = host.path((process.arguments or (process.executable or "",))[0])
    if facts.director_subfolder.value in [part.lower() for part in program.parts[:-1]]:
        return False
    if installation is not None and _mentions(process, installation.transporter, host):
        return True
    text = " ".join(_words(process)).lower()
    return facts.vendor_word.value.lower() in text and facts.transporter_subfolder.value in text


def _words(process: Process) -> list[str]:
    return [word for word in (process.executable, *(process.arguments or ())) if word]


def _mentions(process: Process, folder: str, host: Host) -> bool:
    """Whether a word is, or ends as an option's value in, a path below the folder."""
    words = _words(process)
    values = [part for word in words for part in (word, word.partition("=")[2]) if part]
    return any(host.path(value).is_relative_to(host.path(folder)) for value in values)


def max_heap_bytes(command: Sequence[str]) -> int | None:
    """The heap's upper limit in a whole command line; of several the last."""
    return _last(_sizes(command, ("-Xmx", "-XX:MaxHeapSize=")))


def _sizes(command: Sequence[str], options: Sequence[str]) -> Iterator[int]:
    for word, _ in java_launcher.options(command):
        for option in options:
            size = _SIZE.fullmatch(word.removeprefix(option)) if word.startswith(option) else None
            if size:
                yield int(size[1]) * _UNITS[size[2].lower()]


def _last(sizes: Iterator[int]) -> int | None:
    return next(reversed(list(sizes)), None)
