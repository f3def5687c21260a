# SPDX-License-Identifier: MIT
"""Which files are Windows programs or libraries, told by their content and not by their name?

And the smallest one, to try a signature with before anything is built.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_DOS_HEADER = 0x40
_POINTER = 0x3C
HEADERS = 0x400
_OPTIONAL_HEADER, _SIGNATURE = 24, 4  # offset from the PE mark; place in the table of directories
_AMD64, _EXECUTABLE, _PE32_PLUS, _CONSOLE = 0x8664, 0x22, 0x20B, 3
_CODE, _CONSTANTS = 0x60000020, 0x40000040


def is_pe(content: bytes) -> bool:
    """Whether this is a PE image: MZ, and the PE header where MZ's last field points to."""
    if len(content) < _DOS_HEADER or not content.startswith(b"MZ"):
        return False
    (where,) = struct.unpack_from("<I", content, _POINTER)
    return content[where : where + 4] == b"PE\0\0"


def inside(content: bytes) -> bool:
    """Whether a PE image begins anywhere behind the first byte."""
    at = content.find(b"MZ", 1)
    while at >= 0:
        if len(content) - at >= _DOS_HEADER:
            (where,) = struct.unpack_from("<I", content, at + _POINTER)
            if content[at + where : at + where + 4] == b"PE\0\0":
                return True
        at = content.find(b"MZ", at + 1)
    return False


def is_signed(content: bytes) -> bool:
    """Whether a program file carries a signature, be it good or not."""
    if not is_pe(content):
        return False
    (where,) = struct.unpack_from("<I", content, _POINTER)
    (kind,) = struct.unpack_from("<H", content, where + _OPTIONAL_HEADER)
    directories = where + _OPTIONAL_HEADER + (112 if kind == _PE32_PLUS else 96)
    (size,) = struct.unpack_from("<I", content, directories + _SIGNATURE * 8 + 4)
    return bool(size)


def pe_files(folder: Path) -> Iterator[Path]:
    """All PE files of a folder and the folders in it, sorted."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _starts_with_mz(path) and is_pe(path.read_bytes()):
            yield path


def _starts_with_mz(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"MZ"


def smallest(sections: dict[str, bytes]) -> bytes:
    """A 64-bit console program with these sections; it is for reading and signing, not to run."""
    table, bodies = b"", b""
    for number, (name, body) in enumerate(sections.items(), start=1):
        padded = body.ljust(HEADERS, b"\0")
        kind = _CODE if name == ".text" else _CONSTANTS
        table += struct.pack(
            "<8sIIIIIIHHI",
            name.encode(), len(body), number * 0x1000, len(padded), HEADERS + len(bodies),
            0, 0, 0, 0, kind,
        )  # fmt: skip
        bodies += padded
    return (_headers(len(sections)) + table).ljust(HEADERS, b"\0") + bodies


def _headers(sections: int) -> bytes:
    dos = b"MZ".ljust(_POINTER, b"\0") + struct.pack("<I", _DOS_HEADER)
    optional = struct.pack(
        "<HBBIIIIIQIIHHHHHHIIIIHHQQQQII",
        _PE32_PLUS, 14, 0, HEADERS, HEADERS, 0, 0x1000, 0x1000, 0x140000000, 0x1000, 0x200,
        6, 0, 0, 0, 6, 0, 0, (sections + 1) * 0x1000, HEADERS, 0, _CONSOLE, 0,
        0x100000, 0x1000, 0x100000, 0x1000, 0, 16,
    ).ljust(112 + 16 * 8, b"\0")  # fmt: skip
    coff = struct.pack("<HHIIIHH", _AMD64, sections, 0, 0, 0, len(optional), _EXECUTABLE)
    return dos + b"PE\0\0" + coff + optional
