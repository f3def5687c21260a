# SPDX-License-Identifier: MIT
"""Makes one folder, removes an empty one; nothing above or in it is touched."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from wizard.errors import Refused
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.shown import printable, reason

MODE = 0o770


def make(path: str) -> None:
    """Make this one folder, for its owner and group only.

    Raises:
        Refused: it is there already, a folder above is missing, or the system says no.
    """
    _told(path, "error.host_folder_not_made", within(FILE_SECONDS)(_make))


def _make(path: str) -> None:
    Path(path).mkdir(mode=MODE)


def remove(path: str) -> None:
    """Remove a folder that is empty.

    Raises:
        Refused: it isn't there, isn't empty, or the system says no.
    """
    _told(path, "error.host_folder_not_removed", within(FILE_SECONDS)(os.rmdir))


def _told(path: str, text: str, act: Callable[[str], None]) -> None:
    try:
        act(path)
    except (OSError, ValueError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        raise Refused(text, path=printable(path), reason=told) from None


def refuse_without_room(folder: str, free_bytes: int, needed_bytes: int) -> None:
    """Nothing is tried out on a disk that this could fill."""
    if free_bytes < needed_bytes:
        raise Refused("error.host_no_room", path=folder, free=free_bytes, needed=needed_bytes)
