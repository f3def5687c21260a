# SPDX-License-Identifier: MIT
"""Our own programs: nothing but loader, known resources, archive and signature may be in them."""

from __future__ import annotations

import hashlib
import shutil
import struct
from pathlib import Path

import pefile
import pytest
from PyInstaller.archive.writers import ZlibArchiveWriter

from installer.pe_files import HEADERS
from installer.windows import loader_code, provenance
from tests.support.code_signers import Identity, sign
from tests.support.own_programs import program
from tests.support.pe_files import pe, written

needs_signer = pytest.mark.skipif(
    not shutil.which("osslsigncode"), reason="osslsigncode isn't installed"
)


@pytest.fixture
def known() -> dict[str, str]:
    return {
        loader_code.digest(pe(b"loader")): "PyInstaller's loader",
        hashlib.sha256(pe(b"core")).hexdigest(): "a wheel",
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "built").mkdir()
    return tmp_path / "built"


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
