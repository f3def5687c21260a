# SPDX-License-Identifier: MIT
"""What lies in dist/: whole or not, signed or not; it changes as a whole or not at all."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from installer import contents, results
from installer.errors import BuildError
from tests.support.code_signers import Identity, sign
from tests.support.pe_files import written

OLDER = "m365-backup-wizard_0.0.9_amd64.deb"


def made(folder: Path, system: str, text: str) -> Path:
    """Results of one system, small, all with the same text."""
    (folder / system / contents.FOLDER).mkdir(parents=True)
    (folder / system / contents.FOLDER / "program").write_text(text)
    for name in results.NAMES[system]:
        (folder / name).write_text(text)
    return folder


def contents_of(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return made(tmp_path / "build" / "results", "linux", "new")


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """Results of a Linux build, with true sums."""
    results.replace(["linux"], made(tmp_path / "first", "linux", "old"), tmp_path / "dist")
    return tmp_path / "dist"


def test_results_when_just_made_then_are_whole(dist: Path) -> None:
    assert results.are_whole(["linux"], dist)
    assert not results.are_whole(["linux", "windows"], dist)


@pytest.mark.parametrize("name", [*results.NAMES["linux"], "SHA256SUMS"])
def test_results_when_one_is_taken_away_then_are_not_whole(dist: Path, name: str) -> None:
    (dist / name).unlink()
    assert not results.are_whole(["linux"], dist)


def test_results_when_one_is_changed_then_are_not_whole(dist: Path) -> None:
    (dist / results.DEBIAN_PACKAGE).write_text("other")
    assert not results.are_whole(["linux"], dist)


def test_results_when_the_folder_is_gone_then_are_not_whole(dist: Path) -> None:
    (dist / "linux").rename(dist.parent / "linux")
    assert not results.are_whole(["linux"], dist)


def test_results_when_a_part_cant_be_made_here_then_are_whole_without_it(tmp_path: Path) -> None:
    new = made(tmp_path / "new", "windows", "new")
    (new / results.SETUP_PROGRAM).unlink()
    results.replace(["windows"], new, tmp_path / "dist")
    assert not results.are_whole(["windows"], tmp_path / "dist")
    assert results.are_whole(["windows"], tmp_path / "dist", [results.SETUP_PROGRAM])


def test_replace_when_one_system_was_built_then_the_others_results_stay(
    dist: Path, new: Path
) -> None:
    (dist / results.SETUP_PROGRAM).write_text("setup")
    (dist / OLDER).write_text("an older version's")
    results.replace(["linux"], new, dist)
    found = contents_of(dist)
    sums = found.pop("SHA256SUMS")
    assert found.pop(results.SETUP_PROGRAM) == "setup"
    assert set(found.values()) == {"new"}
    assert sorted(line[66:] for line in sums.splitlines()) == sorted(
        [*results.NAMES["linux"], results.SETUP_PROGRAM]
    )
    check = ["sha256sum", "--check", "--strict", "--status", "SHA256SUMS"]
    assert subprocess.run(check, cwd=dist, check=False).returncode == 0


def test_replace_when_it_fails_midway_then_the_old_ones_are_back(dist: Path, new: Path) -> None:
    before = contents_of(dist)
    # It is no result of Linux, so it isn't moved away, and what is new can't go over it.
    in_the_way = new / "windows" / "something"
    in_the_way.parent.mkdir()
    in_the_way.write_text("new")
    (dist / "windows").mkdir()
    (dist / "windows" / "program").write_text("Windows")
    with pytest.raises(BuildError, match="is as it was"):
        results.replace(["linux"], new, dist)
    assert contents_of(dist) == {**before, "windows/program": "Windows"}
    assert results.are_whole(["linux"], dist)


def test_replace_when_the_sums_cant_be_made_then_the_old_ones_are_back(
    dist: Path, new: Path
) -> None:
    before = contents_of(dist)
    for name in results.NAMES["linux"]:
        (new / name).unlink()
    with pytest.raises(BuildError, match="holds no file to sum"):
        results.replace(["linux"], new, dist)
    assert contents_of(dist) == before


def test_begin_when_an_earlier_build_left_something_then_is_empty() -> None:
    (results.begin() / "left").write_text("half a package")
    assert list(results.begin().iterdir()) == []


def test_missing_when_a_part_was_left_out_then_names_it(dist: Path) -> None:
    for name in (results.WINDOWS_ARCHIVE, results.WINDOWS_PARTS):
        (dist / name).touch()
    assert results.missing(["linux", "windows"], dist) == [results.SETUP_PROGRAM]


@pytest.mark.parametrize(
    "name", [f"windows/{contents.FOLDER}/program.exe", "our-0.0.9-windows-x64-setup.exe"]
)
def test_are_signed_when_one_program_bears_a_signature_then_yes(
    dist: Path, identity: Identity, name: str
) -> None:
    written(dist / "windows" / contents.FOLDER / "other.exe")
    program = written(dist / name)
    assert not results.are_signed(dist)
    sign(program, identity)
    assert results.are_signed(dist)


def test_tell_when_results_are_there_then_names_them(
    dist: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results.tell(dist)
    assert f"0.0 MB  {results.DEBIAN_PACKAGE}\n" in capsys.readouterr().out
