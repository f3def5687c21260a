# SPDX-License-Identifier: MIT
"""Tests: what a folder holds is told from the folder, and strangers in it are named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from installer.errors import BuildError
from installer.parts import inventory
from installer.parts.python_files import PythonFiles
from tests.installer.parts.small_folder import PE, SmallPython, make_folder


@pytest.fixture
def python(tmp_path: Path) -> SmallPython:
    made = SmallPython(tmp_path / "python")
    made.add("Pure", "1.0", {"pure/__init__.py": b"", "pure/part.py": b""})
    made.add("native", "2.0", {"native/core.dll": PE + b"core", "native/data.txt": b"x"})
    made.add("pytest", "9.0", {"pytest/__init__.py": b""})
    return made


def names(found: inventory.Inventory) -> list[str]:
    return [package.name for package, _ in found.packages]


def test_take_when_a_module_is_in_the_program_then_its_package_is_found(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["wizard.model", "json", "pure.part"], {})
    found = inventory.take(folder, python.site_packages)
    assert names(found) == ["Pure", "pyinstaller"]


def test_take_when_a_package_is_only_installed_then_it_is_left_out(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["wizard"], {})
    assert names(inventory.take(folder, python.site_packages)) == ["pyinstaller"]


def test_take_when_a_library_is_in_the_folder_then_its_owner_is_told_by_its_content(
    python: SmallPython, tmp_path: Path
) -> None:
    files = {"elsewhere/CORE.dll": PE + b"core", "VCRUNTIME140.dll": PE + b"runtime"}
    folder = make_folder(tmp_path / "made" / "f", [], files)
    found = inventory.take(folder, python.site_packages)
    assert found.files_of("native") == ("runtime/elsewhere/CORE.dll",)
    assert found.python == ("runtime/VCRUNTIME140.dll",)


def test_take_when_two_packages_hold_the_same_library_then_the_place_decides(
    python: SmallPython, tmp_path: Path
) -> None:
    python.add("another", "1.0", {"another/core.dll": PE + b"core"})
    folder = make_folder(tmp_path / "made" / "f", [], {"native/core.dll": PE + b"core"})
    found = inventory.take(folder, python.site_packages)
    assert found.files_of("native") == ("runtime/native/core.dll",)
    assert found.files_of("another") == ()


def test_take_when_only_data_of_a_package_is_there_then_the_package_is_found(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", [], {"native/data.txt": b"x"})
    assert "native" in names(inventory.take(folder, python.site_packages))


@pytest.mark.parametrize("start", [b"MZ", b"\x7fELF"])
def test_take_when_a_library_belongs_to_nothing_then_it_is_named(
    python: SmallPython, tmp_path: Path, start: bytes
) -> None:
    folder = make_folder(tmp_path / "made" / "f", [], {"sub/stranger.bin": start + b"?" * 70})
    with pytest.raises(BuildError, match=r"runtime/sub/stranger\.bin"):
        inventory.take(folder, python.site_packages)


def test_take_when_a_package_s_library_was_changed_then_it_is_named(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", [], {"native/core.dll": PE + b"core!"})
    with pytest.raises(BuildError, match=r"runtime/native/core\.dll"):
        inventory.take(folder, python.site_packages)


def test_take_when_a_program_holds_no_pyinstaller_archive_then_it_is_named(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", [], {})
    (folder / "other.exe").write_bytes(PE)
    with pytest.raises(BuildError, match=r"other\.exe"):
        inventory.take(folder, python.site_packages)


def test_take_when_the_program_was_signed_then_its_modules_are_still_read(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["pure"], {})
    program = folder / "m365-backup-wizard.exe"
    program.write_bytes(program.read_bytes() + b"a signature" * 900)
    assert "Pure" in names(inventory.take(folder, python.site_packages))


def test_take_when_a_module_belongs_to_nothing_then_it_is_named(
    python: SmallPython, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "made" / "f", ["stranger.part"], {})
    with pytest.raises(BuildError, match=r"the module stranger\.part"):
        inventory.take(folder, python.site_packages)


def test_take_when_there_is_no_pyinstaller_then_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "site-packages").mkdir()
    with pytest.raises(BuildError, match="doesn't hold PyInstaller"):
        inventory.take(make_folder(tmp_path / "made" / "f", [], {}), tmp_path / "site-packages")


@pytest.mark.skipif(not shutil.which("dpkg"), reason="asks Debian's package manager")
def test_take_when_a_library_comes_from_debian_then_its_package_is_found(
    python: SmallPython, tmp_path: Path
) -> None:
    library = next(iter(Path("/lib").glob("*-linux-gnu/libz.so.1")), None)
    if not library:
        pytest.skip("zlib isn't installed from Debian here")
    files = {"libz.so.1": library.read_bytes()}
    found = inventory.take(make_folder(tmp_path / "made" / "f", [], files), python.site_packages)
    ((package, brought),) = found.system
    assert (package.name, brought) == ("zlib1g", ("runtime/libz.so.1",))
    assert package.copyright.is_file()


def test_python_home_when_in_a_virtual_environment_then_it_is_the_python_it_names(
    tmp_path: Path,
) -> None:
    packages = tmp_path / "venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    (tmp_path / "venv" / "pyvenv.cfg").write_text("home = /opt/python/bin\n", encoding="utf-8")
    assert PythonFiles(packages).home == Path("/opt/python")
