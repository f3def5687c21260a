# SPDX-License-Identifier: MIT
"""Makes one folder, removes an empty one; nothing above or in it is touched."""

from __future__ import annotations

import os
from pathlib import Path

from wizard import failure_words
from wizard.errors import CannotCheck, Refused
from wizard.host import folder_identity
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.shown import printable

MODE = 0o770
ANOTHER = "error.host_folder_another"


def make(path: str) -> None:
    """Make this one folder, for its owner and group only.

    Raises:
        Refused: it is there already, a folder above is missing, or the system says no.
    """
    try:
        within(FILE_SECONDS)(_make)(path)
    except (OSError, ValueError) as error:
        raise refused("error.host_folder_not_made", path, error) from None


def _make(path: str) -> None:
    Path(path).mkdir(mode=MODE)


def identity(path: str) -> str:
    """What tells a folder that was just made from a later one of its name; empty: unknown."""
    try:
        return within(FILE_SECONDS)(folder_identity.of)(path)
    except (OSError, CannotCheck):
        return ""


def remove(path: str, known: str) -> None:
    """Remove the folder of that identity, which is empty.

    Raises:
        Refused: it isn't there, isn't empty, is another one, or the system says no.
    """
    try:
        within(FILE_SECONDS)(_remove)(path, known)
    except (OSError, ValueError) as error:
        raise refused("error.host_folder_not_removed", path, error) from None


def _remove(path: str, known: str) -> None:
    refuse_another(path, known, folder_identity.of(path))
    os.rmdir(path)  # noqa: PTH106 - follows no link


def refuse_another(path: str, known: str, seen: str) -> None:
    """Refused for a folder that isn't known to be the one that was made."""
    if known != seen:
        raise Refused(ANOTHER, path=printable(path))


def refused(text: str, path: str, error: OSError | ValueError) -> Refused:
    """The system's own words for what it didn't do with a folder."""
    told = failure_words.of(error)
    return Refused(text, path=printable(path), reason=told)


def refuse_without_room(folder: str, free_bytes: int, needed_bytes: int) -> None:
    """Nothing is tried out on a disk that this could fill."""
    if free_bytes < needed_bytes:
        raise Refused("error.host_no_room", path=folder, free=free_bytes, needed=needed_bytes)
