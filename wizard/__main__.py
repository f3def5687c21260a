# SPDX-License-Identifier: MIT
"""python -m wizard: a command of the text face, or the window when there is none."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack

from wizard import program
from wizard.host import no_console


def main() -> int:
    """The program's entry; returns the exit status."""
    with no_console.words_shown():
        return program.main(_show_window)


def _show_window(options: argparse.Namespace) -> int:
    """Open the window; a sample server chosen in it lives until the program ends."""
    from wizard import app  # noqa: PLC0415 - Qt is loaded only when a window is wanted

    with ExitStack() as open_samples:
        session = open_samples.enter_context(options.open_session())
        status = app.run_window(
            session,
            lambda name: open_samples.enter_context(options.open_sample(name)),
            close_when_drawn=getattr(options, "window", False),
        )
        no_console.forget()
        return status


if __name__ == "__main__":
    sys.exit(main())
