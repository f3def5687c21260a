# SPDX-License-Identifier: MIT
"""Tests: every part of a folder gets a licence text and an entry, or the build stops."""

from __future__ import annotations

import json
import shutil
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from installer.errors import BuildError
from installer.makensis import Compiler
from installer.parts import licences, package_facts, qt_licences, standard_texts
from tests.installer.parts.small_folder import PE, SmallPython, make_folder

QT = PE + b"Qt 6.9.3 (x86_64-little_endian-llp64 shared (dynamic) release build"
LGPL = "License: LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only\n"


@pytest.fixture
def python(tmp_path: Path) -> SmallPython:
    made = SmallPython(tmp_path / "python")
    made.add("Pure", "1.0", {"pure/__init__.py": b""}, text="Pure's terms")
    return made


def write(folder: Path, python: SmallPython) -> str:
    licences.write(folder, python.site_packages, python.home / "LICENSE.txt")
    return (folder / "licences" / "THIRD-PARTY.txt").read_text(encoding="utf-8")


def test_write_when_a_package_is_in_the_folder_then_its_text_and_entry_are_there(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["pure"], {})
    index = write(folder, python)
    assert "pure 1.0\n  licence:  MIT\n  text:     packages/pure/LICENSE\n" in index
    assert (folder / "licences/packages/pure/LICENSE").read_text() == "Pure's terms"
    assert (folder / "licences/python/LICENSE.txt").read_text() == "PSF LICENSE AGREEMENT"
    assert "MIT License" in (folder / "LICENSE.txt").read_text()


