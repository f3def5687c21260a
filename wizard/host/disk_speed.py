# SPDX-License-Identifier: MIT
"""How fast does a folder's disk take what is written to it? Tried out, when the person asks."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.host import folders
from wizard.host.acts import WriteSpeed
from wizard.host.deadline import patiently
from wizard.host.shown import printable

_BLOCK_BYTES = 1 << 20
# A disk that isn't done by then is slow enough to be told by what it has taken so far.
_WRITING_S = 20.0
_SYNC_S = 40.0


def measure(
    folder: str, size_bytes: int, cancel: threading.Event, *, free_bytes: int, keep_free_bytes: int
) -> WriteSpeed:
    """Write a file of this size, wait until the disk has it, and remove it; errors as in Acts."""
    folders.refuse_without_room(folder, free_bytes, size_bytes + keep_free_bytes)
    return patiently(
        lambda: _measured(folder, size_bytes, cancel), folder, _WRITING_S + _SYNC_S, cancel
    )


def _measured(folder: str, size_bytes: int, cancel: threading.Event) -> WriteSpeed:
    try:
        with _nameless(folder) as file:
            return _written(file, folder, size_bytes, cancel)
    except (OSError, ValueError) as error:
        told = failure_words.of(error)
        raise CannotCheck("error.host_not_written", path=printable(folder), reason=told) from error


def _nameless(folder: str) -> IO[bytes]:
    """A file that the system removes with its last user, however this program ends."""
    if sys.platform == "win32":
        # Nobody can have put a link under a name that nobody knows; O_EXCL takes no existing file.
        path = Path(folder, f"m365-backup-wizard-{secrets.token_hex(16)}.tmp")
        new = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        handle = os.open(path, new | os.O_TEMPORARY | os.O_BINARY | os.O_NOINHERIT)
        return os.fdopen(handle, "wb", buffering=0)
    return tempfile.TemporaryFile(buffering=0, prefix="m365-backup-wizard-", dir=folder)


def _written(file: IO[bytes], folder: str, size_bytes: int, cancel: threading.Event) -> WriteSpeed:
    block = os.urandom(_BLOCK_BYTES)  # what can't be packed: some disks pack what they are given
    written, begin = 0, time.perf_counter()
    while written < size_bytes and time.perf_counter() - begin < _WRITING_S:
        if cancel.is_set():
            raise CannotCheck("error.host_given_up", what=folder)
        written += file.write(block[: size_bytes - written])
    os.fsync(file.fileno())
    seconds = time.perf_counter() - begin
    return WriteSpeed(written / seconds, written, seconds)
