# SPDX-License-Identifier: MIT
"""Both programs on Windows from everywhere and under anybody's settings, leaving nothing behind."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import contents
from tests.built.conftest import needs_wine
from tests.support import openssl_settings, windows_program
from tests.support import screen as screens
from tests.support.linux_program import screen
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


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with screen() as name:
        yield name


@pytest.fixture(scope="module")
def windows(
    windows_folder: Path, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Windows]:
    needs_wine()
    shared = tmp_path_factory.mktemp("shared")
    with windows_program.windows(windows_folder, shared, display=display) as running:
        yield running


def works(windows: Windows, folder: str, variables: dict[str, str] | None = None) -> None:
    """The console program passes its own test, and the window is drawn."""
    set_up = "".join(f"set {name}={value}&& " for name, value in (variables or {}).items())
    for program, words in (
        (f"{folder}\\{contents.CONSOLE_PROGRAM}.exe", "selftest"),
        (f"{folder}\\{contents.WINDOW_PROGRAM}.exe", "selftest --window"),
    ):
        if variables is None:
            answer = windows.run(program, *words.split())
        else:  # Wine keeps such variables of this system from its programs
            answer = windows.run("cmd", "/c", f"{set_up}{program} {words}")
        assert (answer.returncode, answer.stderr) == (0, ""), f"{program} {words}: {answer}"


def test_programs_when_in_a_long_path_with_umlauts_and_blanks_then_work(windows: Windows) -> None:
    assert len(LONG) > 200
    inside = windows.computer.linux_path(LONG)
    windows.computer.shell('mkdir -p "$1"; mount --bind /program "$1"', inside)
    works(windows, LONG)


@pytest.mark.full
def test_programs_when_on_a_network_share_then_work(windows: Windows) -> None:
    shares = "/root/prefix/dosdevices/unc/server"
    windows.computer.shell('mkdir -p "$1"; ln -s /program "$1/Freigabe für alle"', shares)
    works(windows, "\\\\server\\Freigabe für alle")


@pytest.mark.full
def test_programs_when_on_a_read_only_medium_then_work(windows: Windows) -> None:
    windows.computer.shell("mkdir /cd; mount --bind /program /cd; mount -o remount,bind,ro /cd")
    works(windows, "Z:\\cd")


def test_programs_when_others_variables_are_set_then_work(windows: Windows) -> None:
    shutil.copy(openssl_settings.FOREIGN, windows.shared / "openssl.cnf")
    works(windows, PROGRAMS, FOREIGN)
    set_up = f"set OPENSSL_CONF={FOREIGN['OPENSSL_CONF']}&& "
    answer = windows.run("cmd", "/c", f"{set_up}{CONSOLE} check --demo healthy")
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.full
@pytest.mark.parametrize("kind", ["missing", "full"])
def test_programs_when_there_is_no_room_for_temporary_files_then_work(
    windows: Windows, kind: str
) -> None:
    if kind == "full":
        windows.computer.shell(
            "mkdir /full; mount -t tmpfs -o size=4k tmpfs /full; head -c 4096 /dev/zero >/full/x"
        )
    temporary = f"Z:\\{kind}"
    works(windows, PROGRAMS, {"TEMP": temporary, "TMP": temporary})


@pytest.mark.full
def test_sample_when_the_usual_place_for_it_is_missing_then_lies_in_another(
    windows: Windows,
) -> None:
    set_up = f"set TEMP={UNREAD}&& set TMP={UNREAD}&& "
    answer = windows.run("cmd", "/c", f"{set_up}{CONSOLE} check --demo healthy")
    assert (answer.returncode, answer.stderr) == (0, "")


def listing(windows: Windows, folder: Path) -> dict[str, tuple[int, int]]:
    """Every file of the whole of C: and of the programs, with its size and time."""
    tops = (windows.c_drive, folder)
    return {
        str(file): (file.lstat().st_size, file.lstat().st_mtime_ns)
        for top in tops
        for file in top.rglob("*")
        if not file.is_dir()
    }


def test_start_when_nothing_is_asked_then_writes_no_file(
    windows: Windows, windows_folder: Path
) -> None:
    works(windows, PROGRAMS)  # what Wine itself makes for a first program is there now
    before = listing(windows, windows_folder)
    works(windows, PROGRAMS)
    windows.console("check", "--offline")
    assert listing(windows, windows_folder) == before


def test_sample_when_ended_then_its_folder_is_gone(windows: Windows) -> None:
    temporary = windows.c_drive / "users/root/AppData/Local/Temp"
    before = set(temporary.iterdir())
    assert windows.console("check", "--demo", "healthy").returncode == 0
    assert set(temporary.iterdir()) == before


@pytest.mark.full
def test_windows_when_two_are_open_then_each_lives_and_closes(
    windows: Windows, display: str
) -> None:
    look = Screen(display)
    first = windows.computer.start(WINDOW, "--demo", "healthy")
    screens.wait_for(lambda: len(look.windows(TITLE)) == 1, "the first window")
    second = windows.computer.start(WINDOW, "--demo", "several")
    screens.wait_for(lambda: len(look.windows(TITLE)) == 2, "the second window")
    look.settled()
    look.press("alt+F4")
    screens.wait_for(lambda: len(look.windows(TITLE)) == 1, "one of them closed")
    time.sleep(0.5)
    assert [first.poll(), second.poll()].count(None) == 1
    look.do("windowfocus", look.windows(TITLE)[0])
    look.press("alt+F4")
    assert [
        (*process.communicate(timeout=20), process.returncode) for process in (first, second)
    ] == [("", "", 0)] * 2
