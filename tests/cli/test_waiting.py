# SPDX-License-Identifier: MIT
"""A long wait on a terminal ends on Ctrl-C with what is known by then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import sys, time
from pathlib import Path
from wizard.cli.terminal import Terminal
from wizard.cli.waiting import until_answered
from wizard.texts import Texts

def work(cancel):
    Path(sys.argv[1]).touch()
    return "given up" if cancel.wait(30) else "waited"

print(until_answered(work, Terminal(sys.stdout, sys.stderr, Texts.load())))
"""


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_wait_when_interrupted_then_answers_with_what_is_known(tmp_path: Path) -> None:
    began = tmp_path / "began"
    command = [sys.executable, "-c", PROGRAM, str(began)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        until = time.monotonic() + 20
        while not began.exists() and time.monotonic() < until:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=20)
    assert (out, running.returncode) == ("given up\n", 0)


EARLY = """
import sys, time
from pathlib import Path
from wizard.cli.terminal import Terminal
from wizard.cli.waiting import interrupts, until_answered
from wizard.texts import Texts

with interrupts() as cancel:
    Path(sys.argv[1]).touch()
    until = time.monotonic() + 20
    while not cancel.is_set() and time.monotonic() < until:
        sum(range(10000))
    terminal = Terminal(sys.stdout, sys.stderr, Texts.load())
    print(until_answered(lambda told: told.is_set(), terminal), flush=True)
    Path(sys.argv[1]).unlink()
    try:
        time.sleep(20)
    except KeyboardInterrupt:
        print("ended")
"""


@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
def test_interrupts_when_ctrl_c_comes_before_the_wait_then_it_counts_and_a_second_one_ends(
    tmp_path: Path,
) -> None:
    began = tmp_path / "began"
    command = [sys.executable, "-c", EARLY, str(began)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        for there in (True, False):
            until = time.monotonic() + 20
            while began.exists() is not there and time.monotonic() < until:
                time.sleep(0.02)
            running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=20)
    assert (out, running.returncode) == ("True\nended\n", 0)
