# SPDX-License-Identifier: MIT
"""Which Debian package of this computer does a collected shared library come from?"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_FIELDS = (
    "binary:Package",
    "Package",
    "Version",
    "Architecture",
    "source:Package",
    "source:Version",
)
_FORMAT = "\t".join(f"${{{name}}}" for name in _FIELDS) + "\n"
_FOLDERS = "*-linux-gnu"


@dataclass(frozen=True, order=True)
class SystemPackage:
    """An installed Debian package."""

    name: str
    version: str
    architecture: str
    source: str
    source_version: str

    @property
    def copyright(self) -> Path:
        """Where Debian keeps the licence of its files."""
        return Path("/usr/share/doc", self.name, "copyright")


def owners(files: Iterable[Path]) -> dict[Path, SystemPackage]:
    """The package of each file that is byte for byte one of this system's libraries.

    A file that isn't, is left out of the answer; without dpkg, every file is.
    """
    wanted = sorted(files)
    if not wanted or not shutil.which("dpkg"):
        return {}
    by_name: dict[str, list[tuple[str, Path]]] = {}
    for package, path in _installed({file.name for file in wanted}):
        by_name.setdefault(path.name, []).append((package, path))
    found = {}
    for file in wanted:
        for package, path in by_name.get(file.name, []):
            if file not in found and _digest(path) == _digest(file):
                found[file] = package
    packages = _described(set(found.values()))
    return {file: packages[package] for file, package in found.items()}


def distribution() -> tuple[str, str]:
    """This system's name and release, such as ("debian", "12")."""
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return values.get("ID", "linux").strip('"'), values.get("VERSION_ID", "").strip('"')


def _installed(names: set[str]) -> list[tuple[str, Path]]:
    """Packages with a file of one of these names, and that file."""
    # dpkg knows a library by the folder it was packed for, though /lib may be a link to /usr/lib.
    folders = [folder for start in ("/lib", "/usr/lib") for folder in Path(start).glob(_FOLDERS)]
    paths = [str(folder / name) for folder in folders for name in sorted(names)]
    command = ["dpkg", "--search", *(path for path in paths if Path(path).is_file())]
    # The status is 1 as soon as one of the names belongs to no package.
    answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = []
    for line in answer.splitlines():
        packages, separator, path = line.partition(": /")
        if separator and not packages.startswith("diversion by"):
            found += [(package, Path("/", path)) for package in packages.split(", ")]
    return found


def _described(packages: set[str]) -> dict[str, SystemPackage]:
    if not packages:
        return {}
    command = ["dpkg-query", "--show", f"--showformat={_FORMAT}", *sorted(packages)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split("\t") for line in answer.splitlines()]
    # dpkg adds the architecture to a name only where it may be installed for several.
    named = {name.partition(":")[0]: SystemPackage(*rest) for name, *rest in rows}
    return {package: named[package.partition(":")[0]] for package in packages}


def _digest(file: Path) -> bytes:
    return hashlib.sha256(file.read_bytes()).digest() if file.is_file() else b""
