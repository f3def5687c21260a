# SPDX-License-Identifier: MIT
"""What the LGPL asks to be told about Qt: the notice, how to replace it, and the code inside it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template

from installer.errors import BuildError
from installer.parts.inventory import Inventory
from installer.parts.plain_text import labelled, paragraph
from installer.parts.standard_texts import TEXTS, ids_with_text

PACKAGES = ("PySide6_Essentials", "shiboken6")
LICENCES = ("LGPL-3.0-only", "GPL-3.0-only")
_CORE = re.compile(r"Qt6Core\.(dll|so)")
_MICROSOFT = re.compile(r"/(msvcp|vcruntime)", re.IGNORECASE)
_VERSION = re.compile(rb"Qt (\d+\.\d+\.\d+) \(")
_ATTRIBUTIONS = "https://doc.qt.io/qt-{series}/licenses-used-in-qt.html"


@dataclass(frozen=True)
class QtComponent:
    """Code by others that was compiled into Qt's libraries."""

    name: str
    part: str
    licence: str
    copyright: str
    only: str = ""
    note: str = ""


def components(platform: str) -> list[QtComponent]:
    """The code by others in the Qt libraries for this platform."""
    raw = tomllib.loads((TEXTS / "qt_components.toml").read_text(encoding="utf-8"))
    every = [QtComponent(**entry) for entry in raw["component"]]
    return [component for component in every if component.only in ("", platform)]


def version(folder: Path, inventory: Inventory) -> str | None:
    """The version that Qt's core library names; None where the folder holds no Qt.

    Raises:
        BuildError: the library doesn't name it.
    """
    cores = [f for f in inventory.files_of(PACKAGES[0]) if _CORE.search(f)]
    if not cores:
        return None
    found = _VERSION.search((folder / cores[0]).read_bytes())
    if not found:
        raise BuildError(f"{cores[0]} doesn't name its Qt version; is it Qt's core library?")
    return found.group(1).decode()


def series(version: str) -> str:
    """The first two numbers of a version: 6.9 of 6.9.3."""
    return ".".join(version.split(".")[:2])


def notice(folder: Path, inventory: Inventory) -> str:
    """The text that goes with the libraries."""
    qt = version(folder, inventory) or ""
    pyside = next(p.version for p, _ in inventory.packages if p.name == PACKAGES[0])
    every = [file for name in PACKAGES for file in inventory.files_of(name)]
    files = [file for file in every if not _MICROSOFT.search(file)]
    template = Template((TEXTS / "qt_notice.txt").read_text(encoding="utf-8"))
    libraries = "\n".join(f"  {file}" for file in files)
    return template.substitute(version=qt, pyside=pyside, series=series(qt), libraries=libraries)


def third_party(qt: str, platform: str) -> str:
    """The list of code by others inside Qt, each with its licence and its holders."""
    head = (
        "Names, licences and holders are those that Qt's source code declares. No versions are "
        f"named: the declarations were read in source code that isn't exactly that of Qt {qt}. "
        f"The Qt Company's own list for Qt {series(qt)} is at "
        f"{_ATTRIBUTIONS.format(series=series(qt))}. The texts are in ../standard/, each under its "
        "SPDX name; where such a text has a blank or an example for the holder, the holders named "
        "here stand in its place."
    )
    title = f"Code by others inside the Qt libraries of this program (Qt {qt})"
    entries = "\n".join(_entry(component) for component in components(platform))
    return f"{title}\n\n{paragraph(head)}\n\n{entries}"


def standard_licences(platform: str) -> set[str]:
    """Names of the standard licence texts that the list speaks of."""
    return {i for component in components(platform) for i in ids_with_text(component.licence)}


def _entry(component: QtComponent) -> str:
    lines = [
        component.name,
        labelled("in", component.part),
        labelled("licence", component.licence),
        labelled("holders", component.copyright),
    ]
    if component.note:
        lines.append(labelled("terms", component.note))
    return "\n".join(lines) + "\n"
