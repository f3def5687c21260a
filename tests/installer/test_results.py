# SPDX-License-Identifier: MIT
"""What lies in dist/: whole only when every package is there as its sum says."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer import contents, results


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results of a Linux build, small but with true sums."""
    monkeypatch.setattr(results, "DIST", tmp_path)
    (tmp_path / "linux" / contents.FOLDER).mkdir(parents=True)
    for name in results.NAMES["linux"]:
        (tmp_path / name).write_text(name)
    results.finish()
    return tmp_path


def test_results_when_just_made_then_are_whole(dist: Path) -> None:
    assert results.are_whole(["linux"])
    assert not results.are_whole(["linux", "windows"])


@pytest.mark.parametrize("name", [*results.NAMES["linux"], "SHA256SUMS"])
def test_results_when_one_is_taken_away_then_are_not_whole(dist: Path, name: str) -> None:
    (dist / name).unlink()
    assert not results.are_whole(["linux"])


def test_results_when_one_is_changed_then_are_not_whole(dist: Path) -> None:
    (dist / results.DEBIAN_PACKAGE).write_text("other")
    assert not results.are_whole(["linux"])


def test_results_when_the_folder_is_gone_then_are_not_whole(dist: Path) -> None:
    (dist / "linux" / contents.FOLDER).rmdir()
    assert not results.are_whole(["linux"])


def test_clear_when_one_system_is_built_then_the_others_results_stay(dist: Path) -> None:
    setup = dist / results.SETUP_PROGRAM
    older = dist / "m365-backup-wizard_0.0.9_amd64.deb"
    setup.touch()
    older.touch()
    results.clear(["linux"])
    assert [path.name for path in dist.iterdir()] == [setup.name]


def test_missing_when_a_part_was_left_out_then_names_it(dist: Path) -> None:
    for name in (results.WINDOWS_ARCHIVE, results.WINDOWS_PARTS):
        (dist / name).touch()
    assert results.missing(["linux", "windows"]) == [results.SETUP_PROGRAM]
