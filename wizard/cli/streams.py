# SPDX-License-Identifier: MIT
"""The standard streams as a scheduler, a closed pipe or a full disk may have left them."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import TextIO

TERMINATED = 143  # 128 + SIGTERM, as shells report it


@contextlib.contextmanager
def usable() -> Iterator[tuple[TextIO, TextIO]]:
    """Stdout and stderr, or the null device in the place of a closed one; SIGTERM cleans up."""
    with contextlib.ExitStack() as stack:
        if os.name != "nt":
            before = signal.signal(signal.SIGTERM, _end)
            stack.callback(signal.signal, signal.SIGTERM, before)
        null = stack.enter_context(open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123
        # With a closed descriptor Python has None here, whatever the type says.
        out: TextIO | None = sys.stdout
        err: TextIO | None = sys.stderr
        yield out or null, err or null


def _end(_number: int, _frame: FrameType | None) -> None:
    """End through all `with` blocks, so that temporary files go."""
    raise SystemExit(TERMINATED)


def give_up(out: TextIO) -> None:
    """Nobody reads this stream any more: writing on at exit would raise again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def is_answered() -> bool:
    """Whether somebody sits at stdin and can answer a question."""
    stdin: TextIO | None = sys.stdin
    return stdin is not None and stdin.isatty()