def test_write_when_nsis_makes_a_setup_program_then_its_own_text_and_version_are_there(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["pure"], {})
    text = tmp_path / "COPYING"
    nsis = Compiler(("makensis",), "3.12-1", (3, 12), text)
    with pytest.raises(BuildError, match=r"NSIS' licence isn't at .*COPYING"):
        licences.write(folder, python.site_packages, python.home / "LICENSE.txt", nsis)
    text.write_text("NSIS's terms", encoding="utf-8")
    licences.write(folder, python.site_packages, python.home / "LICENSE.txt", nsis)
    index = (folder / "licences" / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    assert "NSIS 3.12-1\n  licence:  Zlib AND CPL-1.0\n  text:     nsis/LICENSE.txt\n" in index
    assert (folder / "licences/nsis/LICENSE.txt").read_text() == "NSIS's terms"
    assert "NSIS" not in write(folder, python)


def test_write_when_a_package_left_the_folder_then_its_text_leaves_too(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["pure"], {})
    write(folder, python)
    index = write(make_folder(folder, [], {}), python)
    assert "pure" not in index
    assert not (folder / "licences/packages/pure").exists()


def test_write_when_a_package_has_no_text_then_the_build_stops(
    python: SmallPython, tmp_path: Path
) -> None:
    python.add("bare", "3.0", {"bare.py": b""}, text=None)
    with pytest.raises(BuildError, match=r"bare 3\.0 carries no licence text"):
        write(make_folder(tmp_path / "made" / "f", ["bare"], {}), python)


@pytest.mark.parametrize("said", ["", "License: do as you please\n", "License: BSD\n"])
def test_write_when_a_package_names_no_spdx_licence_then_the_build_stops(
    python: SmallPython, tmp_path: Path, said: str
) -> None:
    python.add("vague", "3.0", {"vague.py": b""}, more=said)
    with pytest.raises(BuildError, match=r"vague 3\.0 names no SPDX licence"):
        write(make_folder(tmp_path / "made" / "f", ["vague"], {}), python)


def test_write_when_python_s_licence_is_missing_then_the_build_stops(
    python: SmallPython, tmp_path: Path
) -> None:
    (python.home / "LICENSE.txt").unlink()
    with pytest.raises(BuildError, match="Python's licence isn't at"):
        write(make_folder(tmp_path / "made" / "f", [], {}), python)


def test_write_when_something_was_compiled_in_then_it_is_named_with_its_texts(
    python: SmallPython, tmp_path: Path
) -> None:
    parts = [
        {"name": "rusty", "version": "0.1", "licenses": [{"expression": "MIT OR Apache-2.0"}]},
        {"name": "sealing", "version": "4.0", "purl": "pkg:generic/sealing@4.0"},
        {"name": "sealing", "version": "0.10", "purl": "pkg:cargo/sealing@0.10"},
        {"name": "native-own", "version": "2.0"},
    ]
    bom = json.dumps({"components": parts})
    python.add("native", "2.0", {"native.py": b""}, boms={"b.json": bom, "e.json": "{}"})
    folder = make_folder(tmp_path / "made" / "f", ["native"], {})
    index = write(folder, python)
    assert "rusty 0.1" in index
    assert "text: rusty 0.1; sealing 4.0; the Rust crates sealing 0.10." in " ".join(index.split())
    assert "native-own" not in index
    assert (folder / "licences/packages/native/b.json").is_file()
    assert not (folder / "licences/packages/native/e.json").exists()
    standard = {path.stem for path in (folder / "licences/standard").iterdir()}
    assert standard == {"MIT", "Apache-2.0"}


def test_write_when_a_package_has_no_bill_then_what_was_noted_of_it_is_named(
    python: SmallPython, tmp_path: Path
) -> None:
    python.add("ahocorasick_rs", "1.0.3", {"ahocorasick_rs.py": b""})
    index = " ".join(write(make_folder(tmp_path / "f", ["ahocorasick_rs"], {}), python).split())
    assert "by the names in its library: the Rust crates aho-corasick 1.1.3; itertools" in index
    assert (tmp_path / "f" / "licences" / "standard" / "MIT.txt").is_file()


def test_write_when_what_was_noted_is_of_another_version_then_the_build_stops(
    python: SmallPython, tmp_path: Path
) -> None:
    python.add("ahocorasick_rs", "1.0.4", {"ahocorasick_rs.py": b""})
    with pytest.raises(BuildError, match=r"and this is 1\.0\.4"):
        write(make_folder(tmp_path / "f", ["ahocorasick_rs"], {}), python)


def test_write_when_qt_is_carried_then_the_lgpl_is_met(python: SmallPython, tmp_path: Path) -> None:
    qt = {"PySide6/Qt6Core.dll": QT, "PySide6/msvcp140.dll": PE + b"ms"}
    python.add("PySide6_Essentials", "6.9.3", qt, text=None, more=LGPL)
    folder = make_folder(tmp_path / "made" / "f", [], qt)
    index = write(folder, python)
    notice = (folder / "licences/qt/NOTICE.txt").read_text(encoding="utf-8")
    assert "runtime/PySide6/Qt6Core.dll" in notice
    assert "msvcp140" not in notice
    assert "https://download.qt.io/archive/qt/6.9/6.9.3/single/" in notice
    assert "$" not in notice
    assert "Qt 6.9.3\n" in index
    lesser = (folder / "licences/qt/LGPL-3.0-only.txt").read_text(encoding="utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in lesser
    general = (folder / "licences/qt/GPL-3.0-only.txt").read_text(encoding="utf-8")
    assert "END OF TERMS AND CONDITIONS" in general


def test_write_when_no_qt_is_carried_then_nothing_is_said_of_it(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["pure"], {})
    assert "Qt" not in write(folder, python)
    assert not (folder / "licences/qt").exists()


@pytest.mark.skipif(not shutil.which("dpkg"), reason="asks Debian's package manager")
def test_write_when_a_debian_library_is_carried_then_debian_s_text_is_there(
    python: SmallPython, tmp_path: Path
) -> None:
    library = next(iter(Path("/lib").glob("*-linux-gnu/liblzma.so.5")), None)
    if not library:
        pytest.skip("liblzma isn't installed from Debian here")
    files = {library.name: library.read_bytes()}
    folder = make_folder(tmp_path / "made" / "f", [], files)
    index = write(folder, python)
    original = Path("/usr/share/doc/liblzma5/copyright").read_text(encoding="utf-8")
    assert (folder / "licences/system/liblzma5/copyright.txt").read_text() == original
    assert "system/common-licenses/GPL-2.txt" in index
    assert (folder / "licences/system/common-licenses/GPL-2.txt").is_file()
    assert "https://sources.debian.org/src/xz-utils/" in index


@pytest.mark.parametrize("platform", ["windows", "linux"])
def test_qt_components_when_listed_then_each_has_its_terms(platform: str) -> None:
    listed = qt_licences.components(platform)
    assert {"PCRE2", "HarfBuzz", "libpng"} <= {component.name for component in listed}
    for component in listed:
        alternatives = component.licence.split(" OR ")
        told = any(
            set(alternative.split(" AND ")) <= standard_texts.ids_with_text(alternative)
            for alternative in alternatives
        )
        assert told or component.note, component.name


def test_qt_components_when_for_windows_then_what_is_only_on_linux_is_left_out() -> None:
    windows = {component.name for component in qt_licences.components("windows")}
    assert "Wintab API" in windows
    assert "Wayland protocols" not in windows


def test_home_page_when_several_addresses_are_given_then_the_home_page_wins(
    python: SmallPython,
) -> None:
    more = (
        "License-Expression: MIT\nProject-URL: Source, https://example.com/s\n"
        "Project-URL: Homepage, https://example.com/h\n"
    )
    python.add("page", "1", {"page.py": b""}, more=more)
    (package,) = Distribution.discover(name="page", path=[str(python.site_packages)])
    assert package_facts.home_page(package) == "https://example.com/h"


def test_python_licence_when_asked_then_this_python_s_text_is_found() -> None:
    assert "PSF" in licences.python_licence().read_text(encoding="utf-8")
