# SPDX-License-Identifier: MIT
"""The window program on Windows has no console: what it says must be seen all the same."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.support import screen as screens
from tests.support.screen import Screen, needs_screen_tools
from tests.support.windows_program import WINDOW, Windows
from wizard import NAME

pty = pytest.importorskip("pty", reason="runs Windows under Wine")
pytestmark = [needs_screen_tools, pytest.mark.timeout(120)]


@pytest.mark.parametrize(
    ("line", "status"),
    [("--version", 0), ("check --demo healthy", 0), ("check --demo several", 2), ("--wrong", 3)],
)
def test_words_when_started_by_a_double_click_then_stand_in_a_box_and_the_status_is_kept(
    desktop: Windows, display: str, line: str, status: int
) -> None:
    look = Screen(display)
    # "start" hands on no streams, as Windows does when a link is double-clicked.
    process = desktop.computer.start("cmd", "/c", "start", "/wait", WINDOW, *line.split())
    screens.wait_for(lambda: look.windows(NAME), "the box")
    place = look.place(look.windows(NAME)[0])
    assert place.height < 900  # its button is on the screen
    assert screens.colours(look.settled(), place) > 20
    look.press("Return")
    process.communicate(timeout=20)
    assert process.returncode == status


def test_words_when_streams_are_redirected_then_go_there(desktop: Windows) -> None:
    answer = desktop.run(WINDOW, "check", "--wrong")
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "unrecognized arguments: --wrong" in answer.stderr
    assert desktop.run(WINDOW, "list").stdout.count("\n") > 40


def test_words_when_started_from_a_console_then_stand_in_it(desktop: Windows) -> None:
    command = desktop.computer.command(("wine", "cmd", "/c", WINDOW, "--version"), {})
    main, terminal = pty.openpty()
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        told = b""
        while b"m365-backup-wizard " not in told:  # the test's own time limit ends it otherwise
            told += os.read(main, 1024)
        process.wait(20)
    os.close(main)
