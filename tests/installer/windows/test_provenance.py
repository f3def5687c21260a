# SPDX-License-Identifier: MIT
"""Where program files come from: wheels, a trusted folder, PyInstaller's loader, or nowhere."""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import struct
import tarfile
import zipfile
from pathlib import Path

import pefile
import pytest
from PyInstaller.archive.writers import CArchiveWriter, ZlibArchiveWriter

from installer.errors import BuildError
from installer.pe_files import HEADERS
from installer.windows import provenance
from tests.support.code_signers import Identity, sign
from tests.support.pe_files import change_a_byte, pe, written

LOADER = "PyInstaller/bootloader/Windows-64bit-intel/run.exe"
WINE_MARK_AT = 0x40
RESOURCE_TABLE = 0x44 + 20 + 112 + 2 * 8  # its place in the headers of a small program

needs_signer = pytest.mark.skipif(
    not shutil.which("osslsigncode"), reason="osslsigncode isn't installed"
)


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


def program(
    path: Path,
    entries: dict[str, bytes],
    *,
    code: bytes = b"loader",
    resource: tuple[int, bytes] = (3, b"a picture"),
    before: bytes = b"",
) -> Path:
    """What PyInstaller makes: its loader with a resource, then an archive."""
    sources = []
    for name, content in entries.items():
        written(path.parent.parent / "parts" / name, content)
        kind = "z" if name.endswith(".pyz") else "x"
        sources.append((name, str(path.parent.parent / "parts" / name), False, kind))
    archive = path.parent.parent / "archive"
    CArchiveWriter(str(archive), sources, "python313.dll")
    path.write_bytes(with_resource(code, *resource) + before + archive.read_bytes())
    return path


def with_resource(code: bytes, kind: int, data: bytes) -> bytes:
    """A program file whose last section holds one resource."""
    address = 3 * 0x1000
    below = 0x80000000
    tree = b"".join(
        struct.pack("<12xHHII", 0, 1, name, where)
        for name, where in ((kind, below | 24), (1, below | 48), (0, 72))
    )
    body = tree + struct.pack("<IIII", address + 88, len(data), 0, 0) + data
    image = bytearray(pe(code, rsrc=body))
    struct.pack_into("<II", image, RESOURCE_TABLE, address, len(body))
    return bytes(image)


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


def test_account_when_program_is_the_loader_with_an_archive_then_empty(
    folder: Path, known: dict[str, str]
) -> None:
    made = program(folder / "wizard.exe", {"notes.txt": b"a text", "core.pyd": pe(b"core")})
    assert provenance.account(folder, known, [made]) == []


def test_account_when_program_isnt_named_as_ours_then_is_foreign(
    folder: Path, known: dict[str, str]
) -> None:
    program(folder / "wizard.exe", {"notes.txt": b"a text"})
    assert provenance.account(folder, known, []) == ["wizard.exe"]


def test_account_when_code_of_program_is_anothers_then_says_so(
    folder: Path, known: dict[str, str]
) -> None:
    made = program(folder / "wizard.exe", {"notes.txt": b"a text"}, code=b"intruder")
    assert provenance.account(folder, known, [made]) == [
        "wizard.exe (its code isn't PyInstaller's loader)"
    ]


def test_account_when_program_carries_a_foreign_file_then_names_it(
    folder: Path, known: dict[str, str]
) -> None:
    made = program(folder / "wizard.exe", {"foreign.dll": pe(b"foreign")})
    assert provenance.account(folder, known, [made]) == ["wizard.exe/foreign.dll"]


def test_account_when_program_has_no_archive_then_says_so(
    folder: Path, known: dict[str, str]
) -> None:
    made = written(folder / "wizard.exe", pe(b"loader") + b"something")
    (said,) = provenance.account(folder, known, [made])
    assert said.startswith("wizard.exe (its archive can't be read")


def test_account_when_program_is_no_program_then_says_so(
    folder: Path, known: dict[str, str]
) -> None:
    made = folder / "wizard.exe"
    made.write_bytes(b"MZ, but only a text")
    (said,) = provenance.account(folder, known, [made])
    assert said.startswith("wizard.exe (it can't be read")


def test_account_when_program_isnt_there_then_says_so(folder: Path, known: dict[str, str]) -> None:
    missing = folder / "wizard.exe"
    assert provenance.account(folder, known, [missing]) == ["wizard.exe (it isn't there)"]


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


