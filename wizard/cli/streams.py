# SPDX-License-Identifier: MIT
"""The standard streams as a scheduler, a closed pipe or a full disk may have left them."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TextIO


@contextlib.contextmanager
def usable() -> Iterator[tuple[TextIO, TextIO]]:
    """Stdout and stderr, or the null device in the place of a closed one."""
    with open(os.devnull, "w", encoding="utf-8") as null:  # noqa: PTH123
        # With a closed descriptor Python has None here, whatever the type says.
        out: TextIO | None = sys.stdout
        err: TextIO | None = sys.stderr
        yield out or null, err or null


def give_up(out: TextIO) -> None:
    """Nobody reads this stream any more: writing on at exit would raise again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def is_answered() -> bool:
    """Whether somebody sits at stdin and can answer a question."""
    stdin: TextIO | None = sys.stdin
    return stdin is not None and stdin.isatty()
