# SPDX-License-Identifier: MIT
"""Setup's window under Wine when something is in the way: what its message boxes say."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from installer import makensis
from installer.windows import nsis
from tests.support.linux_program import needs_screen, screen
from tests.support.windows_program import windows
from tests.support.windows_scripts import boxes, held
from tests.support.windows_setup import BY_SETUP, NEW, OLD, Desk, program_folder, until

XDOTOOL = shutil.which("xdotool")
pytestmark = [
    pytest.mark.skipif(not makensis.newest(), reason="makensis isn't installed"),
    pytest.mark.skipif(not XDOTOOL, reason="xdotool isn't installed"),
    needs_screen,
]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with screen() as name:
        yield name


@pytest.fixture(scope="module")
def seen(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    work = tmp_path_factory.mktemp("setups")
    for name, files in (("old", OLD), ("new", NEW)):
        nsis.make_installer(
            program_folder(work / name, *files), work / f"{name}-setup.exe", "0.2.0"
        )
    with windows(work / "new", work, display=display) as running:
        yield Desk(running)


def press(display: str, key: str) -> None:
    command = [XDOTOOL or "", "key", key]
    subprocess.run(command, env={**os.environ, "DISPLAY": display}, check=True)


def pressed_until(desk: Desk, display: str, key: str, text: str) -> None:
    """Press a key until a message box says this: a window takes none before it is drawn."""

    def is_told() -> bool:
        if text in boxes(desk):
            return True
        press(display, key)
        return False

    until(is_told, 30)


def test_window_when_the_drive_fills_up_then_offers_no_skipping_and_says_what_is_needed(
    seen: Desk, display: str
) -> None:
    shell = seen.windows.computer.shell
    shell("mkdir -p /tight; mount -t tmpfs -o size=64m,nr_inodes=6 none /tight")
    setup = seen.windows.computer.start(f"{seen.setups}\\new-setup.exe", "/D=Z:\\tight\\w")
    pressed_until(seen, display, "Return", "Error opening file for writing")
    assert "[Ignore]" not in boxes(seen)
    pressed_until(seen, display, "Escape", "Not all files could be written to Z:\\tight\\w")
    assert "needs 6 MB in all; the drive has 63 MB free now" in boxes(seen)
    press(display, "Return")
    setup.communicate(timeout=20)
    assert setup.returncode == 2
    shell("umount /tight")


def test_window_when_an_old_file_is_held_then_says_so_and_goes_on_once_it_is_free(
    seen: Desk, display: str
) -> None:
    folder = "C:\\in use"
    assert seen.install("old-setup.exe", f"/D={folder}").returncode == 0
    setup = None
    with held(seen, f"{folder}\\runtime\\old ä\\$gone.dll"):
        setup = seen.windows.computer.start(f"{seen.setups}\\new-setup.exe", f"/D={folder}")
        pressed_until(seen, display, "Return", "old ä\\$gone.dll is in use")
        assert "Nothing was changed." in boxes(seen)
        assert seen.files(folder) == OLD | BY_SETUP
    press(display, "Return")
    until(lambda: not boxes(seen))
    press(display, "Return")
    until(lambda: seen.files(folder) == NEW | BY_SETUP)
    seen.windows.run("taskkill", "/F", "/IM", "new-setup.exe")
    setup.communicate(timeout=20)
