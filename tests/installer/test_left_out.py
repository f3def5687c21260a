# SPDX-License-Identifier: MIT
"""What the build left out may be skipped by its tests; anything else must be there."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer import left_out
from tests.built.conftest import require

REASON = "The program unshare is missing."


@pytest.fixture(autouse=True)
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "build" / "left-out.json"
    monkeypatch.setattr(left_out, "RECORD", file)
    monkeypatch.delenv("BUILT", raising=False)
    return file


def test_part_when_its_system_was_left_out_then_is_skipped_with_the_reason() -> None:
    left_out.record({"windows": REASON})
    with pytest.raises(pytest.skip.Exception, match=REASON):
        require(None, "setup.exe", "windows", "setup.exe")


def test_part_when_it_alone_was_left_out_then_is_skipped_with_the_reason() -> None:
    left_out.record({"setup.exe": REASON})
    with pytest.raises(pytest.skip.Exception, match=REASON):
        require(None, "setup.exe", "windows", "setup.exe")


def test_part_when_the_build_gave_no_reason_then_its_test_fails() -> None:
    left_out.record({"windows": REASON})
    with pytest.raises(pytest.fail.Exception, match="the archive is missing"):
        require(None, "the archive", "linux")


def test_part_when_it_is_there_then_its_test_runs_whatever_was_left_out() -> None:
    left_out.record({"linux": REASON})
    require("it", "the archive", "linux")


def test_part_when_nothing_was_built_yet_then_is_skipped(record: Path) -> None:
    left_out.record({})
    left_out.forget()
    assert not record.exists()
    with pytest.raises(pytest.skip.Exception, match="nothing was built yet"):
        require(None, "the archive", "linux")
    assert left_out.recorded() == {}


def test_part_when_another_folder_is_looked_at_then_may_be_missing_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left_out.record({})
    monkeypatch.setenv("BUILT", "/downloads")
    with pytest.raises(pytest.skip.Exception, match="not in "):
        require(None, "the archive", "linux")
