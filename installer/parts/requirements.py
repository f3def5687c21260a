# SPDX-License-Identifier: MIT
"""Which of the packages in a folder needs which other, by what they declare?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution
from typing import Literal

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installer.parts import package_facts
from installer.places import ROOT

Platform = Literal["linux", "windows"]
_MARKERS = {
    "linux": {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"},
    "windows": {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows"},
}


class Requirements:
    """The needs of some packages under one Python on one system."""

    def __init__(
        self, packages: Iterable[Distribution], python_version: str, platform: Platform
    ) -> None:
        self._packages = {package_facts.name(package): package for package in packages}
        self._environment = {
            **_MARKERS[platform],
            "python_full_version": python_version,
            "python_version": ".".join(python_version.split(".")[:2]),
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }
        self._extras = self._wanted_extras()

    def of_program(self) -> set[str]:
        """What this program itself asks for."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        return self._present(Requirement(line) for line in project["dependencies"])

    def of_package(self, name: str) -> set[str]:
        """What a package asks for, with the extras that others want of it."""
        return self._present(self._asked_by(name, self._extras.get(name, set())))

    def _asked_by(self, name: str, extras: set[str]) -> list[Requirement]:
        asked = map(Requirement, self._packages[name].requires or ())
        return [need for need in asked if self._applies(need, {"", *extras})]

    def _applies(self, need: Requirement, extras: set[str]) -> bool:
        if need.marker is None:
            return True
        return any(need.marker.evaluate({**self._environment, "extra": e}) for e in extras)

    def _wanted_extras(self) -> dict[str, set[str]]:
        """Extras that packages want of each other without being asked for extras themselves."""
        wanted: dict[str, set[str]] = {}
        for name in self._packages:
            for need in self._asked_by(name, set()):
                wanted.setdefault(canonicalize_name(need.name), set()).update(need.extras)
        return wanted

    def _present(self, needs: Iterable[Requirement]) -> set[str]:
        named = {str(canonicalize_name(need.name)) for need in needs}
        return named & self._packages.keys()
