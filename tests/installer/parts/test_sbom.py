# SPDX-License-Identifier: MIT
"""Tests: the bill of materials is valid, names what the folder holds and nothing else."""

from __future__ import annotations

import hashlib
import json
import shutil
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from installer.errors import BuildError
from installer.makensis import Compiler
from installer.parts import sbom
from installer.parts.requirements import Requirements
from tests.installer.parts.small_folder import PE, SmallPython, make_folder

CORE = PE + b"core"
CRYPTO = PE + b"OpenSSL 3.0.15 3 Sep 2024"
QT = PE + b"Qt 6.9.3 (x86_64-little_endian-llp64 shared (dynamic) release build"


@pytest.fixture(autouse=True)
def fixed_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def python(tmp_path: Path) -> SmallPython:
    made = SmallPython(tmp_path / "python")
    more = "License-Expression: MIT\nSummary: Asks\nRequires-Dist: native[fast]>=1\n"
    made.add("requests", "2.0", {"requests/__init__.py": b""}, more=more)
    more = "License: BSD-3-Clause\nProvides-Extra: fast\nRequires-Dist: Quick; extra == 'fast'\n"
    made.add("native", "2.0", {"native/core.dll": CORE}, more=more)
    made.add("Quick", "1.0", {"quick.py": b""})
    (made.home / "libcrypto-3.dll").write_bytes(CRYPTO)
    return made


def write(
    tmp_path: Path, folder: Path, python: SmallPython, nsis: Compiler | None = None
) -> dict[str, Any]:
    target = tmp_path / "parts.cdx.json"
    sbom.write(target, folder, python.site_packages, "3.13.2", "windows", nsis=nsis)
    text = target.read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def purls(bom: dict[str, Any]) -> set[str]:
    return {component["purl"] for component in bom["components"]}


def needs(bom: dict[str, Any], ref: str) -> list[str]:
    (entry,) = [entry for entry in bom["dependencies"] if entry["ref"] == ref]
    found: list[str] = entry.get("dependsOn", [])
    return found


FILES = {"native/core.dll": CORE, "libcrypto-3.dll": CRYPTO}


