# SPDX-License-Identifier: MIT
"""How fast does a folder's disk take what is written to it? Tried out, when the person asks."""

from __future__ import annotations

import os
import secrets
import threading
import time
from pathlib import Path

from wizard.errors import CannotCheck
from wizard.host import folders
from wizard.host.acts import WriteSpeed
from wizard.host.deadline import patiently
from wizard.host.shown import printable, reason

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
    # Nobody can have put a link under a name that nobody knows; "x" takes no existing file.
    path = Path(folder, f"m365-backup-wizard-{secrets.token_hex(16)}.tmp")
    try:
        return _written(path, size_bytes, cancel)
    except (OSError, ValueError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        raise CannotCheck("error.host_not_written", path=printable(folder), reason=told) from error


def _written(path: Path, size_bytes: int, cancel: threading.Event) -> WriteSpeed:
    block = os.urandom(_BLOCK_BYTES)  # what can't be packed: some disks pack what they are given
    written, begin = 0, time.perf_counter()
    with path.open("xb", buffering=0) as file:
        try:
            while written < size_bytes and time.perf_counter() - begin < _WRITING_S:
                if cancel.is_set():
                    raise CannotCheck("error.host_given_up", what=str(path.parent))
                written += file.write(block[: size_bytes - written])
            os.fsync(file.fileno())
            seconds = time.perf_counter() - begin
        finally:
            file.close()  # Windows removes no file that is open
            path.unlink()
    return WriteSpeed(written / seconds, written, seconds)
