# SPDX-License-Identifier: MIT
"""Loads, while the first page is read, what the first page doesn't need and the next ones do."""

from __future__ import annotations

import threading


def begin() -> None:
    """Load in the background; who needs a part sooner waits for it and no longer."""
    threading.Thread(target=load, name="preload", daemon=True).start()


def load() -> None:
    """The checks with the network's libraries, the change, and the findings; nothing of Qt."""
    from wizard import checks, engine  # noqa: F401, PLC0415 - the point of it
    from wizard.findings import session_package  # noqa: F401, PLC0415
    from wizard.fixes import apply, handoff, places  # noqa: F401, PLC0415
