# SPDX-License-Identifier: MIT
"""Pictures of all pages for a look and for the README: python -m wizard.gui.shots FOLDER."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from wizard import flow
from wizard.demo import sample
from wizard.gui import start
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.arguments import ArgumentsPage
from wizard.gui.theme import Theme
from wizard.session import Session
from wizard.texts import Texts

SIZE = (1280, 800)
LONGEST_S = 120.0


def take(
    session: Session,
    folder: Path,
    pages: Collection[str] | None = None,
    *,
    scale: float = 1.0,
    dark: bool = False,
) -> list[Path]:
    """Walk the pages of a session, write a PNG of each, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    theme = Theme(start.make_application(), dark=dark, scale=scale)
    window = MainWindow(session, theme)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*SIZE)
    window.show()
    _walk_to_the_diagnosis(window)
    wanted = [page for page in window.desk.flow.pages() if pages is None or page in pages]
    written = []
    for number, page in enumerate(wanted, start=1):
        window.go(page)
        _settle(window)
        _fill_in(window)
        path = folder / f"{number:02d}-{page}{'-dark' if dark else ''}.png"
        window.grab().save(str(path))
        written.append(path)
    window.close()
    return written


def _walk_to_the_diagnosis(window: MainWindow) -> None:
    _settle(window)
    for _ in flow.BEFORE[1:]:
        window.go_next()
        _settle(window)


def _fill_in(window: MainWindow) -> None:
    """Take the best place on the change page, so that its picture shows a change."""
    if isinstance(window.page, ArgumentsPage) and window.page.source.places.table.rowCount():
        window.page.source.places.table.taken.emit(0)
        window.page.source.room.ask_again()
        _settle(window)


def _settle(window: MainWindow) -> None:
    """Hand over answers until the window has nothing to do; here nobody clicks meanwhile."""
    last = time.monotonic() + LONGEST_S
    while window.bridge.active and time.monotonic() < last:
        time.sleep(0.02)
        window.bridge.drain()
    for _ in range(3):  # laying out wrapped text takes a second round
        QApplication.processEvents()


def main() -> int:
    """Pictures of a sample server."""
    parser = argparse.ArgumentParser(description="Write a picture of every page of the window.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--demo", default="several", help="sample server")
    parser.add_argument("--page", action="append", help="only this page (repeatable)")
    parser.add_argument("--scale", type=float, default=1.0, help="times the usual type size")
    parser.add_argument("--dark", action="store_true", help="the dark colours")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with sample.open_sample(options.demo, Texts.load()) as session:
        shots = take(session, options.folder, options.page, scale=options.scale, dark=options.dark)
    print("\n".join(map(str, shots)))  # noqa: T201 - a task on a terminal
    return 0


if __name__ == "__main__":
    sys.exit(main())
