# SPDX-License-Identifier: MIT
"""Where NAKIVO Backup & Replication is installed on this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from wizard.errors import CannotCheck
from wizard.host.base import Host
from wizard.nakivo import services
from wizard.product import Product


@dataclass(frozen=True)
class Installation:
    """One installation. Paths are text of the host's flavour."""

    folder: str  # the product's root
    transporter: str  # the Transporter's folder
    default_temp_folder: str
    log_folder: str
    found_by: str  # what led to it: a service, an uninstall entry, a default folder, the person
    has_director: bool
    version: str | None = None
    others: tuple[str, ...] = ()  # further installations on this computer


@dataclass(frozen=True)
class _Place:
    """Where an installation seems to be, and what said so."""

    folder: PurePath
    transporter: PurePath
    found_by: str


def find(host: Host, product: Product, install_dir: str | None) -> Installation:
    """The installation to look at: the person's folder, else the first that shows itself."""
    if install_dir is not None:
        return _described(_chosen(host, product, install_dir), host, product)
    places = _distinct(place for place in _shown(host, product) if not _gone(host, place))
    if not places:
        raise CannotCheck("error.no_installation")
    others = tuple(str(place.folder) for place in places[1:])
    return _described(places[0], host, product, others)


def _chosen(host: Host, product: Product, install_dir: str) -> _Place:
    """The person's folder, when it is the product's or the Transporter's."""
    facts, folder = product.facts, host.path(install_dir)
    if not folder.is_absolute():
        raise CannotCheck("error.host_relative_path", path=install_dir)
    if not host.is_folder(install_dir):
        raise CannotCheck("error.install_dir_missing", folder=install_dir)
    below = folder / facts.transporter_subfolder.value
    if host.is_folder(str(below)):
        return _Place(folder, below, "chosen folder")
    own = PurePath(facts.temp_subfolder.value).parts[0]
    if any(host.is_folder(str(folder / name)) for name in (own, facts.log_subfolder.value)):
        return _Place(folder.parent, folder, "chosen folder")
    raise CannotCheck("error.install_dir_unlike_product", folder=install_dir, expected=below.name)


def find_if_any(host: Host, product: Product, install_dir: str | None) -> Installation | None:
    """The same for whoever can do without: None where there is none to be found."""
    try:
        return find(host, product, install_dir)
    except CannotCheck:
        return None


def _shown(host: Host, product: Product) -> Iterator[_Place]:
    """All places that something on the computer points to, the surest first."""
    sources = (_services, _programs, _processes, _default_folders)
    for source in sources:
        for path, found_by in _asked(source, host, product):
            place = _place_of(host, product, path, found_by)
            if place is not None:
                yield place


_Pointers = Callable[[Host, Product], Iterator[tuple[str, str]]]


def _asked(source: _Pointers, host: Host, product: Product) -> list[tuple[str, str]]:
    """A source's pointers; none when it has no answer, since the next one may have."""
    try:
        return list(source(host, product))
    except CannotCheck:
        return []


def _services(host: Host, product: Product) -> Iterator[tuple[str, str]]:
    for service in host.services():
        program = services.program_of(service, host)
        if program and services.is_vendors(service, product):
            yield program, f"service {service.display_name or service.name}"


def _programs(host: Host, product: Product) -> Iterator[tuple[str, str]]:
    word = product.facts.vendor_word.value.lower()
    for program in host.programs():
        if program.folder and word in program.name.lower():
            yield program.folder, f"uninstall entry {program.name}"


def _processes(host: Host, product: Product) -> Iterator[tuple[str, str]]:
    word = product.facts.vendor_word.value.lower()
    for process in host.processes():
        for path in (process.executable, *(process.arguments or ())[:1]):
            if path and word in path.lower():
                yield path, f"process {process.name}"


def _default_folders(host: Host, product: Product) -> Iterator[tuple[str, str]]:
    facts = product.facts
    windows = host.facts().system == "windows"
    for folder in (facts.windows_folders if windows else facts.linux_folders).value:
        if _is_folder(host, host.path(folder) / facts.transporter_subfolder.value):
            yield folder, "default folder"


def _place_of(host: Host, product: Product, path: str, found_by: str) -> _Place | None:
    """The installation around a path: the folder that has, or is beside, the Transporter's."""
    named = product.facts.transporter_subfolder.value
    start = host.path(path)
    for folder in (start, *start.parents):
        if folder.name.lower() == named:
            return _Place(folder.parent, folder, found_by)
        if folder.name.lower() == product.facts.director_subfolder.value:
            return _Place(folder.parent, folder.parent / named, found_by)
        if _is_folder(host, folder / named):
            return _Place(folder, folder / named, found_by)
    return None


def _distinct(places: Iterator[_Place]) -> list[_Place]:
    """The first of each folder; a path of the host's flavour compares as the host does."""
    first: dict[PurePath, _Place] = {}
    for place in places:
        first.setdefault(place.transporter, place)
    return list(first.values())


def _gone(host: Host, place: _Place) -> bool:
    """Whether an old service or uninstall entry points to what is no longer there."""
    try:
        return not host.is_folder(str(place.folder))
    except CannotCheck:
        return False


def _is_folder(host: Host, path: PurePath) -> bool:
    try:
        return host.is_folder(str(path))
    except CannotCheck:
        return False


def _described(
    place: _Place, host: Host, product: Product, others: tuple[str, ...] = ()
) -> Installation:
    facts = product.facts
    return Installation(
        folder=str(place.folder),
        transporter=str(place.transporter),
        default_temp_folder=str(place.transporter / facts.temp_subfolder.value),
        log_folder=str(place.transporter / facts.log_subfolder.value),
        found_by=place.found_by,
        has_director=_is_folder(host, place.folder / facts.director_subfolder.value),
        version=_version(place, host, product),
        others=others,
    )


def _version(place: _Place, host: Host, product: Product) -> str | None:
    """What the uninstall entry of this folder says; nothing else states it reliably."""
    word = product.facts.vendor_word.value.lower()
    try:
        entries = [entry for entry in host.programs() if word in entry.name.lower()]
    except CannotCheck:
        return None
    here = [
        e for e in entries if e.folder and host.path(e.folder) in (place.folder, place.transporter)
    ]
    unplaced = [entry for entry in entries if entry.folder is None]
    telling = here or (unplaced if len(entries) == 1 else [])
    return next((entry.version for entry in telling if entry.version), None)
