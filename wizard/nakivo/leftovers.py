# SPDX-License-Identifier: MIT
"""What do earlier runs leave behind in the temporary folder?"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

from wizard.host.base import FileEntry, Host

# Enough for any folder seen so far, and an end for one that is a whole disk.
MAX_FOLDERS = 2000


@dataclass(frozen=True)
class Leftovers:
    """The files below a folder. Not `complete`: there is at least this much."""

    count: int
    size_bytes: int
    oldest: datetime | None
    complete: bool


def look(host: Host, folder: str, cancel: threading.Event) -> Leftovers:
    """Count the files of a folder and of those below it; CannotCheck when one is closed."""
    waiting, files, folders = [folder], list[FileEntry](), 0
    while waiting and folders < MAX_FOLDERS and not cancel.is_set():
        folders += 1
        for entry in host.list_folder(waiting.pop()):
            if entry.is_folder:
                waiting.append(entry.path)
            else:
                files.append(entry)
    return Leftovers(
        count=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        oldest=min((file.modified for file in files), default=None),
        complete=not waiting,
    )
