# SPDX-License-Identifier: MIT
"""What lies in the temporary folder, and which of it did runs leave behind that are over?"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wizard.errors import CannotCheck
from wizard.host.base import FileEntry, Host
from wizard.host.files import TooManyFiles
from wizard.nakivo import java
from wizard.nakivo.installation import Installation
from wizard.product import Product

# Enough for any folder seen so far, and an end for one that is a whole disk.
MAX_FOLDERS = 2000


@dataclass(frozen=True)
class Files:
    """Some files together."""

    count: int
    size_bytes: int
    oldest: datetime | None


@dataclass(frozen=True)
class Unread:
    """Folders that couldn't be looked into: how many, and the first of them with its reason."""

    count: int
    first: str
    reason: str


@dataclass(frozen=True)
class Leftovers:
    """The files below a folder. Not `complete`: there is at least this much.

    `dead` are those that no running Java Transporter has written to; None where it can't be told
    since when one runs. `running_since` is that moment; None: none runs, or it can't be told.
    """

    count: int
    size_bytes: int
    oldest: datetime | None
    complete: bool
    dead: Files | None = None
    running_since: datetime | None = None
    unread: Unread | None = None


@dataclass(frozen=True)
class Runs:
    """Since when the oldest running Java Transporter runs; None: none does."""

    since: datetime | None


def runs(host: Host, product: Product, installation: Installation) -> Runs | None:
    """When files stop being old; None where that can't be seen."""
    try:
        processes = host.processes()
    except CannotCheck:
        return None
    running = java.among(processes, host, product, installation)
    starts = [process.started for process in running]
    if java.hidden_among(processes) or None in starts:
        return None
    return Runs(min((start for start in starts if start), default=None))


def look(
    host: Host, folder: str, cancel: threading.Event, running: Runs | None = None
) -> Leftovers:
    """Count the files of a folder and of those below it; CannotCheck when itself is closed."""
    waiting, files, closed = [folder], list[FileEntry](), list[Unread]()
    looked, is_cut = 0, False
    while waiting and looked < MAX_FOLDERS and not cancel.is_set():
        place = waiting.pop()
        looked += 1
        try:
            entries = host.list_folder(place)
        except TooManyFiles as cut:
            entries, is_cut = cut.listed, True
        except CannotCheck as error:
            if place == folder:
                raise
            closed.append(Unread(1, place, str(error.values.get("reason", ""))))
            continue
        waiting += [entry.path for entry in entries if entry.is_folder]
        files += [entry for entry in entries if not entry.is_folder]
    unread = replace(closed[0], count=len(closed)) if closed else None
    return _counted(files, running, complete=not (waiting or closed or is_cut), unread=unread)


def _counted(
    files: Sequence[FileEntry], running: Runs | None, *, complete: bool, unread: Unread | None
) -> Leftovers:
    all_ = _together(files)
    since = running.since if running else None
    dead = [file for file in files if since is None or file.modified < since]
    return Leftovers(
        count=all_.count,
        size_bytes=all_.size_bytes,
        oldest=all_.oldest,
        complete=complete,
        dead=_together(dead) if running else None,
        running_since=since,
        unread=unread,
    )


def _together(files: Sequence[FileEntry]) -> Files:
    return Files(
        count=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        oldest=min((file.modified for file in files), default=None),
    )