def test_write_when_parts_are_in_the_folder_then_they_are_named_exactly(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["requests", "quick"], FILES)
    bom = write(tmp_path, folder, python)
    assert purls(bom) == {
        "pkg:generic/openssl@3.0.15",
        "pkg:generic/python@3.13.2",
        "pkg:pypi/native@2.0",
        "pkg:pypi/pyinstaller@6.0",
        "pkg:pypi/quick@1.0",
        "pkg:pypi/requests@2.0",
    }
    licences = {part["name"]: part["licenses"] for part in bom["components"]}
    assert licences["native"] == [{"license": {"id": "BSD-3-Clause"}}]
    assert "Bootloader-exception" in licences["pyinstaller"][0]["expression"]
    assert bom["metadata"]["component"]["name"] == "m365-backup-wizard"
    assert bom["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"


def test_write_when_a_part_left_the_folder_then_it_leaves_the_list(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["requests", "quick"], FILES)
    before = write(tmp_path, folder, python)
    (folder / "runtime/native/core.dll").unlink()
    after = write(tmp_path, folder, python)
    assert purls(before) - purls(after) == {"pkg:pypi/native@2.0"}
    assert before["serialNumber"] != after["serialNumber"]


def test_write_when_a_part_brought_a_library_then_the_library_s_hash_is_given(
    python: SmallPython, tmp_path: Path
) -> None:
    bom = write(tmp_path, make_folder(tmp_path / "made" / "f", [], FILES), python)
    (native,) = [part for part in bom["components"] if part["name"] == "native"]
    (file,) = native["components"]
    assert file["name"] == "runtime/native/core.dll"
    assert file["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(CORE).hexdigest()}]


def test_write_when_packages_need_each_other_then_that_is_told(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["requests", "quick"], FILES)
    bom = write(tmp_path, folder, python)
    assert needs(bom, "pkg:pypi/requests@2.0") == ["pkg:pypi/native@2.0"]
    assert needs(bom, "pkg:pypi/native@2.0") == ["pkg:pypi/quick@1.0"]
    assert needs(bom, "pkg:generic/python@3.13.2") == ["pkg:generic/openssl@3.0.15"]
    # pyproject.toml asks for requests, and for none of the others.
    assert needs(bom, "m365-backup-wizard") == [
        "pkg:generic/python@3.13.2",
        "pkg:pypi/pyinstaller@6.0",
        "pkg:pypi/requests@2.0",
    ]


def test_write_when_qt_is_carried_then_it_is_a_part_of_its_own(
    python: SmallPython, tmp_path: Path
) -> None:
    qt = {"PySide6/Qt6Core.dll": QT}
    more = "License: LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only\n"
    python.add("PySide6_Essentials", "6.9.3", qt, more=more)
    bom = write(tmp_path, make_folder(tmp_path / "made" / "f", [], qt), python)
    assert needs(bom, "pkg:pypi/pyside6-essentials@6.9.3") == ["pkg:generic/qt@6.9.3"]


def test_write_when_something_was_compiled_in_then_it_is_part_of_its_package(
    python: SmallPython, tmp_path: Path
) -> None:
    part = {"name": "openssl", "version": "4.0.3", "purl": "pkg:generic/openssl@4.0.3"}
    python.add(
        "sealed", "1", {"sealed.py": b""}, boms={"b.json": json.dumps({"components": [part]})}
    )
    bom = write(tmp_path, make_folder(tmp_path / "made" / "f", ["sealed"], {}), python)
    (sealed,) = [part for part in bom["components"] if part["name"] == "sealed"]
    assert [inside["purl"] for inside in sealed["components"]] == ["pkg:generic/openssl@4.0.3"]


def test_write_when_nsis_makes_a_setup_program_then_it_is_listed_with_version_and_licence(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", [], {})
    assert "pkg:generic/nsis@3.12" not in purls(write(tmp_path, folder, python))
    nsis = Compiler(("makensis",), "3.12-1", (3, 12), tmp_path)
    bom = write(tmp_path, folder, python, nsis)
    (listed,) = [part for part in bom["components"] if part["name"] == "NSIS"]
    assert listed["purl"] == "pkg:generic/nsis@3.12"
    assert listed["licenses"] == [{"expression": "Zlib AND CPL-1.0"}]
    assert "nullsoft_scriptable_install_system:3.12:" in listed["cpe"]
    assert listed["bom-ref"] in needs(bom, "m365-backup-wizard")


def test_write_when_done_twice_then_the_bytes_are_the_same(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["requests"], FILES)
    paths = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in paths:
        sbom.write(path, folder, python.site_packages, "3.13.2", "windows")
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_write_when_a_library_belongs_to_nothing_then_no_list_is_written(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", [], {"stranger.dll": PE + b"?"})
    with pytest.raises(BuildError, match=r"runtime/stranger\.dll"):
        write(tmp_path, folder, python)
    assert not (tmp_path / "parts.cdx.json").exists()


@pytest.mark.skipif(not shutil.which("dpkg"), reason="asks Debian's package manager")
def test_write_when_a_debian_library_is_carried_then_its_package_is_named(
    python: SmallPython, tmp_path: Path
) -> None:
    library = next(iter(Path("/lib").glob("*-linux-gnu/libz.so.1")), None)
    if not library:
        pytest.skip("zlib isn't installed from Debian here")
    files = {"libz.so.1": library.read_bytes()}
    bom = write(tmp_path, make_folder(tmp_path / "made" / "f", [], files), python)
    (purl,) = [purl for purl in purls(bom) if purl.startswith("pkg:deb/")]
    assert "/zlib1g@1:" in purl
    assert "arch=" in purl


@pytest.mark.parametrize(("platform", "expected"), [("windows", {"quick"}), ("linux", set())])
def test_requirements_when_a_need_is_for_one_system_then_it_counts_only_there(
    tmp_path: Path, platform: Any, expected: set[str]
) -> None:
    python = SmallPython(tmp_path / "python")
    python.add("a", "1", {}, more="Requires-Dist: Quick; sys_platform == 'win32'\n")
    python.add("Quick", "1", {})
    packages = distributions(path=[str(python.site_packages)])
    needed = Requirements(packages, "3.13.2", platform)
    assert needed.of_package("a") == expected
