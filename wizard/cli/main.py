# SPDX-License-Identifier: MIT
"""Which command runs, and how its errors become sentences and exit statuses."""

from __future__ import annotations

import argparse
import functools
import logging
import os
import sys
from collections.abc import Callable, Sequence

from wizard.cli import parser, start, walk
from wizard.cli.terminal import ExitStatus, Terminal
from wizard.demo import sample
from wizard.errors import Refused, WindowUnavailable, WizardError
from wizard.texts import Texts

ShowWindow = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None, window: ShowWindow | None = None) -> int:
    """Run the command line; `window` shows the window, where the caller has one."""
    # What goes wrong is told by findings; Python's last resort would write beside them.
    logging.getLogger("wizard").addHandler(logging.NullHandler())
    options = parser.build().parse_args(argv)
    terminal = Terminal(sys.stdout, sys.stderr, Texts.load("en"))
    try:
        terminal = Terminal(sys.stdout, sys.stderr, Texts.load(getattr(options, "lang", "en")))
        options.open_session = functools.partial(start.open_session, options, terminal.texts)
        options.open_sample = functools.partial(sample.open_sample, texts=terminal.texts)
        options.open_host = functools.partial(start.open_host, options, terminal.texts)
        command = getattr(options, "command", None) or functools.partial(_no_command, window)
        return int(command(options, terminal))
    except WizardError as error:
        return _tell(error, terminal)
    except KeyboardInterrupt:
        terminal.note(terminal.texts("cli.interrupted"))
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone; writing on at exit would raise again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.UNKNOWN


def _no_command(window: ShowWindow | None, options: argparse.Namespace, terminal: Terminal) -> int:
    """The window, or the same walk in text where there is none."""
    try:
        if window is None:
            raise WindowUnavailable("error.no_window_here")
        return window(options)
    except WindowUnavailable as error:
        _tell(error, terminal)
        terminal.note(terminal.texts("walk.instead"))
        return walk.walk(options, terminal)


def _tell(error: WizardError, terminal: Terminal) -> int:
    terminal.note(terminal.texts.summary(error))
    for line in terminal.texts.advice(error):
        terminal.note(line)
    return ExitStatus.PROBLEM if isinstance(error, Refused) else ExitStatus.UNKNOWN
