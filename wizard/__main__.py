# SPDX-License-Identifier: MIT
"""python -m wizard: a command of the text face, or the window when there is none."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack

INTERRUPTED = 130


def main() -> int:
    """The program's entry; returns the exit status."""
    try:
        from wizard import cli  # noqa: PLC0415 - Ctrl-C while it loads is an answer, not a crash

        return cli.main(window=_show_window)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        return INTERRUPTED


def _show_window(options: argparse.Namespace) -> int:
    """Open the window; a sample server chosen in it lives until the program ends."""
    from wizard import app  # noqa: PLC0415 - Qt is loaded only when a window is wanted

    with ExitStack() as open_samples:
        session = open_samples.enter_context(options.open_session())
        return app.run_window(
            session, lambda name: open_samples.enter_context(options.open_sample(name))
        )


if __name__ == "__main__":
    sys.exit(main())
