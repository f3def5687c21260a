# SPDX-License-Identifier: MIT
"""A program's code counts, its resources, archive and build time don't."""

from __future__ import annotations

import struct

import pytest

from installer.pe_files import smallest
from installer.windows import loader_code
from tests.support.pe_files import pe

COFF = 0x44
OPTIONAL = COFF + 20
ENTRY_POINT = OPTIONAL + 16
CHECKSUM = OPTIONAL + 64
IMPORTS = OPTIONAL + 112 + 8
DEBUG = OPTIONAL + 112 + 6 * 8
EXCEPTIONS = OPTIONAL + 112 + 3 * 8
SECTIONS = OPTIONAL + 112 + 16 * 8
EXECUTABLE = 0x60000020
LOADER = pe(b"code", b"constants")


def patched(content: bytes, where: int, *numbers: int) -> bytes:
    packed = struct.pack(f"<{len(numbers)}I", *numbers)
    return content[:where] + packed + content[where + len(packed) :]


def test_digest_when_resources_archive_time_and_sum_are_added_then_stays() -> None:
    program = pe(b"code", b"constants", rsrc=b"icon") + b"an archive"
    program = patched(patched(program, COFF + 4, 1_700_000_000), CHECKSUM, 12345)
    assert loader_code.digest(program) == loader_code.digest(LOADER)


def test_digest_when_debug_entry_has_another_time_then_stays() -> None:
    first, second = (
        patched(pe(b"code", struct.pack("<II", 0, time).ljust(28, b"x")), DEBUG, 0x2000, 28)
        for time in (1, 2)
    )
    assert loader_code.digest(first) == loader_code.digest(second)


def test_digest_when_debug_entry_differs_elsewhere_then_changes() -> None:
    first, second = (
        patched(pe(b"code", struct.pack("<III", 0, 1, kind).ljust(28)), DEBUG, 0x2000, 28)
        for kind in (1, 2)
    )
    assert loader_code.digest(first) != loader_code.digest(second)


@pytest.mark.parametrize(
    "program",
    [
        pe(b"c0de", b"constants"),
        pe(b"code", b"c0nstants"),
        pe(b"code", b"constants", more=b"a further section"),
        smallest({".text": b"code"}),
        patched(LOADER, ENTRY_POINT, 0x1001),
        patched(LOADER, IMPORTS, 0x2000, 20),
        patched(LOADER, EXCEPTIONS, 0x2000, 12),
        patched(pe(b"code", b"constants", rsrc=b"code"), SECTIONS + 2 * 40 + 36, EXECUTABLE),
    ],
    ids=[
        "code", "constants", "further section", "missing section", "entry point", "imports",
        "exceptions", "resources that can run",
    ],
)  # fmt: skip
def test_digest_when_what_runs_differs_then_changes(program: bytes) -> None:
    assert loader_code.digest(program) != loader_code.digest(LOADER)
