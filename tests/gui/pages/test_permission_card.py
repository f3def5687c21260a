# SPDX-License-Identifier: MIT
"""The permissions on their page: drawn from the diagnosis of the moment, or said to be unknown."""

from __future__ import annotations

from pathlib import Path

from tests.findings.tenant import MINE
from tests.gui.conftest import MakeSession, OpenWindow, scanned, settle
from tests.support.microsoft365 import Running, running
from wizard.demo.behaviour import Behaviour
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.cause import CausePage
from wizard.gui.widgets.permission_table import PermissionTable
from wizard.model import CauseId


def tables(window: MainWindow) -> list[PermissionTable]:
    assert isinstance(window.page, CausePage)
    found = window.page.permissions.findChildren(PermissionTable)
    return [table for table in found if table.isVisibleTo(window.page)]


def at_permissions(session_of: MakeSession, open_window: OpenWindow, m365: Running) -> MainWindow:
    session = session_of(MINE)
    session.scope, session.credentials = m365.scope, m365.credentials
    session.host = m365.computer
    window = scanned(open_window(session))
    window.go(CauseId.PERMISSIONS)
    settle(window)
    return window


def test_card_when_a_token_was_looked_at_then_its_matrix(
    tmp_path: Path, make_session: MakeSession, open_window: OpenWindow
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        window = at_permissions(make_session, open_window, m365)
        (table,) = tables(window)
        assert table.table.texts_of(0)[0] == "Exchange Online"
        assert "No token was looked at" not in window.page.told()


def test_card_when_checked_again_then_there_is_still_one_table(
    tmp_path: Path, make_session: MakeSession, open_window: OpenWindow
) -> None:
    with running(Behaviour(roles=("Mail.Read",)), tmp_path) as m365:
        window = at_permissions(make_session, open_window, m365)
        window.recheck()
        settle(window)
        assert len(tables(window)) == 1


def test_card_when_no_token_came_then_says_that_nothing_is_known(
    tmp_path: Path, make_session: MakeSession, open_window: OpenWindow
) -> None:
    with running(Behaviour(token_error=7000222), tmp_path) as m365:
        window = at_permissions(make_session, open_window, m365)
        assert tables(window) == []
        assert "No token was looked at, so nothing is known of the permissions." in (
            window.page.told()
        )
