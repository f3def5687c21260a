# SPDX-License-Identifier: MIT
"""Setup over an older version, under Wine: all of it is replaced, or nothing is touched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from installer import makensis
from installer.windows import nsis
from tests.support.windows_scripts import answers, held
from tests.support.windows_setup import BY_SETUP, NEW, OLD, Desk

pytestmark = [
    pytest.mark.skipif(not makensis.newest(), reason="makensis isn't installed"),
]

FOLDER = "C:\\upgrade"
MOVED = "C:\\another folder"
ELSEWHERE = "C:\\elsewhere"


@pytest.fixture
def older(desk: Desk) -> Iterator[Desk]:
    assert desk.install("old-setup.exe", f"/D={FOLDER}").returncode == 0
    yield desk
    for folder in (FOLDER, ELSEWHERE, MOVED):
        desk.windows.computer.shell('rm -rf "$1"', desk.windows.computer.linux_path(folder))


def said(text: str) -> str:
    """Into a pipe setup writes in Windows' old code page, which is read here as UTF-8."""
    return text.replace("ä", "\N{REPLACEMENT CHARACTER}")


def is_untouched(desk: Desk) -> bool:
    return desk.files(FOLDER) == OLD | BY_SETUP and desk.registered()["DisplayVersion"] == "0.1.0"


@pytest.mark.parametrize(
    "name", ["runtime\\old ä\\$gone.dll", "runtime\\common.dll", "uninstall.exe"]
)
@pytest.mark.parametrize("target", [FOLDER, MOVED])
def test_setup_when_an_old_file_is_held_then_names_it_and_changes_nothing(
    older: Desk, name: str, target: str
) -> None:
    with held(older, f"{FOLDER}\\{name}"):
        result = older.install("new-setup.exe", f"/D={target}")
    assert result.returncode == 4
    assert said(f"{FOLDER}\\{name} is in use") in result.stdout
    assert "Nothing was changed." in result.stdout
    assert is_untouched(older)
    assert target == FOLDER or not older.files(target)


def test_setup_when_old_files_are_read_only_then_replaces_them(older: Desk) -> None:
    for name in ("M365BackupWizard.exe", "runtime\\old ä\\$gone.dll"):
        older.windows.run("attrib", "+R", f"{FOLDER}\\{name}")
        assert not older.path(f"{FOLDER}\\{name}").stat().st_mode & 0o200
    result = older.install("new-setup.exe", f"/D={FOLDER}")
    assert (result.returncode, result.stdout) == (0, "")
    assert older.files(FOLDER) == NEW | BY_SETUP


@contextmanager
def unwritable(desk: Desk, name: str) -> Iterator[None]:
    """The file lies where nobody can write."""
    computer = desk.windows.computer
    file = computer.linux_path(name)
    computer.shell('mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"', file)
    try:
        yield
    finally:
        computer.shell('umount "$1"', file)


@pytest.mark.parametrize("name", ["M365BackupWizard.exe", "runtime\\common.dll"])
def test_setup_when_an_old_file_cant_be_written_then_says_so_and_not_that_it_runs(
    older: Desk, name: str
) -> None:
    with unwritable(older, f"{FOLDER}\\{name}"):
        result = older.install("new-setup.exe", f"/D={FOLDER}")
    assert result.returncode == 5
    assert f"{FOLDER}\\{name} is of the older version and can't be replaced" in result.stdout
    assert "running" not in result.stdout
    assert is_untouched(older)


def test_uninstall_when_a_program_cant_be_written_then_says_so_and_not_that_it_runs(
    older: Desk,
) -> None:
    with unwritable(older, f"{FOLDER}\\M365BackupWizard.exe"):
        result = older.windows.run(f"{FOLDER}\\uninstall.exe", "/S", f"_?={FOLDER}")
    assert result.returncode == 5
    assert "M365BackupWizard.exe can't be removed" in result.stdout
    assert is_untouched(older)


