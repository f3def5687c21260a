# SPDX-License-Identifier: MIT
"""Pictures of the pages: one file each, in the size of the README."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import MakeSession
from wizard.gui import shots
from wizard.gui.theme import Theme


def test_every_page_gets_its_picture(
    qapp: QApplication, make_session: MakeSession, tmp_path: Path
) -> None:
    try:
        written = shots.take(make_session(sample="several"), tmp_path)
        dark = shots.take(make_session(), tmp_path, ["welcome"], dark=True)
    finally:
        Theme(qapp, dark=False)
    assert [path.name for path in written][:4] == [
        "01-welcome.png",
        "02-scope.png",
        "03-scan.png",
        "04-temp-folder.png",
    ]
    assert len(written) == 12
    images = [QImage(str(path)) for path in (*written, *dark)]
    assert {(image.width(), image.height()) for image in images} == {(1280, 800)}
    assert images[0].pixelColor(1270, 60).lightness() > 200
    assert [path.name for path in dark] == ["01-welcome-dark.png"]
    assert images[-1].pixelColor(1270, 60).lightness() < 60
