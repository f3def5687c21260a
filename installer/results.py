# SPDX-License-Identifier: MIT
"""What is handed out: its names, whether it is whole, how new results replace old ones."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import wizard
from installer import archives, contents, pe_files
from installer.errors import BuildError
from installer.places import BUILD
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
NEW = BUILD / "results"  # a build works here, so that a failed one leaves dist/ as it was


def begin() -> Path:
    """An empty folder for new results.

    Raises:
        BuildError: what an earlier build left there can't be removed.
    """
    try:
        if NEW.exists():
            shutil.rmtree(NEW)
        NEW.mkdir(parents=True)
    except OSError as error:
        raise BuildError(f"What an earlier build left can't be removed: {error}") from None
    return NEW


def replace(systems: Iterable[str], new: Path, dist: Path) -> None:
    """Put new results into the place of all that dist holds of these systems, and sum them up.

    Raises:
        BuildError: that failed midway; dist holds the old ones again.
    """
    aside = new.with_name(f"{new.name}.replaced")
    shutil.rmtree(aside, ignore_errors=True)
    moved: list[tuple[Path, Path]] = []
    try:
        for folder in (aside, dist):
            folder.mkdir(parents=True, exist_ok=True)
        moves = [(old, aside / old.name) for old in _of(systems, dist)]
        moves += [(made, dist / made.name) for made in sorted(new.iterdir())]
        for source, target in moves:
            moved.append((source.rename(target), source))
        archives.write_sums(dist)
    except BaseException as error:
        for now_at, before in reversed(moved):
            now_at.replace(before)
        if isinstance(error, OSError):
            raise BuildError(f"{dist} can't be changed, and is as it was: {error}") from None
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _of(systems: Iterable[str], dist: Path) -> list[Path]:
    found = [dist / archives.SUMS]
    for system in systems:
        found += [dist / system, *(p for each in _PATTERNS[system] for p in dist.glob(each))]
    return [path for path in found if path.exists()]


def tell(dist: Path) -> None:
    """Say what is there."""
    for result in sorted(path for path in dist.iterdir() if path.is_file()):
        say(f"{result.stat().st_size / 1e6:8.1f} MB  {result.name}")


def missing(systems: Iterable[str], dist: Path) -> list[str]:
    """Names of what these systems should have and haven't."""
    return [n for system in systems for n in NAMES[system] if not (dist / n).is_file()]


def are_whole(systems: Iterable[str], dist: Path, left_out: Iterable[str] = ()) -> bool:
    """Whether folders and packages of these systems are there, as their sums say."""
    systems = list(systems)
    folders = all((dist / system / contents.FOLDER).is_dir() for system in systems)
    nothing_lacks = set(missing(systems, dist)) <= set(left_out)
    return folders and nothing_lacks and _sums_hold(dist / archives.SUMS)


def are_signed(dist: Path) -> bool:
    """Whether any of our Windows programs there bears a signature."""
    programs = [
        *(dist / "windows" / contents.FOLDER).glob("*.exe"), *dist.glob("*-windows-x64*.exe")
    ]  # fmt: skip
    return any(pe_files.is_signed(program.read_bytes()) for program in programs)


def _sums_hold(sums: Path) -> bool:
    if not sums.is_file():
        return False
    for line in sums.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        file = sums.with_name(name)
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            return False
    return True
