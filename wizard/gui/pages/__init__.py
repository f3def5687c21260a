# SPDX-License-Identifier: MIT
"""One page of the window each, made when it is first shown."""

from __future__ import annotations

from wizard import flow
from wizard.gui.desk import Desk
from wizard.gui.pages.base import Page
from wizard.gui.pages.welcome import WelcomePage
from wizard.model import CauseId


def make_page(name: str, desk: Desk) -> Page:
    """The page of a name."""
    return WelcomePage(desk) if name == flow.WELCOME else _make_later(name, desk)


def _make_later(name: str, desk: Desk) -> Page:
    """Any page but the first, which must not wait for what these bring with them.

    Every cause has the same kind of page.
    """
    from wizard.gui.pages.arguments import ArgumentsPage  # noqa: PLC0415
    from wizard.gui.pages.cause import CausePage  # noqa: PLC0415
    from wizard.gui.pages.export import ExportPage  # noqa: PLC0415
    from wizard.gui.pages.scan import ScanPage  # noqa: PLC0415
    from wizard.gui.pages.scope import ScopePage  # noqa: PLC0415

    pages: dict[str, type[Page]] = {
        flow.SCOPE: ScopePage,
        flow.SCAN: ScanPage,
        flow.ARGUMENTS: ArgumentsPage,
        flow.EXPORT: ExportPage,
    }
    return pages[name](desk) if name in pages else CausePage(desk, CauseId(name))
