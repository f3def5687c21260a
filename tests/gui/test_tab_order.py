# SPDX-License-Identifier: MIT
"""Tab reaches everything on a page in the order in which it is seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.gui.conftest import FOUND, MakeSession, OpenWindow, scanned, scripted, settle
from wizard.checks.base import problem
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.cause_steps import CauseSteps
from wizard.model import CauseId, Evidence

EXPIRED = problem(
    "sign_in_error.secret_expired",
    values={"code": 7000222},
    evidence=(Evidence("free", 1, "GB"),),
    decisive=True,
)
WEAK = problem(FOUND, evidence=(Evidence("log_line", "joe@contoso.com is refused"),))


def stops(window: MainWindow) -> list[QWidget]:
    """What Tab comes to on the page, until it leaves it."""
    found: list[QWidget] = []
    for _ in range(80):
        here = window.focusWidget()
        assert here is not None
        if here in found:
            break
        found.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return [one for one in found if window.page.isAncestorOf(one)]


@pytest.mark.parametrize("width", [1280, 760])
def test_tab_when_parts_of_the_page_were_drawn_late_then_from_top_to_bottom(
    open_window: OpenWindow, make_session: MakeSession, width: int
) -> None:
    checks = [
        scripted("sign_in", CauseId.PERMISSIONS, EXPIRED),
        scripted("log_permissions", CauseId.PERMISSIONS, WEAK),
    ]
    window = scanned(open_window(make_session(checks)))
    window.resize(width, 700)
    window.go(CauseId.PERMISSIONS)
    settle(window)
    seen = stops(window)
    (aside,) = window.page.findChildren(CauseSteps)
    in_aside = [aside.isAncestorOf(one) for one in seen]
    is_narrow = width < 1000  # there it stands above the rest, else beside it
    assert in_aside == sorted(in_aside, reverse=is_narrow)
    for side in (True, False):
        heights = [
            top(one, window) for one, where in zip(seen, in_aside, strict=True) if where is side
        ]
        assert len(heights) > 1
        assert heights == sorted(heights)


def top(widget: QWidget, window: MainWindow) -> int:
    return widget.mapTo(window.page.area.widget(), widget.rect().topLeft()).y()
