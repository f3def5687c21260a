# SPDX-License-Identifier: MIT
"""The program's border: a fault of its own is neither a warning nor an ok."""

from __future__ import annotations

import subprocess
import sys

FAULTY = """
import sys
import wizard.__main__, wizard.cli
def fail(window):
    raise ZeroDivisionError("a secret may stand here")
wizard.cli.main = fail
sys.exit(wizard.__main__.main())
"""


def test_main_when_the_program_itself_fails_then_3_and_the_place_without_the_message() -> None:
    command = [sys.executable, "-c", FAULTY]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 3
    assert "ZeroDivisionError at <string>:5" in result.stderr
    assert "secret" not in result.stderr
