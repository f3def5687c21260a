# SPDX-License-Identifier: MIT
"""The folder for a change by hand: made with a receipt, and removed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.gui.conftest import OpenWindow, settle
from tests.gui.pages.change import at_change, page_of
from wizard.demo.sample import open_sample
from wizard.errors import Refused
from wizard.fixes import receipt
from wizard.fixes.receipt import FolderReceipt
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.arguments import ArgumentsPage
from wizard.texts import Texts


@pytest.fixture
def window(open_window: OpenWindow) -> Iterator[MainWindow]:
    with open_sample("temp-folder-full", Texts.load()) as session:
        yield at_change(open_window(session))


@pytest.fixture
def folder(window: MainWindow) -> Path:
    return Path(window.desk.session.settings_file or "").parent / "data" / "dtmp"


def by_hand(window: MainWindow, folder: Path) -> ArgumentsPage:
    page = page_of(window)
    page.by_hand.click()
    page.source.folder.edit.setText(str(folder))
    page.source.room.pause.timeout.emit()
    settle(window)
    return page


def test_the_folder_is_offered_only_once_the_change_was_read(
    window: MainWindow, folder: Path
) -> None:
    page = by_hand(window, folder)
    assert not page.maker.make.isVisible()
    page.preview.have_read.click()
    settle(window)
    assert page.maker.make.isVisible()
    assert page.guided.isVisible()


def test_the_folder_is_made_with_a_receipt_and_removed_again(
    window: MainWindow, folder: Path, tmp_path: Path
) -> None:
    page = by_hand(window, folder)
    page.preview.have_read.click()
    settle(window)
    page.maker.make.click()
    settle(window)
    settle(window)
    assert folder.is_dir()
    assert page.preview.is_read
    assert not page.maker.make.isVisible()
    (file,) = (tmp_path / "data" / "receipts").iterdir()
    kept = receipt.read_any(file)
    assert isinstance(kept, FolderReceipt)
    assert kept.folder.path == str(folder)
    assert str(file) in page.maker.result.text()
    page.maker.remove.click()
    settle(window)
    settle(window)
    assert not folder.exists()
    assert "is removed" in page.maker.result.text()
    assert page.maker.make.isVisible()


def test_a_folder_that_has_files_by_now_is_not_removed(window: MainWindow, folder: Path) -> None:
    page = by_hand(window, folder)
    page.preview.have_read.click()
    settle(window)
    page.maker.make.click()
    settle(window)
    (folder / "item.part").touch()
    page.maker.remove.click()
    settle(window)
    assert "1 file or folder is in it" in page.maker.result.text()
    assert (folder / "item.part").exists()


def test_a_folder_that_may_not_be_made_from_here_is_told_with_its_command(
    window: MainWindow, folder: Path
) -> None:
    page = by_hand(window, folder)
    page.preview.have_read.click()
    settle(window)
    told = {"folder": str(folder), "reason": "Permission denied", "command": "sudo install -d x"}
    page.maker._fail(Refused("arguments.error.folder_by_hand", **told))
    assert "Permission denied" in page.maker.result.text()
    assert "sudo install -d x" in page.maker.result.text()
    page.maker.copy.click()
    assert QGuiApplication.clipboard().text() == "sudo install -d x"


def test_a_folder_goes_with_the_change_by_hand_that_is_put_back(
    window: MainWindow, folder: Path
) -> None:
    page = by_hand(window, folder)
    page.preview.have_read.click()
    settle(window)
    page.maker.make.click()
    settle(window)
    settle(window)
    assert folder.is_dir()
    page.guided._turn_back()
    settle(window)
    while not page.guided.is_over:
        page.guided.on.click()
        settle(window)
    assert "was not looked at" in page.guided.end.headline.text()
    assert not folder.exists()
    assert not page.maker.remove.isVisible()


def test_start_without_the_folder_is_warned_of(window: MainWindow, folder: Path) -> None:
    page = by_hand(window, folder)
    page.preview.have_read.click()
    settle(window)
    while page.guided.step != "start":
        page.guided.on.click()
        settle(window)
    assert page.guided.order.folder.isVisible()
    assert f"There is no folder {folder}" in page.guided.order.folder.headline.text()


def test_a_folder_that_came_meanwhile_is_not_made_and_that_is_told(
    window: MainWindow, folder: Path, tmp_path: Path
) -> None:
    page = by_hand(window, folder)
    page.preview.have_read.click()
    settle(window)
    folder.mkdir()
    page.maker.make.click()
    settle(window)
    assert "is not what the preview showed" in page.maker.result.text()
    assert not (tmp_path / "data" / "receipts").exists()
