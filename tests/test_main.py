# SPDX-License-Identifier: MIT
"""Both programs' border: a fault of their own is neither a warning nor an ok, and is shown."""

from __future__ import annotations

import subprocess
import sys

FAULTY = """
import sys
import wizard.{program}, wizard.cli
def fail(window):
    raise ZeroDivisionError("a secret may stand here")
wizard.cli.main = fail
sys.exit(wizard.{program}.main())
"""

FAULTY_THREAD = """
import sys, threading
import wizard.__main__, wizard.cli
def fail():
    raise ZeroDivisionError("a secret may stand here")
def work(window):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    return 0
wizard.cli.main = work
sys.exit(wizard.__main__.main())
"""

FAULTY_WINDOW = """
import sys
from wizard import __main__, app
def fail(*_given, **_named):
    raise ZeroDivisionError("a secret may stand here")
app.run_window = fail
sys.argv = ["wizard"]
sys.exit(__main__.main())
"""

# The window program on Windows has no console: both streams are None there.
NO_CONSOLE = """
import os, sys
from wizard import __main__
from wizard.host import no_console
def show(words):
    os.write(1, f"[{words}]\\n".encode())
no_console._system = lambda: show
sys.argv = ["wizard", *sys.argv[1:]]
sys.stdout = sys.stderr = None
"""


def ran(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_main_when_the_program_itself_fails_then_3_and_the_place_without_the_message() -> None:
    for program in ("__main__", "program"):
        result = ran(FAULTY.format(program=program))
        assert result.returncode == 3
        assert "ZeroDivisionError at <string>:5" in result.stderr
        assert "secret" not in result.stderr


def test_main_when_a_thread_fails_then_its_place_without_the_message() -> None:
    result = ran(FAULTY_THREAD)
    assert result.returncode == 0
    assert result.stderr == "A part of this program failed: ZeroDivisionError at <string>:5.\n"


def test_main_when_the_window_fails_before_it_is_there_then_3_without_the_message() -> None:
    result = ran(FAULTY_WINDOW)
    assert result.returncode == 3
    assert "ZeroDivisionError at <string>:5" in result.stderr
    assert "secret" not in result.stderr


def test_main_when_there_is_no_console_then_the_words_are_shown_at_once_at_the_end() -> None:
    for words, status, told in (
        (("--version",), 0, "m365-backup-wizard "),
        (("--nonsense",), 3, "unrecognized arguments: --nonsense"),
        (("check", "--demo", "nonsense"), 3, "There is no sample server"),
        (("check", "--demo", "healthy", "--offline"), 0, "SAMPLE SERVER"),
    ):
        result = ran(f"{NO_CONSOLE}sys.exit(__main__.main())", *words)
        assert (result.returncode, result.stderr) == (status, ""), words
        assert result.stdout.startswith("[")
        assert told in result.stdout


def test_main_when_there_is_no_console_then_a_fault_is_shown_too() -> None:
    fault = "import wizard.cli\nwizard.cli.main = lambda window: 1 / 0\n__main__.main()"
    result = ran(f"{NO_CONSOLE}{fault}")
    assert (result.returncode, result.stderr) == (3, "")
    assert "[This program itself failed: ZeroDivisionError" in result.stdout


def test_main_when_the_window_was_there_then_nothing_of_it_is_shown_again() -> None:
    window = (
        "from wizard import app\n"
        "app.run_window = lambda *_given, **_named: print('told in a dialog') or 0\n"
        "sys.exit(__main__.main())"
    )
    result = ran(f"{NO_CONSOLE}{window}")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
