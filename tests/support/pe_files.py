# SPDX-License-Identifier: MIT
"""The smallest Windows programs that tools read as such: a header, .text, .rdata."""

from __future__ import annotations

import struct
from pathlib import Path

HEADERS = 0x400
CODE_AT = HEADERS
CONSTANTS_AT = 2 * HEADERS
_AMD64, _EXECUTABLE, _PE32_PLUS, _CONSOLE = 0x8664, 0x22, 0x20B, 3


def pe(
    code: bytes, constants: bytes = b"constants", *, further: dict[str, bytes] | None = None
) -> bytes:
    """A 64-bit console program with this code; it is for reading, not for running."""
    contents = {".text": code, ".rdata": constants, **(further or {})}
    table, bodies = b"", b""
    for number, (name, body) in enumerate(contents.items(), start=1):
        padded = body.ljust(0x400, b"\0")
        where = HEADERS + len(bodies)
        table += struct.pack(
            "<8sIIIIIIHHI",
            name.encode(), len(body), number * 0x1000, len(padded), where, 0, 0, 0, 0,
            0x60000020 if name == ".text" else 0x40000040,
        )  # fmt: skip
        bodies += padded
    image_size = (len(contents) + 1) * 0x1000
    return (_headers(len(contents), image_size) + table).ljust(HEADERS, b"\0") + bodies


def _headers(sections: int, image_size: int) -> bytes:
    dos = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    optional = struct.pack(
        "<HBBIIIIIQIIHHHHHHIIIIHHQQQQII",
        _PE32_PLUS, 14, 0, 0x400, 0x400, 0, 0x1000, 0x1000, 0x140000000, 0x1000, 0x200,
        6, 0, 0, 0, 6, 0, 0, image_size, HEADERS, 0, _CONSOLE, 0,
        0x100000, 0x1000, 0x100000, 0x1000, 0, 16,
    ).ljust(112 + 16 * 8, b"\0")  # fmt: skip
    coff = struct.pack("<HHIIIHH", _AMD64, sections, 0, 0, 0, len(optional), _EXECUTABLE)
    return dos + b"PE\0\0" + coff + optional


def written(path: Path, code: bytes = b"\xc3") -> Path:
    """A program as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pe(code))
    return path


def change_a_byte(path: Path, offset: int = CODE_AT) -> None:
    """Change one byte of the code."""
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)
