# SPDX-License-Identifier: MIT
"""Reading and mending Linux libraries, tried with those of Qt's wheel, which name a search path."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from installer import elf
from installer.errors import BuildError

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux programs"),
    pytest.mark.skipif(not shutil.which("readelf"), reason="readelf (binutils) is missing"),
]

QT = Path(PySide6.__file__).parent / "Qt" / "lib"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copy(QT / "libQt6Core.so.6", tmp_path))


def test_read_when_a_library_is_read_then_names_what_it_asks_for(library: Path) -> None:
    asked = elf.read([library])[library]
    assert {"libc.so.6", "libicuuc.so.73", "libglib-2.0.so.0"} <= asked.needed
    assert asked.search_path == ("$ORIGIN",)
    assert asked.glibc == (2, 28)


def test_elf_files_when_searched_then_are_found_by_content_and_once(library: Path) -> None:
    folder = library.parent
    (folder / "link.so").symlink_to(library.name)
    (folder / "words.so").write_text("no library")
    assert elf.elf_files(folder) == [library]


def test_cleaned_when_a_search_path_was_in_it_then_is_gone_and_the_library_still_loads(
    library: Path,
) -> None:
    before = elf.read([library])[library]
    content = elf.cleaned(library)
    assert content == elf.cleaned(library)
    library.write_bytes(content)
    after = elf.read([library])[library]
    assert after.search_path == ()
    assert after.needed == before.needed
    code = f"import ctypes; ctypes.CDLL({str(library)!r})"
    found = {"LD_LIBRARY_PATH": str(QT)}
    assert subprocess.run([sys.executable, "-c", code], env=found, check=False).returncode == 0
    alone = subprocess.run(
        [sys.executable, "-c", code], env={}, capture_output=True, text=True, check=False
    )
    assert "libicui18n.so.73" in alone.stderr  # without the path it no longer finds its neighbours


def test_reading_when_the_file_is_no_library_then_says_so(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("no library")
    with pytest.raises(BuildError, match=r"readelf .* failed"):
        elf.read([tmp_path / "words"])


def test_reading_when_readelf_is_missing_then_says_what_to_install(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BuildError, match="install binutils"):
        elf.read([library])


def test_cleaning_when_the_file_is_no_library_then_says_so(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("no library")
    with pytest.raises(BuildError, match=r"strip .* failed"):
        elf.cleaned(tmp_path / "words")
