# SPDX-License-Identifier: MIT
"""Packages of a small Windows folder: only of known files, licensed, signed when a key is given."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from PyInstaller.archive.writers import CArchiveWriter

from installer import contents, makensis, pe_files, results
from installer.errors import BuildError
from installer.signatures import signing
from installer.signatures.signing import SigningOptions
from installer.windows import loader_code, windows_packages
from installer.windows.windows_python import WindowsPython
from tests.installer.parts.small_folder import SmallPython
from tests.support.pe_files import pe

LOADER = pe(b"loader")
RUNTIME_LIBRARY = pe(b"runtime library")
PROGRAMS = [f"{contents.WINDOW_PROGRAM}.exe", f"{contents.CONSOLE_PROGRAM}.exe"]

needs_makensis = pytest.mark.skipif(
    makensis.newest() is None, reason="makensis isn't installed (Debian: nsis)"
)


@pytest.fixture
def python(tmp_path: Path) -> WindowsPython:
    small = SmallPython(tmp_path / "python")
    (small.home / "vcruntime140.dll").write_bytes(RUNTIME_LIBRARY)
    known = {
        loader_code.digest(LOADER): "PyInstaller",
        hashlib.sha256(RUNTIME_LIBRARY).hexdigest(): "CPython",
    }
    licence = small.home / "LICENSE.txt"
    return WindowsPython(small.home, small.site_packages, licence, "3.13.2", known)


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture
def folder(into: Path, tmp_path: Path) -> Path:
    made = into / "windows" / contents.FOLDER
    (made / "runtime").mkdir(parents=True)
    (made / "runtime" / "vcruntime140.dll").write_bytes(RUNTIME_LIBRARY)
    CArchiveWriter(str(tmp_path / "archive"), [], "python313.dll")
    for name in PROGRAMS:
        (made / name).write_bytes(LOADER + (tmp_path / "archive").read_bytes())
    return made


def test_pack_when_a_file_comes_from_nowhere_then_makes_no_package(
    folder: Path, python: WindowsPython, into: Path
) -> None:
    (folder / "runtime" / "version.dll").write_bytes(pe(b"foreign"))
    with pytest.raises(BuildError, match=r"nowhere that is known: runtime/version\.dll"):
        windows_packages.pack(folder, python, None, into)
    assert [path.name for path in into.iterdir()] == ["windows"]


def test_pack_when_a_program_is_missing_then_makes_no_package(
    folder: Path, python: WindowsPython, into: Path
) -> None:
    (folder / PROGRAMS[0]).unlink()
    with pytest.raises(BuildError, match="isn't there"):
        windows_packages.pack(folder, python, None, into)


@needs_makensis
def test_pack_when_no_key_is_given_then_all_parts_are_there_unsigned(
    folder: Path, python: WindowsPython, into: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    windows_packages.pack(folder, python, None, into)
    assert results.missing(["windows"], into) == []
    with zipfile.ZipFile(into / results.WINDOWS_ARCHIVE) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    assert {*PROGRAMS, "LICENSE.txt", "licences/THIRD-PARTY.txt"} <= names
    parts = json.loads((into / results.WINDOWS_PARTS).read_text(encoding="utf-8"))
    assert "3.13.2" in {component["version"] for component in parts["components"]}
    assert not results.are_signed(into)
    assert "Not signed" in capsys.readouterr().out


@needs_makensis
@pytest.mark.skipif(not shutil.which("osslsigncode"), reason="osslsigncode isn't installed")
def test_pack_when_a_key_is_given_then_each_program_of_each_package_is_signed(
    folder: Path, python: WindowsPython, into: Path, pfx: SigningOptions
) -> None:
    windows_packages.pack(folder, python, signing.signer_from(pfx), into)
    with zipfile.ZipFile(into / results.WINDOWS_ARCHIVE) as archive:
        for name in PROGRAMS:
            assert pe_files.is_signed(archive.read(f"{contents.FOLDER}/{name}")), name
    assert pe_files.is_signed((into / results.SETUP_PROGRAM).read_bytes())
