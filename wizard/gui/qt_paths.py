# SPDX-License-Identifier: MIT
"""Tells Qt where its own plug-ins lie, so that a `qt.conf` beside the program has no say.

Qt takes its paths from the resource `:/qt/etc/qt.conf` and looks for a file of that name beside the
program only where there is none. PySide6 makes that resource, but not where such a file lies: then
Qt would load another product's plug-ins, of another version, and end the process.
"""

from __future__ import annotations

import atexit
import struct
import sys
from pathlib import Path

import PySide6
from PySide6.QtCore import QFile, qRegisterResourceData, qUnregisterResourceData

RESOURCE = ":/qt/etc/qt.conf"
_NAMES = ("qt", "etc", "qt.conf")
_FORMAT = 1  # of the four tables below, as Qt's resource compiler writes them
_FOLDER = 2


def fix() -> None:
    """Name Qt's folders once for this process; has to come before the application is made."""
    if QFile.exists(RESOURCE):
        return
    names, offsets = _names()
    # The data isn't copied by Qt: it lives as long as the process.
    tables = (_FORMAT, _tree(offsets), names, _data())
    qRegisterResourceData(*tables)
    atexit.register(qUnregisterResourceData, *tables)


def _data() -> bytes:
    root = Path(PySide6.__file__).parent
    prefix = (root if sys.platform == "win32" else root / "Qt").as_posix()
    # As QSettings reads it: in quotation marks, since a path may hold a comma or a semicolon.
    escaped = prefix.replace("\\", "\\\\").replace('"', '\\"')
    text = f'[Paths]\nPrefix = "{escaped}"\n'.encode()
    return struct.pack(">I", len(text)) + text


def _names() -> tuple[bytes, list[int]]:
    """Each name with its length and hash, and where it begins."""
    table, offsets = b"", []
    for name in _NAMES:
        offsets.append(len(table))
        table += struct.pack(">HI", len(name), _hash(name)) + name.encode("utf-16-be")
    return table, offsets


def _tree(offsets: list[int]) -> bytes:
    """The root and its folders with one entry each, and the file."""
    nodes = [
        struct.pack(">IHII", offset, _FOLDER, 1, number)
        for number, offset in enumerate((0, *offsets[:-1]), start=1)
    ]
    return b"".join(nodes) + struct.pack(">IHHHI", offsets[-1], 0, 0, 1, 0)


def _hash(name: str) -> int:
    value = 0
    for letter in name:
        value = (value << 4) + ord(letter)
        value = (value ^ (value & 0xF0000000) >> 23) & 0x0FFFFFFF
    return value
