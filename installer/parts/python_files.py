# SPDX-License-Identifier: MIT
"""Which files and modules are Python's own, given the site-packages folder of that Python?"""

from __future__ import annotations

import sys
import zipfile
from functools import cached_property
from pathlib import Path

from installer import elf
from installer.errors import BuildError


class PythonFiles:
    """One Python's libraries and the names of its standard modules."""

    def __init__(self, site_packages: Path) -> None:
        self.home = _home(site_packages)

    @cached_property
    def modules(self) -> frozenset[str]:
        """Names of the standard modules.

        The embeddable Python for Windows, with which Linux builds, has them in an archive; in any
        other case the Python that runs this is the one that the folder was built with.
        """
        archives = list(self.home.glob("python3*.zip"))
        if not archives:
            return sys.stdlib_module_names
        with zipfile.ZipFile(archives[0]) as archive:
            return frozenset(name.split("/")[0].split(".")[0] for name in archive.namelist())

    def holds(self, file: Path) -> bool:
        """Whether the file is one of this Python's, byte for byte or as the build cleans it."""
        same_name = self._by_name.get(file.name.lower(), ())
        content = file.read_bytes()
        return any(
            content == place.read_bytes() or (elf.is_elf(place) and content == elf.cleaned(place))
            for place in same_name
        )

    @cached_property
    def _by_name(self) -> dict[str, list[Path]]:
        """Files in the folders with libraries; Windows' tools change the case of names."""
        home = self.home
        folders = (home, home / "DLLs", home / "lib", *home.glob("lib/python3*/lib-dynload"))
        found: dict[str, list[Path]] = {}
        for path in (path for folder in folders for path in folder.glob("*") if path.is_file()):
            found.setdefault(path.name.lower(), []).append(path)
        return found


def _home(site_packages: Path) -> Path:
    for folder in site_packages.parents:
        settings = folder / "pyvenv.cfg"
        if settings.is_file():
            return _home_named_in(settings)
        if (folder / "python.exe").is_file() or (folder / "bin" / "python3").exists():
            return folder
    raise BuildError(f"No Python is found that {site_packages} belongs to; name another folder.")


def _home_named_in(settings: Path) -> Path:
    """A virtual environment says where its Python's programs are."""
    pairs = (line.split("=", 1) for line in settings.read_text(encoding="utf-8").splitlines())
    values = {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}
    programs = Path(values["home"])
    return programs.parent if programs.name == "bin" else programs