@pytest.mark.parametrize("name", ["runtime\\old ä", "runtime\\new", "runtime"])
def test_setup_when_a_folder_inside_is_a_link_then_changes_nothing_behind_it(
    older: Desk, name: str
) -> None:
    inside = older.path(f"{FOLDER}\\{name}")
    elsewhere = older.path(ELSEWHERE)
    if inside.exists():
        inside.rename(elsewhere)
    else:
        elsewhere.mkdir()
    before = older.files(ELSEWHERE)
    inside.symlink_to("../elsewhere" if name == "runtime" else "../../elsewhere")
    result = older.install("new-setup.exe", f"/D={FOLDER}")
    assert result.returncode == 5
    assert said(f"{FOLDER}\\{name} is a link that leads to another folder.") in result.stdout
    assert older.files(ELSEWHERE) == before
    assert older.registered()["DisplayVersion"] == "0.1.0"


def test_uninstall_when_a_folder_inside_is_a_link_then_removes_nothing(older: Desk) -> None:
    inside, elsewhere = older.path(f"{FOLDER}\\runtime\\old ä"), older.path(ELSEWHERE)
    inside.rename(elsewhere)
    inside.symlink_to("../../elsewhere")
    result = older.windows.run(f"{FOLDER}\\uninstall.exe", "/S", f"_?={FOLDER}")
    assert result.returncode == 5
    assert said("old ä is a link that leads to another folder.") in result.stdout
    assert older.files(ELSEWHERE) == {"$gone.dll"}
    assert older.registered()


INSIDE = ["a", "runtime\\a b.dll", "runtime\\ä\\$x.dll", "runtime\\", "a..b", "...a", "#[]'`%~"]
NOT_INSIDE = [
    "", "..", "..\\a", "a\\..\\b", "a\\..", "\\a", "\\\\server\\a", "a\\\\b", "C:\\a", "C:a",
    "a:stream", "a/b", "../a", "*", "a?", "<", ">", "a|b", 'a"', "a\tb", "a\x01", "\x1f", "a\\.\\b",
    "a\\.. \\b", "a.", "a ", "a \\b",
]  # fmt: skip


def test_stays_inside_when_asked_then_believes_only_what_names_one_thing_inside(
    desk: Desk,
) -> None:
    told = answers(desk, nsis.SCRIPTS / "listed_names.nsh", "StaysInside", INSIDE + NOT_INSIDE)
    assert dict(zip(INSIDE + NOT_INSIDE, told, strict=True)) == {
        **dict.fromkeys(INSIDE, "1"), **dict.fromkeys(NOT_INSIDE, "0")
    }  # fmt: skip


@pytest.mark.parametrize("cut", ["runtime\\mine.txt\0.dll\r\n", "runtime\\mine.txt"])
def test_setup_when_the_old_list_is_cut_then_believes_nothing_from_there(
    older: Desk, cut: str
) -> None:
    mine = older.write(f"{FOLDER}\\runtime\\mine.txt")
    also_mine = older.write(f"{FOLDER}\\runtime\\also mine.txt")
    listed = f"runtime\\old ä\\$gone.dll\r\n{cut}"
    listed += "runtime\\also mine.txt\r\n" if "\0" in cut else ""
    older.write(f"{FOLDER}\\runtime\\installed-files.txt", listed.encode("utf-16-le"))
    assert older.install("new-setup.exe", f"/D={FOLDER}").returncode == 0
    assert mine.exists()
    assert also_mine.exists()
    assert not older.path(f"{FOLDER}\\runtime\\old ä\\$gone.dll").exists()


def test_setup_when_the_old_list_doubles_a_backslash_then_that_file_stays(older: Desk) -> None:
    mine = older.write(f"{FOLDER}\\runtime\\mine.txt")
    listed = "runtime\\\\mine.txt\r\n"
    older.write(f"{FOLDER}\\runtime\\installed-files.txt", listed.encode("utf-16-le"))
    assert older.install("new-setup.exe", f"/D={FOLDER}").returncode == 0
    assert mine.exists()
