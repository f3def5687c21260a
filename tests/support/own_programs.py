# SPDX-License-Identifier: MIT
"""Small Windows programs as PyInstaller makes ours: loader, resource, archive."""

from __future__ import annotations

import struct
from pathlib import Path

from PyInstaller.archive.writers import CArchiveWriter

from tests.support.pe_files import pe, written

RESOURCE_TABLE = 0x44 + 20 + 112 + 2 * 8  # its place in the headers of a small program


def program(
    path: Path,
    entries: dict[str, bytes],
    *,
    code: bytes = b"loader",
    resource: tuple[int, bytes] = (3, b"a picture"),
    before: bytes = b"",
) -> Path:
    """What PyInstaller makes: its loader with a resource, then an archive."""
    sources = []
    for name, content in entries.items():
        written(path.parent.parent / "parts" / name, content)
        kind = "z" if name.endswith(".pyz") else "x"
        sources.append((name, str(path.parent.parent / "parts" / name), False, kind))
    archive = path.parent.parent / "archive"
    CArchiveWriter(str(archive), sources, "python313.dll")
    path.write_bytes(with_resource(code, *resource) + before + archive.read_bytes())
    return path


def with_resource(code: bytes, kind: int, data: bytes) -> bytes:
    """A program file whose last section holds one resource."""
    address = 3 * 0x1000
    below = 0x80000000
    tree = b"".join(
        struct.pack("<12xHHII", 0, 1, name, where)
        for name, where in ((kind, below | 24), (1, below | 48), (0, 72))
    )
    body = tree + struct.pack("<IIII", address + 88, len(data), 0, 0) + data
    image = bytearray(pe(code, rsrc=body))
    struct.pack_into("<II", image, RESOURCE_TABLE, address, len(body))
    return bytes(image)
