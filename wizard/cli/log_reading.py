# SPDX-License-Identifier: MIT
"""Reading logs on a terminal: how far it is, a time limit, and Ctrl-C keeps what was found."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from wizard.checks import sizes
from wizard.cli import waiting
from wizard.cli.terminal import Terminal
from wizard.nakivo import logs
from wizard.nakivo.failed_at import FailedAt
from wizard.nakivo.logs import LogEvidence
from wizard.product import Product

_SHOWN_EACH_S = 0.2


def read(
    paths: Sequence[str],
    product: Product,
    terminal: Terminal,
    *,
    seconds: float | None = None,
    told: FailedAt | None = None,
) -> LogEvidence:
    """The evidence in the logs, as far as time and the person let it be read."""
    shown = _Shown(terminal)

    def work(cancel: threading.Event) -> LogEvidence:
        return logs.scan(tuple(paths), product, cancel, seconds, told=told, progress=shown.at)

    return waiting.until_answered(work, terminal)


class _Shown:
    """How much was read, written over a few times a second where somebody watches."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._last = 0.0

    def at(self, count: int) -> None:
        """So many bytes were read."""
        now = time.monotonic()
        if now - self._last < _SHOWN_EACH_S:
            return
        self._last = now
        size, unit = sizes.shown(count)
        text = self._terminal.texts("logs.reading", size=size, unit=unit)
        waiting.progress(self._terminal, text)
