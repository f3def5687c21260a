# SPDX-License-Identifier: MIT
"""The window's entry: looks whether one can be shown, shows it, and returns the exit status."""

from __future__ import annotations

from collections.abc import Callable

from wizard.errors import WindowUnavailable
from wizard.host import display
from wizard.session import Session


def run_window(
    session: Session,
    switch_to_sample: Callable[[str], Session] | None = None,
    *,
    close_when_drawn: bool = False,
) -> int:
    """Show the window until it is closed.

    Raises:
        WindowUnavailable: no window can be shown here, and why.
    """
    display.require_window()
    try:
        # Here and not above: a library of Qt's that is missing must become a sentence.
        from wizard.gui import start  # noqa: PLC0415
    except ImportError as error:
        raise WindowUnavailable("window.no_qt", reason=str(error)) from None
    return start.show(session, switch_to_sample, close_when_drawn=close_when_drawn)
