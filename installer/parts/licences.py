# SPDX-License-Identifier: MIT
"""Put the licence of everything that the program's folder carries into it, with one index."""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

import wizard
from installer import makensis
from installer.errors import BuildError
from installer.makensis import Compiler
from installer.parts import inventory as inventory_module
from installer.parts import package_facts, qt_licences, standard_texts
from installer.parts.inventory import Inventory
from installer.parts.plain_text import labelled, paragraph
from installer.parts.system_packages import SystemPackage
from installer.places import ROOT

INDEX = "THIRD-PARTY.txt"
_COMMON = re.compile(r"/usr/share/common-licenses/([A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9])")
_PYTHON_SERIES = re.compile(r"python3\.?(\d+)\.(?:dll|so)")
_COMMON_FOLDER = Path("/usr/share/common-licenses")


@dataclass(frozen=True)
class Entry:
    """One component in the index."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    address: str
    remark: str = ""


def write(
    folder: Path, site_packages: Path, python_licence: Path, nsis: Compiler | None = None
) -> None:
    """Make folder/licences/ anew, and folder/LICENSE.txt; `nsis` makes a setup program of it.

    Raises:
        BuildError: a part of the folder has no licence text, or belongs to nothing that is known.
    """
    inventory = inventory_module.take(folder, site_packages)
    target = folder / "licences"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE.txt")
    entries = [_python(target, python_licence, inventory)]
    entries += [_package(target, package) for package, _ in inventory.packages]
    entries += _qt(target, folder, inventory)
    entries += [_nsis(target, nsis)] if nsis else []
    entries += [_system(target, package) for package, _ in inventory.system]
    for licence in sorted(_standard_licences(folder, inventory)):
        _put(target / "standard" / f"{licence}.txt", standard_texts.text(licence))
    _put(target / INDEX, _index(entries))


def python_licence() -> Path:
    """The licence of the Python that runs this; Debian's own Python has it among its documents.

    Raises:
        BuildError: it is at none of the usual places.
    """
    library = Path(sysconfig.get_path("stdlib"))
    debian = Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")
    places = (library / "LICENSE.txt", library.parent / "LICENSE.txt", debian)
    found = [place for place in places if place.is_file()]
    if not found:
        listed = ", ".join(map(str, places))
        raise BuildError(f"This Python's licence is at none of these places: {listed}")
    return found[0]


def platform_of(inventory: Inventory) -> str:
    """Windows or Linux, by the files that Python brought."""
    return (
        "windows" if any(name.endswith((".pyd", ".dll")) for name in inventory.python) else "linux"
    )


def _python(target: Path, licence: Path, inventory: Inventory) -> Entry:
    if not licence.is_file():
        raise BuildError(f"Python's licence isn't at {licence}; name the file of the Python used.")
    _put(target / "python" / "LICENSE.txt", licence.read_text(encoding="utf-8"))
    remark = (
        "What Python contains by others is listed at https://docs.python.org/3/license.html; on "
        "Windows the text holds also the licences of bzip2, libffi and OpenSSL (Apache License "
        "2.0) and Microsoft's conditions for its runtime libraries (vcruntime140.dll and others)."
    )
    address = "https://www.python.org/"
    series = _PYTHON_SERIES.search(" ".join(inventory.python))
    version = f"3.{series.group(1)}" if series else ""
    return Entry("Python", version, "PSF-2.0", ("python/LICENSE.txt",), address, remark)


def _package(target: Path, package: Distribution) -> Entry:
    name = package_facts.name(package)
    if package.name in qt_licences.PACKAGES:
        # These carry at most the commercial licence, which isn't the one used here.
        texts = [f"qt/{licence}.txt" for licence in qt_licences.LICENCES]
    else:
        texts = _texts_of(target, package)
    if not texts:
        raise BuildError(
            f"{name} {package.version} carries no licence text, and the program's folder carries "
            "it. Find the text, or do without the package."
        )
    return Entry(
        name,
        package.version,
        package_facts.licence(package),
        tuple(texts),
        package_facts.home_page(package),
        _package_remark(package),
    )


def _texts_of(target: Path, package: Distribution) -> list[str]:
    files = package_facts.texts(package)
    if files:
        files += package_facts.boms(package)
    folder = f"packages/{package_facts.name(package)}"
    for file in files:
        _put(target / folder / file.name, file.read_text(encoding="utf-8"))
    return [f"{folder}/{file.name}" for file in files]


def _package_remark(package: Distribution) -> str:
    name, inside = package_facts.name(package), package_facts.compiled_in(package)
    if name == "pyinstaller":
        return (
            "The programs begin with its bootloader: the licence's exception lets it be handed on "
            "inside a program without that program coming under the GPL."
        )
    if name == "cffi":
        return "Its library has libffi compiled in (MIT); libffi's text is with Python or libffi8."
    if inside:
        parts = _part_names(inside)
        bill = (
            "by its own bill of materials beside the text"
            if package_facts.boms(package)
            else "by the names in its library"
        )
        return (
            f"Compiled in, {bill}: {parts}. It doesn't carry their texts; "
            "the standard texts of their licences are in standard/."
        )
    return ""


def _part_names(parts: list[dict[str, Any]]) -> str:
    """Rust crates apart: the crate openssl uses the library openssl, and each has its version."""
    named: dict[bool, list[str]] = {False: [], True: []}
    for part in parts:
        is_crate = part.get("purl", "").startswith("pkg:cargo/")
        named[is_crate].append(f"{part['name']} {part.get('version', '')}".rstrip())
    crates = [f"the Rust crates {'; '.join(named[True])}"] if named[True] else []
    return "; ".join([*named[False], *crates])


def _qt(target: Path, folder: Path, inventory: Inventory) -> list[Entry]:
    version = qt_licences.version(folder, inventory)
    if version is None:
        return []
    _put(target / "qt" / "NOTICE.txt", qt_licences.notice(folder, inventory))
    _put(
        target / "qt" / "third-party.txt",
        qt_licences.third_party(version, platform_of(inventory)),
    )
    for licence in qt_licences.LICENCES:
        _put(target / "qt" / f"{licence}.txt", standard_texts.text(licence))
    texts = ("NOTICE.txt", *(f"{x}.txt" for x in qt_licences.LICENCES), "third-party.txt")
    remark = "NOTICE.txt says how to replace the libraries and where their source code is."
    places = tuple(f"qt/{text}" for text in texts)
    return [Entry("Qt", version, "LGPL-3.0-only", places, "https://www.qt.io/", remark)]


def _nsis(target: Path, nsis: Compiler) -> Entry:
    if not nsis.licence.is_file():
        raise BuildError(
            f"NSIS' licence isn't at {nsis.licence}, and the setup program carries parts of NSIS. "
            "Install NSIS with its documents, or remove makensis from PATH to leave setup out."
        )
    text = nsis.licence.read_text(encoding="utf-8", errors="replace")
    _put(target / "nsis" / "LICENSE.txt", text)
    remark = (
        "Not in this folder, but in the setup program and the uninstaller that it installs: they "
        "begin with NSIS' program part and carry its plug-ins and dialogs. Its part that unpacks "
        "LZMA is under CPL-1.0, with an exception for programs that are linked with it."
    )
    address = "https://nsis.sourceforge.io/"
    texts = ("nsis/LICENSE.txt",)
    return Entry("NSIS", nsis.version, makensis.LICENCE, texts, address, remark)


def _system(target: Path, package: SystemPackage) -> Entry:
    place = f"system/{package.name}/copyright.txt"
    if not package.copyright.is_file():
        raise BuildError(
            f"{package.copyright} is missing, so the licence of {package.name} isn't known. "
            f"Bring it back: apt-get install --reinstall {package.name}"
        )
    text = package.copyright.read_text(encoding="utf-8", errors="replace")
    _put(target / place, text)
    named = sorted(set(_COMMON.findall(text)))
    common = [name for name in named if (_COMMON_FOLDER / name).is_file()]
    for name in common:
        _put(target / "system" / "common-licenses" / f"{name}.txt", _common(name))
    return Entry(
        package.name,
        package.version,
        "see its text",
        (place, *(f"system/common-licenses/{name}.txt" for name in common)),
        f"https://sources.debian.org/src/{package.source}/{package.source_version}/",
    )


def _common(name: str) -> str:
    return (_COMMON_FOLDER / name).read_text(encoding="utf-8", errors="replace")


def _standard_licences(folder: Path, inventory: Inventory) -> set[str]:
    """Standard texts for what carries none: code inside Qt, and inside compiled packages."""
    found = set()
    if qt_licences.version(folder, inventory):
        found |= qt_licences.standard_licences(platform_of(inventory))
    for package, _ in inventory.packages:
        for part in package_facts.compiled_in(package):
            for licence in part.get("licenses", ()):
                found |= standard_texts.ids_with_text(licence.get("expression", ""))
    return found


def _index(entries: list[Entry]) -> str:
    head = paragraph(
        f"{wizard.NAME} {wizard.__version__} is under the MIT licence; its text is in "
        "LICENSE.txt, one folder up. This folder holds the licences of the parts by others that "
        "it carries. Each entry names the licence by its SPDX name (https://spdx.org/licenses/), "
        "the files here that hold the text, and where the part comes from."
    )
    return head + "\n\n" + "\n".join(_entry_text(entry) for entry in entries)


def _entry_text(entry: Entry) -> str:
    lines = [f"{entry.name} {entry.version}".rstrip(), labelled("licence", entry.licence)]
    lines.append(labelled("text", entry.texts[0]))
    lines += [f"{'':12}{text}" for text in entry.texts[1:]]
    lines.append(labelled("source", entry.address))
    if entry.remark:
        lines.append(labelled("remark", entry.remark))
    return "\n".join(lines) + "\n"


def _put(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
