# SPDX-License-Identifier: MIT
"""Which files are Windows programs or libraries, told by their content and not by their name?"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_DOS_HEADER = 0x40
_POINTER = 0x3C


def is_pe(content: bytes) -> bool:
    """Whether this is a PE image: MZ, and the PE header where MZ's last field points to."""
    if len(content) < _DOS_HEADER or not content.startswith(b"MZ"):
        return False
    (where,) = struct.unpack_from("<I", content, _POINTER)
    return content[where : where + 4] == b"PE\0\0"


def pe_files(folder: Path) -> Iterator[Path]:
    """All PE files of a folder and the folders in it, sorted."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _starts_with_mz(path) and is_pe(path.read_bytes()):
            yield path


def _starts_with_mz(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"MZ"
