# SPDX-License-Identifier: MIT
"""Who must do what in the tenant: real checks of a stand-in, links, ids, and the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from tests.findings.tenant import MINE
from tests.gui.conftest import Answers, MakeSession, OpenWindow, scanned, settle
from tests.support.microsoft365 import running
from wizard.demo.behaviour import Behaviour
from wizard.demo.sample_tenant import SampleTenant
from wizard.findings import admin_text
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.admin_card import AdminCard
from wizard.gui.pages.cause import CausePage
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.table import Table
from wizard.host.recorded import RecordedHost
from wizard.model import CauseId

TENANT = SampleTenant.load()
FILES = ("Files.ReadWrite.All", "Sites.FullControl.All")
LACKING = Behaviour(roles=tuple(role for role in TENANT.roles if role not in FILES))
Open = Callable[..., AbstractContextManager[MainWindow]]


@pytest.fixture
def at_page(tmp_path: Path, make_session: MakeSession, open_window: OpenWindow) -> Open:
    """Opens a cause's page after a scan of a tenant that behaves so."""

    @contextmanager
    def open_(
        behaviour: Behaviour,
        cause: CauseId = CauseId.PERMISSIONS,
        *,
        portal: str = "",
        sample: str | None = None,
    ) -> Iterator[MainWindow]:
        facts = {"system": "linux", "os": "Debian 12", "name": "backup01", "is_admin": False}
        asked: dict[str, object] = {"environment": {}, "proxies": [], "name_servers": []}
        computer = RecordedHost({"facts": facts | {"sample": sample}, **asked})
        with running(behaviour, tmp_path, computer) as m365:
            if portal:
                file = Path(m365.stand_in.cloud_file)
                text = file.read_text(encoding="utf-8")
                file.write_text(f'{text}portal = "{portal}"\n', encoding="utf-8")
            session = make_session(MINE)
            session.scope, session.credentials = m365.scope, m365.credentials
            session.host = computer
            window = scanned(open_window(session))
            window.go(cause)
            settle(window)
            yield window

    return open_


class Browser(QObject):
    """Takes the place of the person's browser, by Qt's own means."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    taking = Browser()
    QDesktopServices.setUrlHandler("https", taking, "show")  # type: ignore[arg-type]  # its stub is wrong
    yield taking
    QDesktopServices.unsetUrlHandler("https")


def card_of(window: MainWindow) -> AdminCard:
    assert isinstance(window.page, CausePage)
    return window.page.admin


def links(window: MainWindow) -> dict[str, Button]:
    buttons = card_of(window).findChildren(Button)
    return {one.text(): one for one in buttons if one.property("role") == "link"}


def test_card_when_a_permission_is_missing_then_its_name_and_who_can_grant_it(
    at_page: Open,
) -> None:
    with at_page(LACKING) as window:
        told = window.page.told()
        assert "Grant permissions to the app registration" in told
        assert "To grant: Files.Read.All" in told
        assert "Privileged Role Administrator" in told
        assert "API permissions: Entra ID > App registrations" in told  # no portal is known
        assert list(links(window)) == ["Page that asks for consent"]


def test_card_when_a_policy_blocks_then_the_ids_on_the_page_of_refusals(at_page: Open) -> None:
    with at_page(Behaviour(token_error=53003), CauseId.GRAPH_FORBIDDEN) as window:
        (table,) = card_of(window).findChildren(Table)
        shown = dict(zip(table.texts_of(0), table.texts_of(1), strict=True))
        assert len(shown["Correlation ID"]) == 36
        assert shown["Time of the answer"].endswith(" UTC")
        assert shown["ID of the policy that refused it"].startswith("9011c1e5-")
        assert "A Conditional Access Administrator" in window.page.told()


def test_link_when_pressed_then_the_browser_gets_the_page_of_this_app(
    at_page: Open, browser: Browser
) -> None:
    with at_page(LACKING, portal="https://portal.example") as window:
        found = links(window)
        assert "Link believed, not confirmed; by hand: Entra ID >" in window.page.told()
        found["API permissions"].click()
        assert browser.opened == [found["API permissions"].toolTip()]
        assert browser.opened[0].startswith(f"https://portal.example/{TENANT.tenant_id}/#view/")
        assert browser.opened[0].endswith(f"/CallAnAPI/appId/{TENANT.client_id}")


def test_link_when_in_a_sample_then_shown_and_not_opened(
    at_page: Open, browser: Browser, answers: Answers
) -> None:
    with at_page(LACKING, sample="permission-missing") as window:
        links(window)["API permissions"].click()
        assert browser.opened == []
        assert "https://entra.microsoft.com/" in answers.told[0]


def test_link_when_its_name_has_an_ampersand_then_it_is_seen_and_heard(at_page: Open) -> None:
    with at_page(Behaviour(token_error=7000222), portal="https://portal.example") as window:
        (link,) = links(window).values()
        assert link.text() == "Certificates && secrets"  # one of the two is drawn
        assert link.accessibleName() == "Certificates & secrets"


def test_copy_when_pressed_then_the_text_for_the_administrator_is_on_the_clipboard(
    at_page: Open,
) -> None:
    with at_page(LACKING) as window:
        card_of(window).hand_over.copy.click()
        session, diagnosis = window.desk.session, window.desk.flow.diagnosis
        assert diagnosis is not None
        cloud = session.scope.cloud
        wanted = admin_text.make(diagnosis, session.product, session.texts, cloud)
        assert "Files.Read.All" in wanted
        assert QGuiApplication.clipboard().text() == wanted


def test_save_when_a_file_is_chosen_then_it_holds_the_text(
    at_page: Open, answers: Answers, tmp_path: Path
) -> None:
    answers.path = str(tmp_path / "for the administrator.txt")
    with at_page(Behaviour(token_error=7000222)) as window:
        card_of(window).hand_over.save.click()
        settle(window)
        text = Path(answers.path).read_text(encoding="utf-8")
        assert "Renew what the app signs in with" in text
        assert TENANT.secret not in text


def test_card_when_nothing_is_asked_then_said_so_and_no_hint_leads_to_it(at_page: Open) -> None:
    with at_page(Behaviour()) as window:
        told = window.page.told()
        assert "Nothing was found that the tenant's administrator would have to do" in told
        assert "takes all they need" not in told


def test_card_when_something_is_asked_then_the_steps_lead_to_its_button(at_page: Open) -> None:
    with at_page(LACKING) as window:
        button = card_of(window).hand_over.copy.text().replace("&", "")
        assert f"the button “{button}” on this page" in window.page.told()


def test_card_when_mended_and_checked_again_then_the_request_goes(
    at_page: Open,
) -> None:
    with at_page(LACKING) as window:
        assert card_of(window).asks
        scope = window.desk.session.scope
        window.desk.session.scope = replace(scope, workloads=())  # nothing to be backed up any more
        window.desk.run.scan()
        settle(window)
        assert not card_of(window).asks
        assert "To grant:" not in window.page.told()


def test_card_when_the_other_cause_was_left_out_then_said_so(at_page: Open) -> None:
    with at_page(Behaviour()) as window:
        assert "was left out" not in window.page.told()
        scope = window.desk.session.scope
        window.desk.session.scope = replace(scope, causes=(CauseId.PERMISSIONS,))
        window.desk.run.scan()
        settle(window)
        window.go(CauseId.PERMISSIONS)
        settle(window)
        assert "The cause MS Graph Forbidden was left out" in window.page.told()
