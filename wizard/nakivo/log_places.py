# SPDX-License-Identifier: MIT
"""Where the product's logs lie on this computer, which dumps Java left, and what the system logs.

The vendor names one log folder. What the Director writes and where is not documented: folders with
"log" as a word of their name are looked for below the product's parts, at most two levels down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from wizard.errors import CannotCheck
from wizard.host.base import FileEntry, Host
from wizard.model import CauseId
from wizard.nakivo import log_sources, services
from wizard.nakivo.installation import Installation
from wizard.nakivo.log_content import of_text
from wizard.nakivo.log_sources import LOG_NAME, Found, Skipped, Source
from wizard.product import Product

_LOG_FOLDER = re.compile(r"(?i)(?:^|[-_. ])logs?$")
_CRASH_FILE = re.compile(r"(?i)^hs_err_pid\d+\.log$")
_HEAP_DUMP = re.compile(r"(?i)\.hprof(?:\.gz)?$")
_SYSTEM_LOGS = {"windows": "Windows event log", "linux": "systemd journal"}


@dataclass(frozen=True)
class Dump:
    """What a Java that died left behind: its whole memory, or a report of the crash."""

    path: str
    is_heap: bool
    size_bytes: int
    modified: datetime


def find(host: Host, installation: Installation, product: Product) -> tuple[str, ...]:
    """The logs of the product's parts; a part that is closed stands there itself.

    Raises:
        CannotCheck: whether there is a Transporter, or what is in its folder, isn't told.
    """
    found = [installation.log_folder] if host.is_folder(installation.log_folder) else []
    for part in _parts(host, installation, product):
        try:
            found += _in_part(host, part, _passed_over(product))
        except CannotCheck:
            if part == installation.transporter:
                raise
            found.append(part)
    found += [dump.path for dump in dumps(host, installation, product) if not dump.is_heap]
    return tuple(dict.fromkeys(found))


def dumps(host: Host, installation: Installation, product: Product) -> tuple[Dump, ...]:
    """Heap dumps and crash reports where Java leaves them, newest first; those that can be seen."""
    folders = (*_parts(host, installation, product), installation.default_temp_folder)
    found: dict[str, Dump] = {}
    for folder in folders:
        with suppress(CannotCheck):
            for entry in host.list_folder(folder):
                is_heap = _HEAP_DUMP.search(entry.path) is not None
                if is_heap or _CRASH_FILE.match(host.path(entry.path).name):
                    found[entry.path] = Dump(entry.path, is_heap, entry.size_bytes, entry.modified)
    return tuple(sorted(found.values(), key=lambda dump: dump.modified, reverse=True))


def of_system(host: Host, installation: Installation, product: Product) -> Iterator[Found]:
    """The system's own logs, as far as they are about the product; asked for when needed."""
    try:
        logs = host.system_logs(tuple(_marks(host, installation, product)))
    except CannotCheck:
        name = _SYSTEM_LOGS[host.facts().system]
        yield Skipped(name, "log_unread_no_answer", (CauseId.MEMORY, CauseId.OTHER))
        return
    for log in logs:
        if log.lines:
            text = "".join(f"{line}\n" for line in log.lines)
            yield Source(log.name, of_text(text), only=log.causes)
        if log.unread:
            yield Skipped(log.name, log.unread, log.causes)


def _marks(host: Host, installation: Installation, product: Product) -> Iterator[str]:
    """What shows that an entry is about the product."""
    yield product.facts.vendor_word.value
    yield installation.folder
    yield installation.transporter
    if host.facts().system == "linux":
        yield product.facts.linux_transporter_unit.value
        yield product.facts.linux_director_unit.value
    with suppress(CannotCheck):
        for found in services.find(host, product):
            yield found.service.name
            yield found.service.display_name


def _parts(host: Host, installation: Installation, product: Product) -> Iterator[str]:
    """The folders of the product's parts that are there."""
    if host.is_folder(installation.transporter):
        yield installation.transporter
    if installation.has_director:
        root = host.path(installation.folder)
        yield str(root / product.facts.director_subfolder.value)
    if host.path(installation.folder) != host.path(installation.transporter):
        with suppress(CannotCheck):
            if host.is_folder(installation.folder):
                yield installation.folder


def _passed_over(product: Product) -> set[str]:
    """Folders that hold backups or what is being backed up, and the parts themselves."""
    facts = product.facts
    return {
        facts.repository_subfolder.value,
        facts.transporter_subfolder.value,
        facts.director_subfolder.value,
        PurePath(facts.temp_subfolder.value).name,
    }


def _in_part(host: Host, part: str, passed_over: set[str]) -> Iterator[str]:
    for entry in host.list_folder(part):
        name = host.path(entry.path).name
        if entry.is_folder and name.lower() not in passed_over:
            yield from _in_folder(host, entry, name)
        elif not entry.is_folder and LOG_NAME.search(name) and not log_sources.is_other(name):
            yield entry.path


def _in_folder(host: Host, folder: FileEntry, name: str) -> Iterator[str]:
    if _LOG_FOLDER.search(name):
        yield folder.path
        return
    with suppress(CannotCheck):  # nothing says that there are logs in it
        for entry in host.list_folder(folder.path):
            if entry.is_folder and _LOG_FOLDER.search(host.path(entry.path).name):
                yield entry.path
