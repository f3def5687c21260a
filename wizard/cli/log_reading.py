# SPDX-License-Identifier: MIT
"""Reading logs on a terminal: how far it is, a time limit, and Ctrl-C keeps what was found."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from wizard.checks import sizes
from wizard.cli import waiting
from wizard.cli.terminal import Terminal
from wizard.nakivo import log_progress, logs
from wizard.nakivo.failed_at import FailedAt
from wizard.nakivo.logs import LogEvidence
from wizard.product import Product


def read(
    paths: Sequence[str],
    product: Product,
    terminal: Terminal,
    *,
    seconds: float | None = None,
    told: FailedAt | None = None,
) -> LogEvidence:
    """The evidence in the logs, as far as time and the person let it be read."""

    def show(count: int) -> None:
        size, unit = sizes.shown(count)
        waiting.progress(terminal, terminal.texts("logs.reading", size=size, unit=unit))

    shown = log_progress.paced(show)

    def work(cancel: threading.Event) -> LogEvidence:
        return logs.scan(tuple(paths), product, cancel, seconds, told=told, progress=shown)

    return waiting.until_answered(work, terminal)
