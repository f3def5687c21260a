# SPDX-License-Identifier: MIT
"""Where program files come from: wheels, a trusted folder, PyInstaller's loader, or nowhere."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from installer.errors import BuildError
from installer.windows import provenance
from tests.support.pe_files import change_a_byte, pe, written

LOADER = "PyInstaller/bootloader/Windows-64bit-intel/run.exe"
WINE_MARK_AT = 0x40


def installed(packages: Path, name: str, files: dict[str, bytes]) -> Path:
    """A wheel of these files, as pip leaves it."""
    info = packages / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [f"{info.name}/RECORD,,"]
    for path, content in files.items():
        written(packages / path, content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(content)}")
    (info / "RECORD").write_text("\n".join(lines) + "\n")
    return packages


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    root = tmp_path / "site-packages"
    installed(root, "tool", {"tool/core.pyd": pe(b"core"), "tool/text.py": b"print()"})
    return installed(root, "pyinstaller", {LOADER: pe(b"loader")})


@pytest.fixture
def known(packages: Path) -> dict[str, str]:
    return provenance.known_files(packages)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built folder with one file of a wheel."""
    built = tmp_path / "built"
    written(built / "runtime" / "core.pyd", pe(b"core"))
    (built / "runtime" / "readme.txt").write_text("MZ, but only a text")
    return built


def test_known_files_when_wheels_are_installed_then_names_package_and_file(
    known: dict[str, str],
) -> None:
    core = hashlib.sha256(pe(b"core")).hexdigest()
    assert known[core] == "tool 1.0: tool/core.pyd"
    assert sorted(known.values()) == [
        f"pyinstaller 1.0: {LOADER}",
        f"pyinstaller 1.0: {LOADER} (code)",
        "tool 1.0: tool/core.pyd",
    ]


def test_known_files_when_a_file_was_changed_then_refuses(packages: Path) -> None:
    change_a_byte(packages / "tool" / "core.pyd")
    with pytest.raises(BuildError, match=r"core\.pyd isn't as tool 1\.0 brought it"):
        provenance.known_files(packages)


def test_known_files_when_a_file_was_left_out_then_goes_on(packages: Path) -> None:
    (packages / "tool" / "core.pyd").unlink()
    assert "tool 1.0: tool/core.pyd" not in provenance.known_files(packages).values()


def test_hashes_of_when_folder_then_names_origin_and_file(folder: Path) -> None:
    digest = hashlib.sha256(pe(b"core")).hexdigest()
    assert provenance.hashes_of(folder, "CPython 3") == {digest: "CPython 3: runtime/core.pyd"}


def test_account_when_all_come_from_wheels_then_empty(folder: Path, known: dict[str, str]) -> None:
    assert provenance.account(folder, known, []) == []


def test_account_when_one_byte_differs_then_names_the_file(
    folder: Path, known: dict[str, str]
) -> None:
    change_a_byte(folder / "runtime" / "core.pyd")
    assert provenance.account(folder, known, []) == ["runtime/core.pyd"]


def test_account_when_file_has_another_ending_then_still_finds_it(
    folder: Path, known: dict[str, str]
) -> None:
    written(folder / "runtime" / "data.bin", pe(b"foreign"))
    assert provenance.account(folder, known, []) == ["runtime/data.bin"]


@pytest.mark.parametrize("mark", [b"Wine builtin DLL\0", b"Wine placeholder DLL\0"])
def test_account_when_file_is_of_wine_then_says_so(
    folder: Path, known: dict[str, str], mark: bytes
) -> None:
    foreign = bytearray(pe(b"foreign"))
    moved = foreign[:WINE_MARK_AT] + mark.ljust(0x40, b"\0") + foreign[WINE_MARK_AT:]
    moved[0x3C] = 0x80
    written(folder / "runtime" / "version.dll", bytes(moved))
    assert provenance.account(folder, known, []) == ["runtime/version.dll (a file of Wine)"]


def test_account_when_file_is_in_a_zip_in_a_zip_then_finds_it(
    folder: Path, known: dict[str, str], tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("deep/foreign.pyd", pe(b"foreign"))
        inner.writestr("deep/core.pyd", pe(b"core"))
    with zipfile.ZipFile(folder / "runtime" / "base_library.zip", "w") as outer:
        outer.write(tmp_path / "inner.zip", "inner.zip")
    assert provenance.account(folder, known, []) == [
        "runtime/base_library.zip/inner.zip/deep/foreign.pyd"
    ]


def test_account_when_archive_cant_be_read_then_is_not_known(
    folder: Path, known: dict[str, str]
) -> None:
    (folder / "runtime" / "data.zip").write_bytes(b"PK\x03\x04 and then nothing")
    (said,) = provenance.account(folder, known, [])
    assert said.startswith("runtime/data.zip (an archive that can't be looked into")


def test_account_when_packed_and_compressed_then_looks_into_it(
    folder: Path, known: dict[str, str]
) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:xz") as archive:
        for name, content in (("foreign.pyd", pe(b"foreign")), ("core.pyd", pe(b"core"))):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    (folder / "runtime" / "data.bin").write_bytes(packed.getvalue())
    assert provenance.account(folder, known, []) == ["runtime/data.bin/unpacked/foreign.pyd"]


def test_account_when_program_lies_in_a_file_of_another_kind_then_says_so(
    folder: Path, known: dict[str, str]
) -> None:
    (folder / "runtime" / "picture.png").write_bytes(b"\x89PNG" + pe(b"foreign"))
    assert provenance.account(folder, known, []) == [
        "runtime/picture.png (a program file lies in it)"
    ]
