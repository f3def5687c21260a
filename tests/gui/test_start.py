# SPDX-License-Identifier: MIT
"""The application around the window: Ctrl-C closes it, a fault of the program is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
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
sys.exit(app.run_window(Session(make_host(), product.load(), Texts.load(), only_checks=[])))
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


NEVER_DRAWN = """
import sys
from wizard.__main__ import main
from wizard.cli import window_test
from wizard.gui.main_window import MainWindow
MainWindow.open = lambda self: None
window_test.LONGEST_S = 1
sys.argv = ["wizard", "--demo", "healthy", "selftest", "--window"]
sys.exit(main())
"""


@pytest.mark.parametrize("at", ["WelcomePage.enter", "MainWindow.paintEvent"])
def test_window_test_when_a_fault_comes_up_then_is_no_success(at: str) -> None:
    fault = f"""
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.welcome import WelcomePage
def fail(*_):
    raise ZeroDivisionError
def soon(*_):
    QTimer.singleShot(0, fail)
{at} = {"fail" if "paint" in at else "soon"}
start.make_application()
start.show(Session(make_host(), product.load(), Texts.load(), only_checks=[]), None,
           close_when_drawn=True)
"""
    script = RUN.format(root=str(Path(__file__).parents[2])).partition("start.make_app")[0]
    ended = subprocess.run(
        [sys.executable, "-c", script + fault],
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "WindowUnavailable: window.fault" in ended.stderr


def test_window_test_when_nothing_is_ever_drawn_then_ends_says_so_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", NEVER_DRAWN], env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (2, "")
    assert "Within 1 second nothing of the window was drawn" in ended.stdout
    assert not list(tmp_path.iterdir())


def test_a_fault_of_the_program_is_told_in_a_calm_sentence(
    open_window: OpenWindow, answers: Answers, capsys: pytest.CaptureFixture[str]
) -> None:
    window, before = open_window(), sys.excepthook
    with start.tell_crashes(window):
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("details"), None)
    assert sys.excepthook is before
    assert "ZeroDivisionError: details" in capsys.readouterr().err  # on the console, too
    assert "fault: ZeroDivisionError" in answers.told[0]
    assert "Nothing was changed" in answers.told[0]


def test_a_fault_while_another_is_read_opens_no_second_dialog(
    open_window: OpenWindow, answers: Answers
) -> None:
    window = open_window()

    def tell(text: str, detail: str) -> None:
        answers.told.append(text)
        if len(answers.told) < 5:
            sys.excepthook(ValueError, ValueError(), None)

    answers.tell = tell  # type: ignore[method-assign]
    with start.tell_crashes(window):
        sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
        sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
    assert len(answers.told) == 2


HANGING = """
import sys, threading
sys.path.insert(0, {root!r})
from tests.gui.conftest import FINE, make_host, scripted
from wizard import product
from wizard.checks.base import ok
from wizard.gui import start
from wizard.model import CauseId
from wizard.session import Session
from wizard.texts import Texts
from PySide6.QtCore import QTimer

app = start.make_application()
hang = scripted("memory", CauseId.MEMORY, ok(FINE), until=threading.Event())
session = Session(make_host(), product.load(), Texts.load(), only_checks=[hang])
window = start.MainWindow(session, start.Theme(app, dark=False))
window.show()
QTimer.singleShot(150, window.go_next)
QTimer.singleShot(250, window.go_next)
QTimer.singleShot(450, lambda: print("running", window.desk.run.is_running))
QTimer.singleShot(500, window.close)
sys.exit(app.exec())
"""


def test_closing_while_a_check_hangs_ends_the_process_at_once() -> None:
    root = str(Path(__file__).parents[2])
    before = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", HANGING.format(root=root)],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "running True\n", "")
    assert time.monotonic() - before < 8  # the check would hang for ten seconds


UNFINISHED = """
import sys
sys.path.insert(0, {root!r})
from datetime import UTC, datetime
from pathlib import Path
from tests.gui.conftest import make_host
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from wizard import app, product
from wizard.fixes import handoff_state, plan
from wizard.fixes.handoff import Task
from wizard.gui import start
from wizard.session import Session
from wizard.texts import Texts

known = product.load()
made = plan.make("-Xmx1g", "/data/dtmp", known)
state = handoff_state.make(Task(made), "start", "backup01", datetime.now(UTC))
handoff_state.save(state, Path({data!r}))

def look():
    (window,) = [w for w in QApplication.topLevelWidgets() if hasattr(w, "unfinished")]
    if window.unfinished.isVisible():
        print(window.unfinished.text.text())
        window.close()

timer = QTimer(start.make_application())
timer.timeout.connect(look)
timer.start(50)
sys.exit(app.run_window(Session(make_host(), known, Texts.load(), only_checks=[])))
"""


def test_window_when_started_then_tells_of_a_change_that_is_not_finished(data: Path) -> None:
    script = UNFINISHED.format(root=str(Path(__file__).parents[2]), data=str(data))
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "A move of the temporary folder to /data/dtmp was begun" in ran.stdout
