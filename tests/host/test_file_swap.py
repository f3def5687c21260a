# SPDX-License-Identifier: MIT
"""Putting a finished file in the place of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.host.file_swap import swap


def test_swap_puts_the_new_file_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    new, target = tmp_path / "new", tmp_path / "target"
    new.write_bytes(b"new")
    target.write_bytes(b"old")
    swap(new, target)
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["target"]


def test_swap_with_a_file_that_is_not_there_leaves_the_target(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"old")
    with pytest.raises(OSError, match="missing"):
        swap(tmp_path / "missing", target)
    assert target.read_bytes() == b"old"
