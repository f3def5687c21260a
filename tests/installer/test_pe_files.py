# SPDX-License-Identifier: MIT
"""Windows programs are told by their content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from installer.pe_files import inside, is_pe, is_signed
from installer.pe_files import pe_files as found_in
from tests.support.code_signers import Identity, sign
from tests.support.pe_files import pe, written


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ", b"MZ, but only a text", b"MZ".ljust(0x100, b"\xff"), b"\x7fELF" + pe()[4:]],
)
def test_is_pe_when_headers_are_missing_then_no(content: bytes) -> None:
    assert not is_pe(content)


def test_is_pe_when_both_headers_are_there_then_yes() -> None:
    assert is_pe(pe())


def test_pe_files_when_names_mislead_then_goes_by_content(tmp_path: Path) -> None:
    for name in ("b.txt", "sub/a.dat"):
        written(tmp_path / name)
    (tmp_path / "c.exe").write_text("a text")
    (tmp_path / "d.dll").write_bytes(b"")
    assert [path.name for path in found_in(tmp_path)] == ["b.txt", "a.dat"]


@pytest.mark.parametrize("before", [b"x", b"MZ" + bytes(0x40), b"MZMZ"])
def test_inside_when_a_program_begins_later_then_yes(before: bytes) -> None:
    assert inside(before + pe())


@pytest.mark.parametrize(
    "content", [b"", pe(), b"MZMZ", b"xMZ" + b"\xff" * 0x100, b"x" + pe()[:0x3E]]
)
def test_inside_when_none_begins_later_then_no(content: bytes) -> None:
    assert not inside(content)


def test_is_signed_when_not_a_program_or_bare_then_no() -> None:
    assert not is_signed(b"a text")
    assert not is_signed(pe())


@pytest.mark.skipif(not shutil.which("osslsigncode"), reason="osslsigncode isn't installed")
def test_is_signed_when_a_signature_was_added_then_yes(tmp_path: Path, identity: Identity) -> None:
    assert is_signed(sign(written(tmp_path / "program.exe"), identity).read_bytes())
