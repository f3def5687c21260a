# SPDX-License-Identifier: MIT
"""Files that are read while their owner renames and deletes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.host import shared_file


def test_open_to_read_when_the_file_is_renamed_and_made_anew_then_the_old_one_is_read(
    tmp_path: Path,
) -> None:
    log, rotated = tmp_path / "a.log", tmp_path / "a.log.1"
    log.write_bytes(b"old\r\nmore\x1amore")
    with shared_file.open_to_read(log) as file:
        assert file.read(3) == b"old"
        log.rename(rotated)
        log.write_bytes(b"new")
        rotated.unlink()
        assert file.read() == b"\r\nmore\x1amore"


def test_open_to_read_when_the_file_is_missing_or_a_folder_then_the_error_names_it(
    tmp_path: Path,
) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        shared_file.open_to_read(tmp_path / "none.log")
    assert missing.value.filename == str(tmp_path / "none.log")
    with pytest.raises((IsADirectoryError, PermissionError)):
        shared_file.open_to_read(tmp_path)
