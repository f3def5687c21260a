# SPDX-License-Identifier: MIT
"""Welcome: what will be looked at, and the sample server where the product isn't here."""

from __future__ import annotations

from tests.gui.conftest import Answers, MakeSession, OpenWindow, settle
from wizard.demo.sample import open_sample
from wizard.errors import BadInput
from wizard.gui.banner import Banner
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.welcome import WelcomePage
from wizard.texts import Texts


def welcome(window: MainWindow) -> WelcomePage:
    assert isinstance(window.page, WelcomePage)
    return window.page


def test_without_the_product_the_welcome_page_opens_the_sample_server(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    asked: list[str] = []
    sample = make_session(sample="several")

    def switch(name: str) -> object:
        asked.append(name)
        return sample

    window = open_window(make_session(installed=False), switch_to_sample=switch)
    assert "open the sample server" in window.page.told()
    welcome(window).open_sample.click()
    settle(window)
    assert asked == ["several"]
    assert window.desk.session is sample
    assert window.findChild(Banner) is not None
    assert window.desk.flow.current == "welcome"


def test_a_failing_sample_server_is_told_and_the_window_stays(
    open_window: OpenWindow, make_session: MakeSession, answers: Answers
) -> None:
    def switch(name: str) -> object:
        raise BadInput("error.language", language=name, known="en")

    window = open_window(make_session(installed=False), switch_to_sample=switch)
    welcome(window).open_sample.click()
    settle(window)
    assert "no texts for the language" in answers.told[0]
    assert welcome(window).open_sample.isEnabled()


def test_what_will_be_looked_at_and_what_will_not_happen_is_said(open_window: OpenWindow) -> None:
    told = open_window().page.told()
    assert "What will be looked at" in told
    assert "Nothing is changed." in told
    assert "Nothing about this computer leaves it." in told


def test_the_installation_that_was_found_is_named(open_window: OpenWindow) -> None:
    window = open_window()
    assert "NAKIVO Backup & Replication is in /opt/nakivo" in window.page.told()
    assert not welcome(window).open_sample.isVisible()


def test_a_sample_server_offers_no_second_one(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    session = make_session(installed=False, sample="no-access")
    window = open_window(session, switch_to_sample=lambda _name: session)
    assert not welcome(window).open_sample.isVisible()
    assert "sample server" not in window.page.told()


def test_without_the_product_its_folder_can_be_chosen(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    window = open_window(make_session(installed=False))
    welcome(window).choose_folder.click()
    settle(window)
    assert window.desk.flow.current == "scope"


def test_a_folder_that_cannot_be_looked_into_is_not_called_missing(
    open_window: OpenWindow,
) -> None:
    with open_sample("no-access", Texts.load()) as session:
        window = open_window(session)
        assert "Could not look for the installation." in window.page.told()
        window.go_next()
        settle(window)
        assert "Could not look" in window.page.told()
        assert "Not found" not in window.page.told()
