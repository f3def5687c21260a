# SPDX-License-Identifier: MIT
"""Which program files may be in a built Windows folder, found anew from the pins."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from installer.windows import windows_python


@cache
def known_files() -> Mapping[str, str]:
    """SHA-256 → origin, of a Windows Python made for this; it takes ten seconds."""
    if not shutil.which("osslsigncode"):
        pytest.skip("osslsigncode, which verifies Python's signatures, isn't installed")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "python")
        folder.mkdir()
        (folder / "left.exe").write_bytes(b"of an earlier one, which must not stay")
        made = windows_python.make(folder)
        assert not (folder / "left.exe").exists()
        return made.known_files
