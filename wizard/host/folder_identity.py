# SPDX-License-Identifier: MIT
"""Is a folder still the one that was made, and not another one of its name?"""

from __future__ import annotations

import ctypes
import os
import struct
import sys

_AT_EMPTY_PATH, _AT_FDCWD, _AT_SYMLINK_NOFOLLOW = 0x1000, -100, 0x100
_BIRTH, _SIZE, _BIRTH_OFFSET = 0x800, 256, 80  # STATX_BTIME, struct statx, its stx_btime


def of(folder: str | int) -> str:
    """Number, birth and owner of a folder, by its path or open; a link is not followed.

    On Linux a number alone is given anew once a folder is gone, and a disk's number may change with
    the next start. Where no birth is kept the disk's number has to do.
    """
    found = os.lstat(folder) if isinstance(folder, str) else os.fstat(folder)
    if sys.platform == "win32":
        # NTFS counts in the number itself how often its entry was used.
        return f"{found.st_ino:x}-volume{found.st_dev:x}"
    born = _birth_ns(folder)
    told = f"disk{found.st_dev:x}" if born is None else str(born)
    return f"{found.st_ino:x}-{told}-{found.st_uid}"


def _birth_ns(folder: str | int) -> int | None:
    """When the file system made it; None where it doesn't keep that, or can't be asked."""
    try:
        statx = ctypes.CDLL(None, use_errno=True).statx
    except (OSError, AttributeError):
        return None
    answer = ctypes.create_string_buffer(_SIZE)
    if isinstance(folder, str):
        where, path, flags = _AT_FDCWD, os.fsencode(folder), _AT_SYMLINK_NOFOLLOW
    else:
        where, path, flags = folder, b"", _AT_EMPTY_PATH
    if statx(where, path, flags, _BIRTH, answer) != 0:
        return None
    (told,) = struct.unpack_from("=I", answer)
    seconds, rest = struct.unpack_from("=qI", answer, _BIRTH_OFFSET)
    return seconds * 1_000_000_000 + rest if told & _BIRTH else None
