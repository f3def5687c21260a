# SPDX-License-Identifier: MIT
"""python -m wizard: a command of the text face, or the window when there is none."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from contextlib import ExitStack, suppress
from pathlib import PurePath
from types import TracebackType

INTERRUPTED = 130
UNKNOWN = 3


def main(*, with_window: bool = True) -> int:
    """The program's entry; returns the exit status."""
    sys.excepthook = _end_as_unknown
    try:
        from wizard import cli  # noqa: PLC0415 - Ctrl-C while it loads is an answer, not a crash

        return cli.main(window=_show_window if with_window else None)
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
    last = traceback.extract_tb(trace)[-1:]
    place = "".join(f" at {PurePath(step.filename).name}:{step.lineno}" for step in last)
    told = f"This program itself failed: {kind.__name__}{place}. That says nothing of the backup.\n"
    with suppress(OSError, AttributeError):  # stderr may be closed
        sys.stderr.write(told)
        sys.stderr.flush()
    os._exit(UNKNOWN)


def _show_window(options: argparse.Namespace) -> int:
    """Open the window; a sample server chosen in it lives until the program ends."""
    sys.excepthook = sys.__excepthook__  # the window tells of faults in a dialog and lives on
    from wizard import app  # noqa: PLC0415 - Qt is loaded only when a window is wanted

    with ExitStack() as open_samples:
        session = open_samples.enter_context(options.open_session())
        return app.run_window(
            session, lambda name: open_samples.enter_context(options.open_sample(name))
        )


if __name__ == "__main__":
    sys.exit(main())
