# SPDX-License-Identifier: MIT
"""What lies in dist/: the names of what is handed out, and whether it is still whole."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import wizard
from installer import archives, contents
from installer.errors import BuildError
from installer.places import DIST
from installer.said import say

_STEM = f"{contents.FOLDER}-{wizard.__version__}"
LINUX_ARCHIVE = f"{_STEM}-linux-amd64.tar.xz"
DEBIAN_PACKAGE = f"{contents.FOLDER}_{wizard.__version__}_amd64.deb"
LINUX_PARTS = f"{_STEM}-linux-amd64.cdx.json"
WINDOWS_ARCHIVE = f"{_STEM}-windows-x64.zip"
SETUP_PROGRAM = f"{_STEM}-windows-x64-setup.exe"
WINDOWS_PARTS = f"{_STEM}-windows-x64.cdx.json"

NAMES = {
    "linux": (LINUX_ARCHIVE, DEBIAN_PACKAGE, LINUX_PARTS),
    "windows": (WINDOWS_ARCHIVE, SETUP_PROGRAM, WINDOWS_PARTS),
}
# An older version's, too: they must not stand in the new sums.
_PATTERNS = {"linux": ("*-linux-amd64*", "*_amd64.deb"), "windows": ("*-windows-x64*",)}


def clear(systems: Iterable[str]) -> None:
    """Remove what an earlier build left of these systems; BuildError when something resists."""
    DIST.mkdir(parents=True, exist_ok=True)
    old = [DIST / "SHA256SUMS"]
    for system in systems:
        old += [DIST / system, *(path for each in _PATTERNS[system] for path in DIST.glob(each))]
    for path in old:
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise BuildError(f"An earlier result can't be removed: {error}") from None


def finish() -> None:
    """Write the sums and say what was made."""
    archives.write_sums(DIST)
    for result in sorted(path for path in DIST.iterdir() if path.is_file()):
        say(f"{result.stat().st_size / 1e6:8.1f} MB  {result.name}")


def missing(systems: Iterable[str]) -> list[str]:
    """Names of what these systems should have and haven't."""
    return [n for system in systems for n in NAMES[system] if not (DIST / n).is_file()]


def are_whole(systems: Iterable[str]) -> bool:
    """Whether folders and packages of these systems are there, as their sums say."""
    systems = list(systems)
    folders = all((DIST / system / contents.FOLDER).is_dir() for system in systems)
    return folders and not missing(systems) and _sums_hold(DIST / "SHA256SUMS")


def _sums_hold(sums: Path) -> bool:
    if not sums.is_file():
        return False
    for line in sums.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        file = sums.with_name(name)
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            return False
    return True
