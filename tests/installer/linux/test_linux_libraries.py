# SPDX-License-Identifier: MIT
"""What stays in the Linux folder, tried with real libraries under other names."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from pathlib import Path

import PySide6
import pytest

from installer import elf
from installer.linux import linux_libraries

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux programs"),
    pytest.mark.skipif(not shutil.which("readelf"), reason="readelf (binutils) is missing"),
]

QT = Path(PySide6.__file__).parent / "Qt" / "lib"
# ICU's libraries lead from one to the next: i18n needs uc and data, uc needs data, data nothing.
I18N, UC, DATA = (str(QT / f"libicu{part}.so.73") for part in ("i18n", "uc", "data"))
CORE = str(QT / "libQt6Core.so.6")


def names(binaries: list[linux_libraries.Collected]) -> set[str]:
    return {name for name, _, _ in linux_libraries.carried(binaries)}


def test_library_when_a_python_module_needs_it_then_stays_with_what_it_needs_itself() -> None:
    module = "python3.11/lib-dynload/_words.cpython-311-x86_64-linux-gnu.so"
    binaries = [(module, UC, "EXTENSION"), ("libicudata.so.73", DATA, "BINARY")]
    assert names(binaries) == {module, "libicudata.so.73"}
    longer = [(module, I18N, "EXTENSION"), ("libicuuc.so.73", UC, "BINARY"), binaries[1]]
    assert names(longer) == {module, "libicuuc.so.73", "libicudata.so.73"}


def test_library_when_only_the_window_needs_it_then_is_left_to_the_computer() -> None:
    binaries = [
        ("PySide6/Qt/lib/libQt6Core.so.6", CORE, "BINARY"),
        ("libglib-2.0.so.0", DATA, "BINARY"),
        ("libzstd.so.1", DATA, "BINARY"),
        ("libgtk-3.so.0", DATA, "BINARY"),
    ]
    assert names(binaries) == {"PySide6/Qt/lib/libQt6Core.so.6"}


def test_library_when_every_computer_has_it_then_is_left_to_the_computer() -> None:
    binaries = [
        ("psutil/_psutil.so", UC, "EXTENSION"),
        ("libicudata.so.73", DATA, "BINARY"),
        ("libgcc_s.so.1", DATA, "BINARY"),
        ("libstdc++.so.6", DATA, "BINARY"),
    ]
    # The C++ library stays where a Python module of the text face needs it, the compiler's doesn't.
    assert names(binaries) == {"psutil/_psutil.so", "libicudata.so.73", "libstdc++.so.6"}


def test_python_and_links_when_collected_then_stay() -> None:
    binaries = [
        ("libpython3.11.so.1.0", UC, "BINARY"),
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
    ]
    assert linux_libraries.carried(binaries) == binaries


@pytest.fixture
def builders_python() -> Path:
    name = str(sysconfig.get_config_var("INSTSONAME"))
    library = Path(str(sysconfig.get_config_var("LIBDIR")), name)
    if ".so" not in name or not library.is_file():
        pytest.skip("this Python has no shared library")
    return library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "wizard"
    qt = made / "runtime" / "PySide6" / "Qt" / "lib"
    qt.mkdir(parents=True)
    for library in (CORE, I18N, UC, DATA):
        shutil.copy(library, qt)
    return made


def test_unmet_when_the_window_needs_what_is_recommended_then_is_silent(folder: Path) -> None:
    assert linux_libraries.unmet(folder) == []


def test_unmet_when_a_library_of_qt_is_missing_then_names_who_needs_it(folder: Path) -> None:
    (folder / "runtime/PySide6/Qt/lib/libicuuc.so.73").unlink()
    assert linux_libraries.unmet(folder) == [
        "runtime/PySide6/Qt/lib/libQt6Core.so.6 needs libicuuc.so.73",
        "runtime/PySide6/Qt/lib/libicui18n.so.73 needs libicuuc.so.73",
    ]


def test_unmet_when_the_text_face_needs_a_library_of_the_window_then_names_it(folder: Path) -> None:
    shutil.copy(CORE, folder / "runtime" / "module.so")
    unmet = linux_libraries.unmet(folder)
    assert "runtime/module.so needs libglib-2.0.so.0" in unmet


def test_oldest_glibc_when_versions_differ_in_digits_then_is_the_greatest_number(
    folder: Path,
) -> None:
    # Qt's own builds want 2.28, and name 2.4 and 2.14 beside it.
    assert linux_libraries.oldest_glibc(folder) == "2.28"


def test_clean_when_done_then_mends_the_builders_python_and_leaves_wheels_alone(
    folder: Path, builders_python: Path
) -> None:
    ours = folder / "runtime" / builders_python.name
    shutil.copy(builders_python, ours)
    wheel = folder / "runtime/PySide6/Qt/lib/libicuuc.so.73"
    before = wheel.read_bytes()
    linux_libraries.clean(folder)
    linux_libraries.clean(folder)  # again: nothing left to take is no error
    told = elf.run("readelf", "-SW", str(ours))
    assert ".dynsym" in told
    assert ".symtab" not in told
    assert wheel.read_bytes() == before
