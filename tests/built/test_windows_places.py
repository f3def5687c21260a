# SPDX-License-Identifier: MIT
"""Both programs on Windows from everywhere and under anybody's settings, leaving nothing behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from installer import contents
from tests.support import openssl_settings, windows_program
from tests.support import screen as screens
from tests.support.screen import Screen, needs_screen_tools
from tests.support.windows_program import CONSOLE, PROGRAMS, SHARED, WINDOW, Windows
from wizard.texts import Texts

pytestmark = [needs_screen_tools, pytest.mark.timeout(120)]
TITLE = Texts.load("en")("window.title")
LONG = "\\".join(["C:", "Prüfung der Sicherung " + "ä" * 60, "ö" * 70, "ü" * 70, "M365 (neu)"])
UNREAD = "Z:\\nowhere"
FOREIGN = {
    "PATH": "",
    "PYTHONHOME": UNREAD,
    "PYTHONPATH": UNREAD,
    "PYTHONUTF8": "nonsense",
    "QT_PLUGIN_PATH": UNREAD,
    "QT_QPA_PLATFORM_PLUGIN_PATH": UNREAD,
    "QT_QPA_PLATFORM": "nonsense",
    "QT_STYLE_OVERRIDE": "nonsense",
    "SSL_CERT_FILE": f"{UNREAD}\\ca.pem",
    "SSL_CERT_DIR": UNREAD,
    "OPENSSL_CONF": f"{SHARED}\\openssl.cnf",
    "OPENSSL_MODULES": UNREAD,
}


def works(desktop: Windows, folder: str, variables: dict[str, str] | None = None) -> None:
    """The console program passes its own test, and the window is drawn."""
    set_up = "".join(f"set {name}={value}&& " for name, value in (variables or {}).items())
    for program, words in (
        (f"{folder}\\{contents.CONSOLE_PROGRAM}.exe", "selftest"),
        (f"{folder}\\{contents.WINDOW_PROGRAM}.exe", "selftest --window"),
    ):
        if variables is None:
            answer = desktop.run(program, *words.split())
        else:  # Wine keeps such variables of this system from its programs
            answer = desktop.run("cmd", "/c", f"{set_up}{program} {words}")
        assert (answer.returncode, answer.stderr) == (0, ""), f"{program} {words}: {answer}"


def test_programs_when_in_a_long_path_with_umlauts_and_blanks_then_work(desktop: Windows) -> None:
    assert len(LONG) > 200
    inside = desktop.computer.linux_path(LONG)
    desktop.computer.shell('mkdir -p "$1"; mount --bind /program "$1"', inside)
    works(desktop, LONG)


@pytest.mark.full
def test_programs_when_on_a_network_share_then_work(desktop: Windows) -> None:
    shares = "/root/prefix/dosdevices/unc/server"
    desktop.computer.shell('mkdir -p "$1"; ln -s /program "$1/Freigabe für alle"', shares)
    works(desktop, "\\\\server\\Freigabe für alle")


@pytest.mark.full
def test_programs_when_on_a_read_only_medium_then_work(desktop: Windows) -> None:
    desktop.computer.shell("mkdir /cd; mount --bind /program /cd; mount -o remount,bind,ro /cd")
    works(desktop, "Z:\\cd")


def test_programs_when_others_variables_are_set_then_work(desktop: Windows) -> None:
    shutil.copy(openssl_settings.FOREIGN, desktop.shared / "openssl.cnf")
    works(desktop, PROGRAMS, FOREIGN)
    set_up = f"set OPENSSL_CONF={FOREIGN['OPENSSL_CONF']}&& "
    answer = desktop.run("cmd", "/c", f"{set_up}{CONSOLE} check --demo healthy")
    assert (answer.returncode, answer.stderr) == (0, "")


def test_window_when_a_foreign_qt_conf_lies_beside_the_program_then_opens(
    desktop: Windows,
) -> None:
    desktop.computer.shell("cp -r /program /foreign")
    theirs = "[Paths]\nPrefix = Z:/nowhere\nPlugins = Z:/nowhere\n"
    desktop.computer.shell('printf %s "$1" >/foreign/qt.conf', theirs)
    works(desktop, "Z:\\foreign")


@pytest.mark.full
def test_window_test_when_there_is_no_screen_then_ends_in_time_with_2(
    windows_folder: Path, tmp_path: Path
) -> None:
    with windows_program.windows(windows_folder, tmp_path) as dark:
        answer = dark.run(WINDOW, "selftest", "--window")
    assert (answer.returncode, answer.stderr) == (2, "")
    assert "nothing of the window was drawn" in answer.stdout


@pytest.mark.full
@pytest.mark.parametrize("kind", ["missing", "full"])
def test_programs_when_there_is_no_room_for_temporary_files_then_work(
    desktop: Windows, kind: str
) -> None:
    if kind == "full":
        desktop.computer.shell(
            "mkdir /full; mount -t tmpfs -o size=4k tmpfs /full; head -c 4096 /dev/zero >/full/x"
        )
    temporary = f"Z:\\{kind}"
    works(desktop, PROGRAMS, {"TEMP": temporary, "TMP": temporary})


@pytest.mark.full
def test_sample_when_the_usual_place_for_it_is_missing_then_lies_in_another(
    desktop: Windows,
) -> None:
    set_up = f"set TEMP={UNREAD}&& set TMP={UNREAD}&& "
    answer = desktop.run("cmd", "/c", f"{set_up}{CONSOLE} check --demo healthy")
    assert (answer.returncode, answer.stderr) == (0, "")


def listing(desktop: Windows, folder: Path) -> dict[str, tuple[int, int]]:
    """Every file of the whole of C: and of the programs, with its size and time."""
    tops = (desktop.c_drive, folder)
    return {
        str(file): (file.lstat().st_size, file.lstat().st_mtime_ns)
        for top in tops
        for file in top.rglob("*")
        if not file.is_dir()
    }


def test_start_when_nothing_is_asked_then_writes_no_file(
    desktop: Windows, windows_folder: Path
) -> None:
    works(desktop, PROGRAMS)  # what Wine itself makes for a first program is there now
    before = listing(desktop, windows_folder)
    works(desktop, PROGRAMS)
    desktop.console("check", "--offline")
    assert listing(desktop, windows_folder) == before


def test_sample_when_ended_then_its_folder_is_gone(desktop: Windows) -> None:
    temporary = desktop.c_drive / "users/root/AppData/Local/Temp"
    before = set(temporary.iterdir())
    assert desktop.console("check", "--demo", "healthy").returncode == 0
    assert set(temporary.iterdir()) == before


@pytest.mark.full
def test_windows_when_two_are_open_then_each_lives_and_closes(
    desktop: Windows, display: str
) -> None:
    look = Screen(display)
    first = desktop.computer.start(WINDOW, "--demo", "healthy")
    screens.wait_for(lambda: len(look.windows(TITLE)) == 1, "the first window")
    second = desktop.computer.start(WINDOW, "--demo", "several")
    screens.wait_for(lambda: len(look.windows(TITLE)) == 2, "the second window")
    look.settled()
    look.press("alt+F4")
    screens.wait_for(lambda: len(look.windows(TITLE)) == 1, "one of them closed")
    programs = (first, second)
    screens.wait_for(
        lambda: [program.poll() for program in programs].count(None) == 1, "one program ended"
    )
    look.do("windowfocus", look.windows(TITLE)[0])
    look.press("alt+F4")
    assert [(*process.communicate(timeout=20), process.returncode) for process in programs] == [
        ("", "", 0)
    ] * 2
