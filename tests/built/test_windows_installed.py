# SPDX-License-Identifier: MIT
"""The real setup program under Wine: installed, started from the start menu, used and removed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import contents
from tests.support.linux_program import needs_screen
from tests.support.windows_program import windows
from tests.support.windows_setup import LINK, OWN_MENU, Desk, until

MOST_MB = 26
PROGRAMS = "C:\\users\\root\\AppData\\Local\\Programs"  # Windows has it from the start, Wine hasn't
FOLDER = "C:\\Über die Sicherung\\M365 (Prüfung)"
WINDOW = f"{contents.WINDOW_PROGRAM}.exe"
CONSOLE = f"{contents.CONSOLE_PROGRAM}.exe"

XDOTOOL = shutil.which("xdotool")
needs_xdotool = pytest.mark.skipif(not XDOTOOL, reason="xdotool isn't installed")


@pytest.fixture(scope="module")
def desk(
    setup_program: Path, windows_folder: Path, under_wine: None, display: str
) -> Iterator[Desk]:
    with windows(windows_folder, setup_program.parent, display=display) as running:
        yield Desk(running)


@pytest.fixture
def installed(desk: Desk, setup_program: Path) -> Iterator[Desk]:
    assert desk.install(setup_program.name, f"/D={FOLDER}").returncode == 0
    yield desk
    desk.windows.run("taskkill", "/F", "/IM", WINDOW)
    if desk.files(FOLDER):
        desk.uninstall(FOLDER)


def test_setup_when_built_then_is_small_enough(setup_program: Path) -> None:
    assert setup_program.stat().st_size <= MOST_MB * 1_000_000


@pytest.mark.full
@needs_screen
def test_installed_when_looked_at_then_is_the_built_folder_and_works(
    installed: Desk, windows_folder: Path
) -> None:
    built = {
        f.relative_to(windows_folder).as_posix() for f in windows_folder.rglob("*") if f.is_file()
    }
    assert installed.files(FOLDER) == built | {"uninstall.exe", "runtime/installed-files.txt"}
    program = installed.path(f"{FOLDER}\\{WINDOW}")
    assert program.read_bytes() == (windows_folder / WINDOW).read_bytes()
    check = ("check", "--demo", "several", "--format", "json")
    answer = installed.windows.run(f"{FOLDER}\\{CONSOLE}", *check)
    assert answer.returncode == 2
    assert json.loads(answer.stdout)["verdict"]["likely_cause"] == "temp-folder"


@pytest.mark.full
@needs_screen
@needs_xdotool
def test_start_menu_when_clicked_then_opens_the_window_and_setup_waits_for_its_end(
    installed: Desk, setup_program: Path, display: str
) -> None:
    link = f"{OWN_MENU}\\{LINK}"
    clicked = installed.windows.computer.start("cmd", "/c", "start", "", link)
    until(lambda: is_shown(display, "M365 Backup Wizard"), 30)
    assert installed.install(setup_program.name).returncode == 4
    installed.windows.run("taskkill", "/IM", WINDOW)  # without /F: as by the window's own cross
    until(lambda: not is_shown(display, "M365 Backup Wizard"))
    clicked.communicate(timeout=20)
    assert installed.install(setup_program.name).returncode == 0


def is_shown(display: str, title: str) -> bool:
    found = subprocess.run(
        [XDOTOOL or "", "search", "--onlyvisible", "--name", title],
        env={**os.environ, "DISPLAY": display}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return bool(found.stdout.strip())


def everything(desk: Desk) -> set[Path]:
    return {path for path in desk.path("C:\\").rglob("*") if not path.is_symlink()}


@pytest.mark.full
@needs_screen
def test_uninstall_when_the_program_was_used_then_nothing_of_it_is_left(
    desk: Desk, setup_program: Path
) -> None:
    before = everything(desk)
    assert desk.install(setup_program.name, "/S").returncode == 0
    folder = desk.registered()["InstallLocation"]
    desk.windows.run(f"{folder}\\{CONSOLE}", "check", "--demo", "healthy")
    assert len(everything(desk)) > len(before) + 100
    desk.uninstall(folder)
    until(lambda: not desk.path(folder).exists() and not desk.registered())
    assert not desk.path(f"{OWN_MENU}\\{LINK}").exists()
    until(lambda: everything(desk) <= before | {desk.path(PROGRAMS)})
