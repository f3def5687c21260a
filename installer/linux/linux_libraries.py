# SPDX-License-Identifier: MIT
"""Which shared libraries the Linux folder carries, and which it takes from the computer it runs on.

PyInstaller collects all that the build machine's dynamic linker finds. What only the window needs
(X11, GLib, Fontconfig, GTK, systemd, Kerberos and the rest of that chain) is taken out again: those
libraries have to fit the computer's own fonts, drivers and message bus, get their security updates
there, and a server without a screen doesn't need them at all. What Python's own modules need stays,
so that the text face runs on any computer with a new enough C library.
"""

from __future__ import annotations

import re
from pathlib import Path

from installer import debian, elf

# There wherever a program with the GNU C library starts at all: its own parts, the compiler's
# library that it loads for itself, and zlib, without which PyInstaller's starter doesn't start.
BASE = {
    "ld-linux-x86-64.so.2": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libgcc_s.so.1": "libgcc-s1",
    "libz.so.1": "zlib1g",
}
# What Qt itself is linked with, beside what it needs for the X11 window.
WINDOW = debian.QT_LIBRARIES | {
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libzstd.so.1": "libzstd1",
}
_QT_FOLDERS = ("PySide6/", "shiboken6/")
_SYSTEM_LIBRARY = re.compile(r"(?!libpython)lib[^/]+\.so[^/]*")
_FROM_BUILDER = "libpython*.so*", "python3*/lib-dynload/*.so"

# As PyInstaller hands them on: place in the folder, source, kind.
Collected = tuple[str, str, str]


def carried(binaries: list[Collected]) -> list[Collected]:
    """Of what PyInstaller collected, what stays in the folder."""
    files = {name: Path(source) for name, source, kind in binaries if kind != "SYMLINK"}
    libraries = {name for name in files if _SYSTEM_LIBRARY.fullmatch(name)}
    others = {name for name in files.keys() - libraries if not name.startswith(_QT_FOLDERS)}
    left_out = libraries - _needed_by(others, libraries - BASE.keys(), files)
    return [entry for entry in binaries if entry[0] not in left_out]


def _needed_by(roots: set[str], libraries: set[str], files: dict[str, Path]) -> set[str]:
    """Those of the libraries that the roots need, and what these need in turn."""
    read = {name: found for name, file in files.items() for found in elf.read([file]).values()}
    wanted, to_do = set[str](), roots
    while to_do:
        to_do = set().union(*(read[name].needed for name in to_do)) & libraries - wanted
        wanted |= to_do
    return wanted


def clean(folder: Path) -> None:
    """Take the builder's traces out of the builder's Python: debugging symbols and search paths.

    The wheels' files stay as they were published, byte by byte.
    """
    for pattern in _FROM_BUILDER:
        for file in folder.glob(f"*/{pattern}"):
            file.write_bytes(elf.cleaned(file))


def unmet(folder: Path) -> list[str]:
    """Libraries that a file of the folder needs and neither the folder nor our lists name."""
    files = elf.elf_files(folder)
    inside = {file.name for file in files}
    lines = []
    for file, asked in elf.read(files).items():
        name = file.relative_to(folder).as_posix()
        of_window = any(f"/{part}" in name for part in _QT_FOLDERS)
        allowed = inside | BASE.keys() | (WINDOW.keys() if of_window else set())
        lines += [f"{name} needs {library}" for library in sorted(asked.needed - allowed)]
    return lines


def oldest_glibc(folder: Path) -> str:
    """The oldest version of the C library on which every file of the folder loads."""
    asked = elf.read(elf.elf_files(folder)).values()
    return ".".join(str(part) for part in max(each.glibc for each in asked))
