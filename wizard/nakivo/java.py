# SPDX-License-Identifier: MIT
"""Which Java processes does the Transporter run, and what do their arguments say?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from wizard.host.base import Host, Process
from wizard.nakivo.installation import Installation
from wizard.product import Product

_NAMES = {"java", "javaw"}
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
        JavaProcess(p.pid, p.arguments, p.account, p.resident_bytes, p.started) for p in belonging
    )


def hidden(host: Host) -> bool:
    """Whether there are Java processes of which nothing can be seen but the name."""
    return hidden_among(host.processes())


def hidden_among(processes: Iterable[Process]) -> bool:
    """As hidden, in a list of processes that is there already."""
    return any(
        _is_java(process) and process.arguments is None and process.executable is None
        for process in processes
    )


def _is_java(process: Process) -> bool:
    return process.name.lower().removesuffix(".exe") in _NAMES


def _belongs(
    process: Process, host: Host, product: Product, installation: Installation | None
) -> bool:
    if not _is_java(process):
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


def property_values(arguments: Sequence[str], name: str) -> tuple[str, ...]:
    """All values of a -Dname= argument, in their order; Java takes the last."""
    start = f"-D{name}="
    return tuple(word.removeprefix(start) for word in arguments if word.startswith(start))


def temp_paths(arguments: Sequence[str], product: Product) -> tuple[str, ...]:
    """All values of the temporary folder's argument."""
    return property_values(arguments, product.facts.temp_path_property.value)


def max_heap_bytes(arguments: Sequence[str]) -> int | None:
    """The heap's upper limit; of several the last."""
    return _last(_sizes(arguments, ("-Xmx", "-XX:MaxHeapSize=")))


def min_heap_bytes(arguments: Sequence[str]) -> int | None:
    """The heap's size at the start; of several the last."""
    return _last(_sizes(arguments, ("-Xms", "-XX:InitialHeapSize=")))


def _sizes(arguments: Sequence[str], options: Sequence[str]) -> Iterator[int]:
    for word in arguments:
        for option in options:
            size = _SIZE.fullmatch(word.removeprefix(option)) if word.startswith(option) else None
            if size:
                yield int(size[1]) * _UNITS[size[2].lower()]


def _last(sizes: Iterator[int]) -> int | None:
    return next(reversed(list(sizes)), None)


def proxy(arguments: Sequence[str], scheme: str) -> str | None:
    """host:port of -Dhttp.proxyHost or -Dhttps.proxyHost, None when it isn't set."""
    hosts = property_values(arguments, f"{scheme}.proxyHost")
    ports = property_values(arguments, f"{scheme}.proxyPort")
    if not hosts or not hosts[-1]:
        return None
    return f"{hosts[-1]}:{ports[-1]}" if ports else hosts[-1]
