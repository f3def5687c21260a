# SPDX-License-Identifier: MIT
"""What does the program's folder consist of, and which component does each part come from?

Told from the folder itself: the modules that the programs carry, and every program or library
file, which must be byte for byte a file of a Python package, of Python, or of a Debian package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from PyInstaller.archive.readers import ArchiveReadError, CArchiveReader

from installer import contents
from installer.errors import BuildError
from installer.parts import system_packages
from installer.parts.installed_packages import InstalledPackages
from installer.parts.python_files import PythonFiles
from installer.parts.system_packages import SystemPackage

OWN_MODULE = "wizard"
_NAMED = 8


@dataclass(frozen=True)
class Inventory:
    """Components in the folder, each with the program and library files that it brought."""

    packages: tuple[tuple[Distribution, tuple[str, ...]], ...]
    python: tuple[str, ...]
    system: tuple[tuple[SystemPackage, tuple[str, ...]], ...]

    def files_of(self, name: str) -> tuple[str, ...]:
        """Program and library files that a Python package brought."""
        return next((files for package, files in self.packages if package.name == name), ())


def take(folder: Path, site_packages: Path) -> Inventory:
    """Look through the folder.

    Raises:
        BuildError: something in it comes from nowhere that is known.
    """
    installed, python = InstalledPackages(site_packages), PythonFiles(site_packages)
    brought: dict[Distribution, set[str]] = {}
    unknown = _add_modules(folder, installed, python, brought)
    for path in _files(folder / contents.RUNTIME_FOLDER):
        owner = installed.owner_of_path(_below_runtime(folder, path))
        if owner and not _is_binary(path):
            brought.setdefault(owner, set())
    pythons, left = _add_binaries(folder, installed, python, brought)
    system = system_packages.owners(left)
    unknown += [_name(folder, path) for path in left if path not in system]
    if unknown:
        raise BuildError(_unknown(sorted(set(unknown))))
    return Inventory(
        tuple(sorted(((p, tuple(sorted(f))) for p, f in brought.items()), key=_by_name)),
        tuple(sorted(pythons)),
        tuple(
            (
                package,
                tuple(sorted(_name(folder, path) for path in system if system[path] == package)),
            )
            for package in sorted(set(system.values()))
        ),
    )


def _add_modules(
    folder: Path,
    installed: InstalledPackages,
    python: PythonFiles,
    brought: dict[Distribution, set[str]],
) -> list[str]:
    """Note the packages of all modules; what belongs to none of them comes back."""
    unknown = []
    for program in _programs(folder):
        brought.setdefault(installed.pyinstaller, set())
        for hook in _runtime_hooks(program):
            brought.setdefault(installed.owner_of_hook(hook), set())
        for module in _modules(program):
            owner = installed.owner_of_module(module)
            if owner:
                brought.setdefault(owner, set())
            elif module.partition(".")[0] not in {OWN_MODULE, *python.modules}:
                unknown.append(f"the module {module}")
    return unknown


def _add_binaries(
    folder: Path,
    installed: InstalledPackages,
    python: PythonFiles,
    brought: dict[Distribution, set[str]],
) -> tuple[list[str], list[Path]]:
    """Note the packages of all program and library files; Python's come back, and what is left."""
    pythons = []
    left = [p for p in folder.iterdir() if p.is_file() and _is_binary(p) and not _archive(p)]
    for path in filter(_is_binary, _files(folder / contents.RUNTIME_FOLDER)):
        owner = installed.owner_of_file(_below_runtime(folder, path), path)
        if owner:
            brought.setdefault(owner, set()).add(_name(folder, path))
        elif python.holds(path):
            pythons.append(_name(folder, path))
        else:
            left.append(path)
    return pythons, left


def _unknown(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return (
        f"{len(names)} parts of the folder belong to no Python package, Python or Debian package, "
        f"so their licence isn't known: {shown}. Leave them out in installer/contents.py, or get "
        "them from a package."
    )


def _by_name(entry: tuple[Distribution, tuple[str, ...]]) -> str:
    return entry[0].name.lower()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _below_runtime(folder: Path, path: Path) -> str:
    return path.relative_to(folder / contents.RUNTIME_FOLDER).as_posix()


def _is_binary(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(4)
    return start == b"\x7fELF" or start[:2] == b"MZ"


def _archive(path: Path) -> Any:
    """What PyInstaller put behind its bootloader; None where there is nothing."""
    try:
        return CArchiveReader(str(path))
    except ArchiveReadError:
        return None


def _programs(folder: Path) -> list[Any]:
    found = [_archive(path) for path in sorted(folder.iterdir()) if path.is_file()]
    return [program for program in found if program]


def _modules(program: Any) -> Iterable[str]:
    for name, entry in program.toc.items():
        if entry[-1] == "z":
            yield from program.open_embedded_archive(name).toc


def _runtime_hooks(program: Any) -> list[str]:
    return [name for name, entry in program.toc.items() if name.startswith("pyi_rth_")]
