# SPDX-License-Identifier: MIT
"""The application around the window: Ctrl-C closes it, a fault of the program is told."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.conftest import Answers, OpenWindow
from wizard.gui import start

RUN = """
import sys
sys.path.insert(0, {root!r})
from tests.gui.conftest import make_host
from PySide6.QtCore import QTimer
from wizard import app, product
from wizard.gui import start
from wizard.session import Session
from wizard.texts import Texts

start.make_application()
QTimer.singleShot(100, lambda: print("shown", flush=True))
sys.exit(app.run_window(Session(make_host(), product.load(), Texts.load(), checks=[])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_closes_the_window_in_order() -> None:
    script = RUN.format(root=str(Path(__file__).parents[2]))
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "shown\n"
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=20)
    assert (running.returncode, errors) == (130, "")


def test_a_fault_of_the_program_is_told_in_a_calm_sentence(
    open_window: OpenWindow, answers: Answers
) -> None:
    window, written = open_window(), []
    before = sys.excepthook
    sys.excepthook = lambda *error: written.append(error)
    try:
        start.tell_crashes(window)
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("details"), None)
    finally:
        sys.excepthook = before
    assert len(written) == 1  # it is still written to the console
    assert "fault: ZeroDivisionError" in answers.told[0]
    assert "Nothing was changed" in answers.told[0]
