# SPDX-License-Identifier: MIT
"""Looking for new files from the window: real files in a sample server, until it is ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.gui.conftest import OpenWindow, settle
from tests.gui.pages.change import at_change, page_of
from wizard.demo.sample import open_sample
from wizard.fixes import plan
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.folder_watching import FolderWatching
from wizard.texts import Texts


def until(window: MainWindow, is_so: Callable[[], bool]) -> None:
    last = time.monotonic() + 15
    while not is_so():
        assert time.monotonic() < last
        time.sleep(0.01)
        window.bridge.drain()
        QApplication.processEvents()


def test_files_that_appear_while_watched_end_it_with_the_answer(open_window: OpenWindow) -> None:
    with open_sample("temp-folder-moved", Texts.load()) as session:
        window = at_change(open_window(session))
        root = Path(session.settings_file or "").parent
        watching = FolderWatching(window.desk)
        page_of(window).column.addWidget(watching)
        made = plan.make("-Dfile.encoding=UTF-8", str(root / "data" / "tmp"), session.product)
        watching.expect(made)
        watching.show()
        watching.button.click()
        until(window, lambda: "Looking for new files" in watching.progress.text())
        assert watching.button.text() == "Stop loo&king"
        (root / "data" / "tmp" / "a").write_bytes(b"mail")
        settle(window)
        assert watching.seen is not None
        assert watching.seen.is_good
        assert "Files appear in" in watching.result.headline.text()


def test_looking_can_be_ended_and_then_says_what_was_seen(open_window: OpenWindow) -> None:
    with open_sample("temp-folder-moved", Texts.load()) as session:
        window = at_change(open_window(session))
        root = Path(session.settings_file or "").parent
        watching = FolderWatching(window.desk)
        page_of(window).column.addWidget(watching)
        watching.expect(plan.make("-Xmx1g", str(root / "data" / "tmp"), session.product))
        watching.button.click()
        until(window, lambda: watching.bar.maximum() == 600)
        watching.button.click()
        settle(window)
        assert "No file appeared" in watching.result.headline.text()
        assert not watching.busy


def test_a_folder_that_cannot_be_seen_is_no_answer(open_window: OpenWindow) -> None:
    window = at_change(open_window())
    watching = FolderWatching(window.desk)
    watching.expect(plan.make("-Xmx1g", "/not/recorded", window.desk.session.product))
    watching.button.click()
    settle(window)
    assert watching.seen is None
    assert "/not/recorded" in watching.result.headline.text()
