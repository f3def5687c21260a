# SPDX-License-Identifier: MIT
"""Being told to end, by a service manager, a closed terminal or console: clean up, then end."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import FrameType

# By the signal's name, since no system has all of them. POSIX: 128 + its number, as shells report
# it. Windows: what it itself reports of a program that was ended so (STATUS_CONTROL_C_EXIT).
STATUS_OF = {"SIGTERM": 143, "SIGHUP": 129, "SIGBREAK": -1073741510}


@contextlib.contextmanager
def clean() -> Iterator[None]:
    """End through all `with` blocks, so that temporary files go; what is ignored stays so."""
    known = [getattr(signal, name) for name in STATUS_OF if hasattr(signal, name)]
    heeded = [number for number in known if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, _end) for number in heeded}
    try:
        with _console_closing():
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    """Once: a second signal must not cut the cleaning short."""
    for name in STATUS_OF:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise SystemExit(STATUS_OF[signal.Signals(number).name])


@contextlib.contextmanager
def _console_closing() -> Iterator[None]:
    if sys.platform == "win32":
        from wizard.host import console_closing  # noqa: PLC0415 - asks Windows when it is loaded

        with console_closing.told_as_break():
            yield
    else:
        yield
