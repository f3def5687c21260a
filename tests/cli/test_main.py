# SPDX-License-Identifier: MIT
"""What happens without a command, and the self test of the window, with and without one."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from wizard import cli
from wizard.cli import selftest
from wizard.cli.main import WINDOW_PROGRAM
from wizard.errors import WindowUnavailable
from wizard.graph import clouds

SAMPLE = ["--demo", "healthy", "--offline"]
Captured = pytest.CaptureFixture[str]


def unavailable(_options: argparse.Namespace) -> int:
    raise WindowUnavailable("window.no_display")


def test_no_command_when_the_program_has_no_window_then_says_so_and_walks(capsys: Captured) -> None:
    assert cli.main(SAMPLE) == 0
    told = capsys.readouterr()
    assert told.err.splitlines()[0] == "This program works in text and has no window."
    assert "M365 Backup Wizard, in text." in told.out


def test_help_when_the_program_has_no_window_then_promises_none(capsys: Captured) -> None:
    told = []
    for window in (None, unavailable):
        with pytest.raises(SystemExit):
            cli.main(["--help"], window)
        told.append("window" in capsys.readouterr().out)
    assert told == [False, True]


def test_no_command_when_the_window_program_lies_beside_it_then_names_it(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / WINDOW_PROGRAM).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "m365-backup-wizard.exe"))
    assert cli.main(SAMPLE) == 0
    assert f"The one with the window is {WINDOW_PROGRAM}" in capsys.readouterr().err


def test_no_command_when_there_is_a_window_then_shows_it_and_keeps_its_status() -> None:
    assert cli.main([], lambda _options: 130) == 130


def test_window_test_when_the_window_comes_up_then_0(capsys: Captured) -> None:
    asked: list[bool] = []

    def window(options: argparse.Namespace) -> int:
        asked.append(options.window)
        return 0

    assert cli.main(["selftest", "--window"], window) == 0
    assert asked == [True]
    assert capsys.readouterr().out == "The window was opened and drawn, and is closed again.\n"


def test_window_test_when_interrupted_then_says_nothing_of_the_window(capsys: Captured) -> None:
    assert cli.main(["selftest", "--window"], lambda _options: 130) == 130
    assert capsys.readouterr().out == ""


def test_window_test_when_no_window_can_be_shown_then_2_and_the_reason(capsys: Captured) -> None:
    line = ["selftest", "--window", "--format", "json"]
    for window, word in ((unavailable, "screen"), (None, "has no window")):
        assert cli.main(line, window) == 2
        told = capsys.readouterr()
        (part,) = json.loads(told.out)["parts"]
        assert (part["name"], part["ok"], told.err) == ("window", False, "")
        assert word in part["reason"]


def test_selftest_when_run_then_says_where_a_changes_backup_would_be(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("M365_BACKUP_WIZARD_DATA", "/somewhere/else")
    monkeypatch.setattr(selftest, "PARTS", {"checks": selftest.PARTS["checks"]})
    assert cli.main(["selftest"]) == 0
    told = capsys.readouterr().out
    assert told.endswith(
        "Receipts and backups of a change, and a history of free space, are kept in "
        "/somewhere/else.\n"
    )
    assert cli.main(["selftest", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["data_folder"] == "/somewhere/else"


STUCK = """
import argparse, sys, time
from wizard import cli
from wizard.cli import window_test
window_test.LONGEST_S = 0.2
sys.exit(cli.main(sys.argv[1:], lambda _options: time.sleep(30)))
"""


@pytest.mark.parametrize("words", [(), ("--format", "json")])
def test_window_test_when_the_screen_never_answers_then_ends_with_2_and_a_sentence(
    words: tuple[str, ...],
) -> None:
    line = [sys.executable, "-c", STUCK, "selftest", "--window", *words]
    ended = subprocess.run(line, capture_output=True, text=True, check=False, timeout=20)
    assert (ended.returncode, ended.stderr) == (2, "")
    assert "nothing of the window was drawn" in ended.stdout
    assert not words or json.loads(ended.stdout)["parts"][0]["ok"] is False


def test_help_when_clouds_are_named_then_all_that_are_known(
    capsys: Captured,
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["check", "--help"])
    told = capsys.readouterr().out
    assert [cloud.id for cloud in clouds.known() if cloud.id not in told] == []
