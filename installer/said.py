# SPDX-License-Identifier: MIT
"""What the build tells while it works."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """Tell the person, at once also where a pipe listens."""
    print(text, flush=True)


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Say what was made and how long it took."""
    began = time.monotonic()
    yield
    say(f"made  {name}  ({time.monotonic() - began:.0f} s)")
