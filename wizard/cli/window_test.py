# SPDX-License-Identifier: MIT
"""wizard selftest --window: whether the window can be shown here; it closes once it is drawn."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from dataclasses import dataclass, field

from wizard.cli import selftest_result
from wizard.cli.terminal import ExitStatus, Terminal, format_of
from wizard.errors import WindowUnavailable
from wizard.host import no_console

LONGEST_S = 20  # a remote screen may be slow; where nobody looks nothing is ever drawn


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Open the window as ever and tell whether it came up; 2 when it didn't."""
    answer = _Answer(terminal, format_of(options, "selftest") == "json")
    watch = threading.Timer(LONGEST_S, answer.end_stuck)
    watch.daemon = True
    watch.start()
    try:
        status = options.show_window(options)
        answer.claim()
        if status != ExitStatus.OK:  # interrupted: it says nothing of the window
            return int(status)
        return answer.tell("")
    except WindowUnavailable as error:
        answer.claim()
        return answer.tell(terminal.texts.summary(error))
    finally:
        watch.cancel()


@dataclass(frozen=True)
class _Answer:
    """The one answer, of whoever has it first: the window, or the clock."""

    terminal: Terminal
    as_json: bool
    _first: threading.Lock = field(default_factory=threading.Lock)

    def claim(self) -> None:
        """Answer from here on; where the other one does, the process ends meanwhile."""
        self._first.acquire()

    def tell(self, reason: str) -> ExitStatus:
        """Say it; an empty reason is success."""
        if self.as_json:
            self.terminal.json(selftest_result.to_json({"window": (reason, 1)}))
        else:
            self.terminal.say(reason or self.terminal.texts("cli.window_drawn"))
        return ExitStatus.PROBLEM if reason else ExitStatus.OK

    def end_stuck(self) -> None:
        """Where Qt stands still nothing else ends the process; a sample's folder goes before."""
        if not self._first.acquire(blocking=False):
            return
        try:
            status = self.tell(self.terminal.texts("window.not_drawn.summary", seconds=LONGEST_S))
            no_console.show_now()
            if "wizard.demo.sample" in sys.modules:
                sys.modules["wizard.demo.sample"].remove_folders()
        finally:
            os._exit(status)
