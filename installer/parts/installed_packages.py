# SPDX-License-Identifier: MIT
"""Which installed Python package does a module or a file come from, by the packages' records?"""

from __future__ import annotations

import base64
import csv
import hashlib
from importlib.metadata import Distribution, distributions
from pathlib import Path

from installer.errors import BuildError

_BUILDER = "pyinstaller"


class InstalledPackages:
    """The records of all packages in one site-packages folder."""

    def __init__(self, site_packages: Path) -> None:
        self._by_path: dict[str, tuple[Distribution, str]] = {}
        self._by_digest: dict[str, Distribution] = {}
        packages = sorted(distributions(path=[str(site_packages)]), key=lambda d: d.name.lower())
        for package in packages:
            # Not package.files: that looks for every file on the disk.
            for path, digest, _ in csv.reader((package.read_text("RECORD") or "").splitlines()):
                self._by_path.setdefault(path.replace("\\", "/"), (package, digest))
                if digest:
                    self._by_digest.setdefault(digest, package)
        found = [package for package in packages if package.name.lower() == _BUILDER]
        if not found:
            raise BuildError(
                f"{site_packages} doesn't hold PyInstaller, which the folder was built with. Set "
                "the environment up again: python3 installer/dev.py build"
            )
        self.pyinstaller = found[0]

    def owner_of_path(self, path: str) -> Distribution | None:
        """Whose file it is by its place below site-packages."""
        return self._by_path[path][0] if path in self._by_path else None

    def owner_of_file(self, path: str, file: Path) -> Distribution | None:
        """Whose program file it is by its content; of several packages, the one with that place.

        A file that was changed after it was installed is nobody's.
        """
        raw = hashlib.sha256(file.read_bytes()).digest()
        digest = "sha256=" + base64.urlsafe_b64encode(raw).decode().rstrip("=")
        if path in self._by_path and self._by_path[path][1] == digest:
            return self._by_path[path][0]
        return self._by_digest.get(digest)

    def owner_of_module(self, module: str) -> Distribution | None:
        """Whose Python module it is; PyInstaller keeps its own in a folder of a telling name."""
        place = module.replace(".", "/")
        for folder in ("", "PyInstaller/fake-modules/"):
            for ending in (".py", "/__init__.py"):
                owner = self.owner_of_path(f"{folder}{place}{ending}")
                if owner:
                    return owner
        return None

    def owner_of_hook(self, hook: str) -> Distribution:
        """Whose start-up script it is: PyInstaller's own, or its collection of hooks."""
        ending = f"/rthooks/{hook}.py"
        owners = [owner for path, (owner, _) in self._by_path.items() if path.endswith(ending)]
        return owners[0] if owners else self.pyinstaller
