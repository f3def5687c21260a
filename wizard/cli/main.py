# SPDX-License-Identifier: MIT
"""Which command runs, and how its errors become sentences and exit statuses."""

from __future__ import annotations

import argparse
import functools
import logging
from collections.abc import Callable, Sequence

from wizard import failure_words, resources
from wizard.cli import ending, parser, start, streams
from wizard.cli.terminal import ExitStatus, Terminal
from wizard.errors import BadInput, Refused, WindowUnavailable, WizardError
from wizard.texts import Texts

ShowWindow = Callable[[argparse.Namespace], int]
WINDOW_PROGRAM = "M365BackupWizard.exe"


def main(argv: Sequence[str] | None = None, window: ShowWindow | None = None) -> int:
    """Run the command line; `window` shows the window, where the caller has one."""
    # What goes wrong is told by findings; Python's last resort would write beside them.
    logging.getLogger("wizard").addHandler(logging.NullHandler())
    with ending.clean(), streams.usable() as (out, err):
        options = parser.build(has_window=window is not None).parse_args(argv)
        terminal = Terminal(out, err, Texts.load("en"))
        try:
            if getattr(options, "lang", "en") != "en":
                terminal = Terminal(out, err, Texts.load(options.lang))
            return _run(options, terminal, window)
        except WizardError as error:
            return _tell(error, terminal)
        except KeyboardInterrupt:
            terminal.note(terminal.texts("cli.interrupted"))
            return ExitStatus.INTERRUPTED
        except OSError as error:
            return _refused_by_system(error, terminal)


def _run(options: argparse.Namespace, terminal: Terminal, window: ShowWindow | None) -> int:
    options.open_session = functools.partial(start.open_session, options, terminal.texts)
    options.open_sample = functools.partial(start.open_sample, texts=terminal.texts)
    options.show_window = window or no_window
    options.open_host = functools.partial(start.open_host, options, terminal.texts)
    command = getattr(options, "command", None) or _no_command
    return int(command(options, terminal))


def no_window(_options: argparse.Namespace) -> int:
    """What stands in for the window in a program without one: the reason."""
    program = resources.program_folder()
    if program and (program / WINDOW_PROGRAM).is_file():
        raise WindowUnavailable("error.no_window_in_console", window=WINDOW_PROGRAM)
    raise WindowUnavailable("error.no_window_here")


def _refused_by_system(error: OSError, terminal: Terminal) -> int:
    """What no part of the program expected; where stdout itself is gone, nobody is told."""
    streams.give_up(terminal.out)
    if not isinstance(error, BrokenPipeError):
        where = str(error.filename or "")
        reason = failure_words.of(error)
        refused = BadInput("error.refused_by_system", reason=reason, where=where)
        _tell(refused, terminal)
    return ExitStatus.UNKNOWN


def _no_command(options: argparse.Namespace, terminal: Terminal) -> int:
    """The window, or the walk in text where there is none."""
    try:
        return int(options.show_window(options))
    except WindowUnavailable as error:
        from wizard.cli import walk  # noqa: PLC0415 - loads what the window doesn't need

        _tell(error, terminal)
        terminal.note(terminal.texts("walk.instead"))
        return walk.walk(options, terminal)


def _tell(error: WizardError, terminal: Terminal) -> int:
    try:
        for line in (terminal.texts.summary(error), *terminal.texts.advice(error)):
            terminal.note(line)
    except OSError:
        streams.give_up(terminal.err)  # as full or closed as stdout may be
    return ExitStatus.PROBLEM if isinstance(error, Refused) else ExitStatus.UNKNOWN
