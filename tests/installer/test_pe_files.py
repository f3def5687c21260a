# SPDX-License-Identifier: MIT
"""Windows programs are told by their content."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.pe_files import is_pe
from installer.pe_files import pe_files as found_in
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
