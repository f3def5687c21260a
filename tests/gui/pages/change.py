# SPDX-License-Identifier: MIT
"""The change page as its tests meet it: scanned, and with a settings file at hand."""

from __future__ import annotations

from pathlib import Path

from tests.gui.conftest import Answers, scanned, settle
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.arguments import ArgumentsPage

KEY = "system.transporter.modern.arguments"
BEFORE = "-XX:+UseG1GC -DtempPath=/opt/nakivo/transporter/java/tmp"
AFTER = "-XX:+UseG1GC -DtempPath=/data/dtmp"
CONTENT = f"first=1\n{KEY}={BEFORE}\nlast=é\n"


def at_change(window: MainWindow) -> MainWindow:
    scanned(window)
    window.go("arguments")
    settle(window)
    return window


def page_of(window: MainWindow) -> ArgumentsPage:
    assert isinstance(window.page, ArgumentsPage)
    return window.page


def take_from(file: Path, window: MainWindow, answers: Answers) -> ArgumentsPage:
    answers.path = str(file)
    page = page_of(window)
    page.source.from_file.click()
    settle(window)
    return page


def planned(window: MainWindow, folder: str = "/data/dtmp") -> ArgumentsPage:
    """The change by hand, read and at its first step."""
    page = page_of(window)
    page.source.current.setPlainText(BEFORE)
    page.source.folder.edit.setText(folder)
    page.source.room.ask_again()
    settle(window)
    page.preview.have_read.click()
    settle(window)
    return page


def go_to(window: MainWindow, step: str) -> None:
    """Go on by hand up to a step."""
    guided = page_of(window).guided
    for _ in range(20):
        if guided.step == step:
            break
        guided.on.click()
        settle(window)
    assert guided.step == step
