# SPDX-License-Identifier: MIT
"""Small Windows programs as files, and a change of one byte in them."""

from __future__ import annotations

from pathlib import Path

from installer.pe_files import HEADERS, smallest

CODE_AT = HEADERS
CONSTANTS_AT = 2 * HEADERS


def pe(code: bytes = b"\xc3", constants: bytes = b"constants", **further: bytes) -> bytes:
    """A program with this code; further sections by their names without the dot."""
    named = {f".{name}": body for name, body in further.items()}
    return smallest({".text": code, ".rdata": constants, **named})


def written(path: Path, content: bytes | None = None) -> Path:
    """A program as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content or pe())
    return path


def change_a_byte(path: Path, offset: int = CODE_AT) -> None:
    """Change one byte, of the code unless said otherwise."""
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)
