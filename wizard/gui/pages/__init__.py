# SPDX-License-Identifier: MIT
"""One page of the window each, made when it is first shown."""

from __future__ import annotations

from wizard import flow
from wizard.gui.desk import Desk
from wizard.gui.pages.base import Page
from wizard.gui.pages.cause import CausePage
from wizard.gui.pages.scan import ScanPage
from wizard.gui.pages.scope import ScopePage
from wizard.gui.pages.welcome import WelcomePage
from wizard.model import CauseId

_PAGES: dict[str, type[Page]] = {
    flow.WELCOME: WelcomePage,
    flow.SCOPE: ScopePage,
    flow.SCAN: ScanPage,
}


def make_page(name: str, desk: Desk) -> Page:
    """The page of a name; every cause has the same kind of page."""
    if name in flow.AFTER:
        return _make_late(name, desk)
    if name in _PAGES:
        return _PAGES[name](desk)
    return CausePage(desk, CauseId(name))


def _make_late(name: str, desk: Desk) -> Page:
    """The last two pages, loaded when they are needed.

    They bring the argument editor and the reports, which would hold up the first page by 100 ms.
    """
    from wizard.gui.pages.arguments import ArgumentsPage  # noqa: PLC0415
    from wizard.gui.pages.export import ExportPage  # noqa: PLC0415

    return ArgumentsPage(desk) if name == flow.ARGUMENTS else ExportPage(desk)
