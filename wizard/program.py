# SPDX-License-Identifier: MIT
"""The border of both programs: how a fault, an interruption and a missing console end."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from types import TracebackType

from wizard.host import encryption_settings, no_console

INTERRUPTED = 130
UNKNOWN = 3


def main(show_window: Callable[[argparse.Namespace], int] | None = None) -> int:
    """Run the command line, with the window where the program has one; the exit status."""
    sys.excepthook = _end_as_unknown
    threading.excepthook = _tell_of_thread
    encryption_settings.drop(os.environ)
    try:
        from wizard import cli  # noqa: PLC0415 - Ctrl-C while it loads is an answer, not a crash

        return cli.main(window=show_window)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        return INTERRUPTED


def _end_as_unknown(
    kind: type[BaseException], _error: BaseException, trace: TracebackType | None
) -> None:
    """A fault of this program must not end with 1, which monitoring reads as a warning.

    The place and not the message, which might quote what it was working on. The words stand here
    because reading the texts may be what failed.
    """
    told = f"This program itself failed: {_place(kind, trace)}. That says nothing of the backup.\n"
    try:
        with suppress(OSError, AttributeError, ValueError):  # stderr may be missing or closed
            sys.stderr.write(told)
            sys.stderr.flush()
            no_console.show_now()
    finally:
        os._exit(UNKNOWN)


def _tell_of_thread(fault: threading.ExceptHookArgs) -> None:
    """A thread's fault ends nothing by itself; Python's own words would quote the message, too."""
    place = _place(fault.exc_type, fault.exc_traceback)
    with suppress(OSError, AttributeError, ValueError):
        sys.stderr.write(f"A part of this program failed: {place}.\n")


def _place(kind: type[BaseException], trace: TracebackType | None) -> str:
    last = traceback.extract_tb(trace)[-1:]
    return kind.__name__ + "".join(f" at {PurePath(at.filename).name}:{at.lineno}" for at in last)