@pytest.mark.parametrize("kind", [pefile.RESOURCE_TYPE["RT_RCDATA"], 1000])
def test_account_when_program_has_another_kind_of_resource_then_says_so(
    folder: Path, known: dict[str, str], kind: int
) -> None:
    made = program(folder / "wizard.exe", {"notes.txt": b"a text"}, resource=(kind, b"some data"))
    (said,) = provenance.account(folder, known, [made])
    assert said.startswith("wizard.exe (it has a resource of the kind")


def test_account_when_a_resource_is_a_program_then_names_it(
    folder: Path, known: dict[str, str]
) -> None:
    icon = pefile.RESOURCE_TYPE["RT_ICON"]
    made = program(folder / "wizard.exe", {}, resource=(icon, pe(b"foreign")))
    assert provenance.account(folder, known, [made]) == [
        "wizard.exe (a program file lies in it)",
        "wizard.exe/RT_ICON",
    ]


def test_account_when_resources_are_icons_then_empty(folder: Path, known: dict[str, str]) -> None:
    icon = pefile.RESOURCE_TYPE["RT_ICON"]
    made = program(folder / "wizard.exe", {}, resource=(icon, b"\x89PNG picture"))
    assert provenance.account(folder, known, [made]) == []


@pytest.mark.parametrize(("before", "behind"), [(b"x" * 9, b""), (b"", b"x"), (b"", bytes(9))])
def test_account_when_something_lies_around_the_archive_then_says_so(
    folder: Path, known: dict[str, str], before: bytes, behind: bytes
) -> None:
    made = program(folder / "wizard.exe", {"notes.txt": b"a text"}, before=before)
    made.write_bytes(made.read_bytes() + behind)
    assert provenance.account(folder, known, [made]) == [
        "wizard.exe (something lies before or behind its archive)"
    ]


def test_account_when_something_lies_between_sections_then_says_so(
    folder: Path, known: dict[str, str]
) -> None:
    made = program(folder / "wizard.exe", {"notes.txt": b"a text"})
    content = bytearray(made.read_bytes())
    for section in pefile.PE(data=bytes(content)).sections[1:]:
        place = section.get_file_offset() + 20
        struct.pack_into("<I", content, place, section.PointerToRawData + HEADERS)
    content[2 * HEADERS : 2 * HEADERS] = bytes(HEADERS)
    made.write_bytes(content)
    assert provenance.account(folder, known, [made]) == [
        "wizard.exe (it holds bytes that belong to no section)"
    ]


def test_account_when_the_archive_has_two_entries_of_one_name_then_says_so(
    folder: Path, known: dict[str, str]
) -> None:
    entries = {"one.dll": b"a text", "two.dll": pe(b"foreign")}
    made = program(folder / "wizard.exe", entries)
    made.write_bytes(made.read_bytes().replace(b"one.dll", b"two.dll"))
    assert provenance.account(folder, known, [made]) == [
        "wizard.exe (its archive holds bytes that belong to no entry)"
    ]


def test_account_when_a_module_holds_a_program_then_names_the_module(
    folder: Path, known: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "carrier.py").write_text("")
    code = {"carrier": compile(f"data = {pe(b'foreign')!r}", "carrier", "exec")}
    modules = [("carrier", str(tmp_path / "carrier.py"), "PYMODULE")]
    ZlibArchiveWriter(str(tmp_path / "PYZ.pyz"), modules, code)
    made = program(folder / "wizard.exe", {"PYZ.pyz": (tmp_path / "PYZ.pyz").read_bytes()})
    assert provenance.account(folder, known, [made]) == [
        "wizard.exe/PYZ.pyz/carrier (a program file lies in it)"
    ]


@needs_signer
def test_account_when_program_is_signed_then_is_still_known(
    folder: Path, known: dict[str, str], identity: Identity
) -> None:
    made = program(folder / "wizard.exe", {"notes.txt": b"a text"})
    sign(made, identity)
    assert provenance.account(folder, known, [made]) == []


@needs_signer
def test_account_when_something_follows_the_signature_then_says_so(
    folder: Path, known: dict[str, str], identity: Identity
) -> None:
    made = sign(program(folder / "wizard.exe", {"notes.txt": b"a text"}), identity)
    made.write_bytes(made.read_bytes() + b"x")
    assert provenance.account(folder, known, [made]) == [
        "wizard.exe (something follows its signature)"
    ]
