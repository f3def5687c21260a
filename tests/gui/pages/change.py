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
