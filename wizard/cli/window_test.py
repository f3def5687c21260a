# SPDX-License-Identifier: MIT
"""wizard selftest --window: whether the window can be shown here; it closes once it is drawn."""

from __future__ import annotations

import argparse

from wizard.cli import selftest_result
from wizard.cli.terminal import ExitStatus, Terminal, format_of
from wizard.errors import WindowUnavailable


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Open the window as ever and tell whether it came up; 2 when it didn't."""
    as_json, reason = format_of(options, "selftest") == "json", ""
    try:
        status = options.show_window(options)
        if status != ExitStatus.OK:  # interrupted: it says nothing of the window
            return int(status)
    except WindowUnavailable as error:
        reason = terminal.texts.summary(error)
    if as_json:
        terminal.json(selftest_result.to_json({"window": (reason, 1)}))
    else:
        terminal.say(reason or terminal.texts("cli.window_drawn"))
    return ExitStatus.PROBLEM if reason else ExitStatus.OK
