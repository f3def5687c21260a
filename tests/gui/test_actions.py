# SPDX-License-Identifier: MIT
"""The buttons beside the steps do what causes.toml says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from tests.gui.conftest import Answers, MakeSession, OpenWindow, scanned, settle
from wizard.gui import actions
from wizard.gui.main_window import MainWindow
from wizard.product import Product


class Opened(QObject):
    """Takes the place of the file manager and the browser."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.urls.append(url.toLocalFile() or url.toString())


@pytest.fixture
def opened() -> Iterator[Opened]:
    taker = Opened()
    for scheme in ("file", "https"):
        QDesktopServices.setUrlHandler(scheme, taker, "open")  # type: ignore[arg-type] # takes text
    yield taker
    for scheme in ("file", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return scanned(open_window())


def press(window: MainWindow, action: str) -> None:
    button = actions.make_button(window.desk, action, "Do this.")
    assert button is not None
    button.click()
    settle(window)
    button.deleteLater()


def test_copy_takes_the_temporary_folder_that_is_in_use_and_not_the_default(
    window: MainWindow,
) -> None:
    press(window, "copy:temp_folder")
    assert QGuiApplication.clipboard().text() == "/data/tmp"


def test_copy_takes_a_constant_of_the_product(window: MainWindow, product: Product) -> None:
    press(window, "copy:max_heap_setting")
    assert QGuiApplication.clipboard().text() == product.facts.max_heap_setting.value


@pytest.mark.parametrize(
    ("action", "opens"),
    [
        ("open-folder", "/data/tmp"),
        ("open-logs", "/opt/nakivo/transporter/bh-logs"),
        ("open-settings", "https://localhost:4443/"),
    ],
)
def test_open_shows_the_folder_or_the_page(
    window: MainWindow, opened: Opened, action: str, opens: str
) -> None:
    press(window, action)
    assert opened.urls == [opens]


def test_page_goes_to_the_page(window: MainWindow) -> None:
    press(window, "page:export")
    assert window.desk.flow.current == "export"


def test_without_the_product_the_buttons_say_why_they_cannot(
    open_window: OpenWindow, make_session: MakeSession, answers: Answers
) -> None:
    window = scanned(open_window(make_session(installed=False)))
    press(window, "open-logs")
    press(window, "copy:temp_folder")
    assert len(answers.told) == 2


def test_a_step_for_a_person_has_no_button(window: MainWindow) -> None:
    assert actions.make_button(window.desk, "none", "Ask somebody.") is None


def test_every_action_in_the_data_makes_a_button(window: MainWindow, product: Product) -> None:
    for cause in product.causes:
        for step in cause.steps:
            button = actions.make_button(window.desk, step.action, step.id)
            assert (button is None) == (step.action in {"none", actions.RECHECK})
