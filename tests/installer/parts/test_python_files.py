# SPDX-License-Identifier: MIT
"""Python's own files are known again after the build took the builder's traces out of them."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from pathlib import Path

import pytest

from installer import elf
from installer.parts.python_files import PythonFiles

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="cleans Linux libraries"),
    pytest.mark.skipif(not shutil.which("strip"), reason="strip (binutils) is missing"),
]


@pytest.fixture
def module(tmp_path: Path) -> Path:
    folder = Path(str(sysconfig.get_config_var("DESTSHARED")))
    found = next(folder.glob("_bisect.*.so"), None)
    if found is None:
        pytest.skip("this Python has no module of its own as a file")
    return Path(shutil.copy(found, tmp_path))


@pytest.fixture
def python() -> PythonFiles:
    return PythonFiles(Path(sysconfig.get_paths()["purelib"]))


def test_holds_when_the_build_cleaned_the_file_then_knows_it(
    module: Path, python: PythonFiles
) -> None:
    assert python.holds(module)
    module.write_bytes(elf.cleaned(module))
    assert python.holds(module)


def test_holds_when_a_cleaned_file_was_changed_then_does_not_know_it(
    module: Path, python: PythonFiles
) -> None:
    changed = bytearray(elf.cleaned(module))
    changed[-1] ^= 1
    module.write_bytes(changed)
    assert not python.holds(module)


def test_holds_when_windows_keeps_a_library_in_its_own_folder_for_them_then_finds_it(
    tmp_path: Path,
) -> None:
    home, environment = tmp_path / "Python313", tmp_path / "environment"
    packages = environment / "Lib" / "site-packages"
    for folder in (home / "DLLs", packages):
        folder.mkdir(parents=True)
    (home / "DLLs" / "_ssl.pyd").write_bytes(b"MZ of Python")
    (environment / "pyvenv.cfg").write_text(f"home = {home}\nversion = 3.13.2\n")
    carried = tmp_path / "_SSL.pyd"
    carried.write_bytes(b"MZ of Python")
    python = PythonFiles(packages)
    assert python.home == home
    assert python.holds(carried)
    carried.write_bytes(b"MZ of somebody")
    assert not python.holds(carried)
