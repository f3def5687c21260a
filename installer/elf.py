# SPDX-License-Identifier: MIT
"""Linux programs and libraries: what they ask of the computer, what the builder left in them."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from installer.errors import BuildError

_MAGIC = b"\x7fELF"
_64_BIT_LITTLE_ENDIAN = b"\x02\x01"
_DYNAMIC_SEGMENT = 2
_END, _RPATH, _RUNPATH = 0, 15, 29


@dataclass(frozen=True)
class Elf:
    """What one program or library asks of the computer."""

    needed: frozenset[str]
    search_path: tuple[str, ...]
    glibc: tuple[int, ...]


def elf_files(folder: Path) -> list[Path]:
    """Every program and library under a folder; links are left out, their targets are not."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sorted(file for file in files if is_elf(file))


def is_elf(file: Path) -> bool:
    """Whether a file is a Linux program or library."""
    with file.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def read(files: Iterable[Path]) -> dict[Path, Elf]:
    """What each file asks for.

    Raises:
        BuildError: readelf is missing, or can't read a file.
    """
    return {file: _parse(run("readelf", "-dVW", str(file))) for file in files}


def _parse(told: str) -> Elf:
    needed = frozenset(re.findall(r"\(NEEDED\).*\[(.+)\]", told))
    paths = ":".join(re.findall(r"\((?:RPATH|RUNPATH)\).*\[(.*)\]", told))
    versions = re.findall(r"Name: GLIBC_([0-9.]+)", told)
    numbers = [tuple(int(part) for part in version.split(".")) for version in versions]
    return Elf(needed, tuple(filter(None, paths.split(":"))), max(numbers, default=(0,)))


def cleaned(file: Path) -> bytes:
    """The file without the builder's traces: debugging symbols, and folders to look in.

    Always the same for the same file.

    Raises:
        BuildError: strip is missing or can't read the file.
    """
    with tempfile.TemporaryDirectory() as scratch:
        stripped = Path(scratch, "stripped")
        run("strip", "--strip-unneeded", "-o", str(stripped), str(file))
        return _without_search_path(stripped.read_bytes())


def run(*command: str) -> str:
    """Run one of the binutils on a file and return what it says."""
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        result = subprocess.run(
            command, capture_output=True, text=True, env=environment, check=False
        )
    except FileNotFoundError:
        text = f"{command[0]} is missing, so the Linux folder can't be made: install binutils."
        raise BuildError(text) from None
    if result.returncode:
        raise BuildError(f"{' '.join(command)} failed: {result.stderr.strip()}")
    return result.stdout


def _without_search_path(original: bytes) -> bytes:
    """Without the folders in which the dynamic linker would look for this file's libraries.

    A builder's Python names a folder of the builder there. On another computer it may belong to
    anybody, who could put a library into it for our program to load.
    """
    content = bytearray(original)
    if content[4:6] != _64_BIT_LITTLE_ENDIAN:
        raise BuildError("The Linux folder can only be made with a 64-bit Python for PCs.")
    for begin, size in _dynamic_tables(content):
        entries = list(struct.iter_unpack("<qQ", content[begin : begin + size]))
        kept = [entry for entry in entries if entry[0] not in (_RPATH, _RUNPATH)]
        kept += [(_END, 0)] * (len(entries) - len(kept))
        content[begin : begin + size] = b"".join(struct.pack("<qQ", *entry) for entry in kept)
    return bytes(content)


def _dynamic_tables(content: bytearray) -> Iterable[tuple[int, int]]:
    """Place and size of each table that the dynamic linker reads."""
    (table,) = struct.unpack_from("<Q", content, 0x20)
    entry_size, count = struct.unpack_from("<2H", content, 0x36)
    for number in range(count):
        place = table + number * entry_size
        (kind,) = struct.unpack_from("<I", content, place)
        if kind == _DYNAMIC_SEGMENT:
            (begin,) = struct.unpack_from("<Q", content, place + 0x08)
            (size,) = struct.unpack_from("<Q", content, place + 0x20)
            yield begin, size
