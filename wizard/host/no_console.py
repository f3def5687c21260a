# SPDX-License-Identifier: MIT
"""Where the words of a program without a console go: the window program on Windows has none.

They are kept until the program ends and shown then: in the console of whoever started it, or else
in a message box. A stream that was redirected to a file or a pipe stays what it is.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Show = Callable[[str], None]


class _Words:
    """What was written to missing streams, and how it will be shown."""

    def __init__(self, show: Show) -> None:
        self.show = show
        self.stream = io.StringIO()

    def take(self) -> str:
        """All words so far; they are shown once."""
        words = self.stream.getvalue().strip()
        self.stream.seek(0)
        self.stream.truncate()
        return words


_kept: list[_Words] = []  # one, between the program's begin and end


@contextmanager
def words_shown(show: Show | None = None) -> Iterator[None]:
    """Keep what is written to missing streams, and show it at the end."""
    chosen = show or _system()
    missing = [name for name in ("stdout", "stderr") if getattr(sys, name) is None]
    if chosen is None or not missing:
        yield
        return
    words = _Words(chosen)
    _kept[:] = [words]
    for name in missing:
        setattr(sys, name, words.stream)
    try:
        yield
    finally:
        show_now()


def show_now() -> None:
    """Show what is kept; for an end that no `with` block sees."""
    for words in _kept:
        if told := words.take():
            words.show(told)


def forget() -> None:
    """Show nothing of what was written so far: it has been told in another way."""
    for words in _kept:
        words.take()


def _system() -> Show | None:
    """Only Windows has programs without a console; elsewhere a missing stream was closed."""
    shows: Show | None = None
    if sys.platform == "win32":
        from wizard.host import windows_words  # noqa: PLC0415 - asks Windows when it is loaded

        shows = windows_words.show
    return shows
