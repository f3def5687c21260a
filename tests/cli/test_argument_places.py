# SPDX-License-Identifier: MIT
"""wizard arguments places, and the folder as a step of plan, apply and undo."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.cli.ran import KEY, Wizard

needs_room = pytest.mark.skipif(
    shutil.disk_usage(tempfile.gettempdir()).free < 11 << 30,
    reason="needs more than 10 GB free for temporary files",
)


def test_places_of_a_sample_server_are_listed_with_the_recommended_one_first(
    wizard: Wizard,
) -> None:
    ran = wizard("places", "--demo", "temp-folder-full")
    assert ran.status == 0
    now, _head, best, other, step, note = ran.out.splitlines()
    assert now.startswith("Temporary folder now: ")
    assert "data/dtmp" in best
    assert "640 GB" in best
    assert "recommended" in best
    assert "3.1 GB" in other
    assert "not suitable" in other
    assert "full, and in use now" in other
    assert "the account bhsvc may write there" in step
    assert "make sure that the folder lies in none of them" in note


def test_places_as_json_give_every_reason_by_id(wizard: Wizard) -> None:
    told = wizard("places", "--demo", "temp-folder-moved", "--format", "json").json
    assert told["schema"] == "m365-backup-wizard/places/1"
    best, other = told["places"]
    assert (best["standing"], best["recommended"], best["exists"]) == ("good", True, False)
    assert best["volume"]["kind"] == "local"
    assert best["account"] == "bhsvc"
    assert [reason["id"] for reason in other["against"]] == ["full_in_use"]
    assert other["against"][0]["text"].startswith(other["volume"]["mount"])


def test_places_judges_a_single_folder_and_repositories_that_are_named(
    wizard: Wizard, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    inside = str(tmp_path / "backups" / "dtmp")
    ran = wizard(
        *("places", "--temp-path", inside, "--repository", str(tmp_path / "backups")),
        *("--format", "json"),
    )
    (place,) = ran.json["places"]
    assert ran.status == 2
    assert "repository" in [reason["id"] for reason in place["against"]]


def test_places_says_of_a_single_folder_all_there_is_to_say(wizard: Wizard) -> None:
    ran = wizard("places", "--temp-path", "relative")
    assert ran.status == 2
    first, advice = ran.out.splitlines()
    assert first.startswith("Refused: relative isn't a full path")
    assert advice.startswith("Give the full path")


def test_places_where_nothing_can_be_read_ends_with_3(wizard: Wizard) -> None:
    ran = wizard("places", "--demo", "no-access")
    assert (ran.status, ran.out) == (3, "")


def test_places_with_a_wrong_installation_folder_ends_with_3(
    wizard: Wizard, tmp_path: Path
) -> None:
    assert wizard("places", "--install-dir", str(tmp_path)).status == 3


@needs_room
def test_plan_with_the_folder_shows_the_step_and_makes_nothing(
    wizard: Wizard, tmp_path: Path
) -> None:
    folder = tmp_path / "dtmp"
    words = ("plan", "--current", "-Xmx1g", "--temp-path", str(folder), "--make-folder")
    ran = wizard(*words)
    assert f"First step of the change: {folder} is made" in ran.out
    told = wizard(*words, "--format", "json").json
    assert told["folder"]["make"]["path"] == str(folder)
    assert told["folder"]["against"] == []
    assert told["refused"] is None
    assert not folder.exists()


def test_plan_with_a_bad_folder_is_refused_with_its_reason(wizard: Wizard, tmp_path: Path) -> None:
    folder = tmp_path / "missing" / "dtmp"
    words = ("plan", "--current", "-Xmx1g", "--temp-path", str(folder), "--make-folder")
    ran = wizard(*words)
    assert ran.status == 2
    assert f"Refused: The folder above, {tmp_path / 'missing'}, doesn't exist." in ran.out
    told = wizard(*words, "--format", "json").json
    assert "parent_missing" in [reason["id"] for reason in told["folder"]["against"]]


@needs_room
def test_apply_makes_the_folder_first_and_undo_removes_it(
    wizard: Wizard, file: Path, tmp_path: Path
) -> None:
    folder, before = tmp_path / "dtmp", file.read_bytes()
    ran = wizard("apply", "--file", str(file), "--temp-path", str(folder), "--make-folder")
    assert ran.status == 0
    assert folder.is_dir()
    assert f"-DtempPath={folder}" in file.read_text()
    assert f"The folder {folder} was made" in ran.err
    undone = wizard("undo", ran.out.strip())
    assert undone.status == 0
    assert file.read_bytes() == before
    assert not folder.exists()
    assert "was empty and is removed" in undone.out


@needs_room
def test_apply_makes_a_folder_that_only_is_missing_and_undo_takes_its_receipt(
    wizard: Wizard, file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "dtmp"
    file.write_text(f"{KEY}=-DtempPath={folder}\n")
    ran = wizard("apply", "--file", str(file), "--temp-path", str(folder), "--make-folder")
    assert ran.status == 0
    assert folder.is_dir()
    assert Path(ran.out.strip()).parent == tmp_path / "data" / "receipts"
    named = wizard("undo", ran.out.strip())
    assert "still names it" in named.out
    file.write_text(f"{KEY}=-Xmx1g\n")
    (folder / "item").touch()
    kept = wizard("undo", ran.out.strip())
    assert "1 file or folder is in it" in kept.out
    (folder / "item").unlink()
    assert wizard("undo", ran.out.strip(), "--format", "json").out == "null\n"
    assert not folder.exists()


@needs_room
def test_apply_tells_the_doubts_of_the_folder_that_it_makes(
    wizard: Wizard, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "way").symlink_to(tmp_path / "there")
    folder = tmp_path / "way" / "dtmp"
    ran = wizard("apply", "--file", str(file), "--temp-path", str(folder), "--make-folder")
    assert ran.status == 0
    assert f"Warning: {folder} is a link and leads to {tmp_path / 'there' / 'dtmp'}" in ran.err


@pytest.mark.parametrize("name", ["missing/dtmp", "in-the-way", "backups/x"])
def test_apply_with_a_bad_folder_changes_nothing(
    wizard: Wizard, file: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "in-the-way").touch()
    before = file.read_bytes()
    ran = wizard(
        *("apply", "--file", str(file), "--temp-path", str(tmp_path / name), "--make-folder")
    )
    assert ran.status == 2
    assert ran.out == ""
    assert file.read_bytes() == before
    assert not (tmp_path / "data").exists()


def test_apply_without_the_option_makes_no_folder(
    wizard: Wizard, file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "dtmp"
    ran = wizard("apply", "--file", str(file), "--temp-path", str(folder))
    assert ran.status == 0
    assert not folder.exists()
    assert f"There is no folder {folder} on this computer yet; --make-folder makes it." in ran.err


def test_apply_below_a_missing_folder_only_says_so_and_nothing_of_what_is_elsewhere(
    wizard: Wizard, file: Path, tmp_path: Path
) -> None:
    away = str(tmp_path / "missing" / "dtmp")
    ran = wizard("apply", "--file", str(file), "--temp-path", away)
    assert ran.status == 0
    assert f"Warning: The folder above, {tmp_path / 'missing'}, doesn't exist." in ran.err
    other = r"D:\Dtmp" if os.name == "posix" else "/data/dtmp"
    ran = wizard("apply", "--file", str(file), "--temp-path", other)
    assert ran.status == 0
    assert "Warning: The folder" not in ran.err
    assert "There is no folder" not in ran.err


@pytest.mark.parametrize("shown", ["text", "json"])
def test_plan_of_a_folder_that_does_harm_here_warns_and_of_a_missing_one_does_not(
    wizard: Wizard, tmp_path: Path, shown: str
) -> None:
    backups = str(tmp_path / "backups")
    words = ("plan", "--current", "-Xmx1g", "--format", shown, "--repository", backups)
    inside = wizard(*words, "--temp-path", str(tmp_path / "backups" / "dtmp"))
    assert inside.status == 1
    assert "Temporary files must never get between them" in inside.out
    away = wizard(*words, "--temp-path", str(tmp_path / "missing" / "dtmp"))
    assert (away.status, away.err) == (0, "")


def test_apply_of_a_folder_that_does_harm_here_is_refused_unless_any_place_will_do(
    wizard: Wizard, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "in-the-way").touch()
    before, inside = file.read_bytes(), str(tmp_path / "in-the-way")
    words = ("apply", "--file", str(file), "--temp-path", inside)
    ran = wizard(*words)
    assert (ran.status, ran.out) == (2, "")
    assert "exists and is not a folder" in ran.err
    assert "--any-place" in ran.err
    assert file.read_bytes() == before
    meant = wizard(*words, "--any-place")
    assert meant.status == 0
    assert "exists and is not a folder" in meant.err
    assert f"-DtempPath={inside}" in file.read_text()
