# SPDX-License-Identifier: MIT
"""What is left out of the folder: only what nothing here uses."""

from __future__ import annotations

import pytest

from installer import contents


@pytest.mark.parametrize(
    "name",
    [
        "PySide6\\opengl32sw.dll",
        "PySide6\\Qt6Network.dll",
        "PySide6\\plugins\\platforms\\qoffscreen.dll",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6\\plugins\\imageformats\\qtiff.dll",
        "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "PySide6\\translations\\qtbase_fr.qm",
        "resources/pictures/01-temp-folder.png",
    ],
)
def test_file_when_nothing_uses_it_then_is_left_out(name: str) -> None:
    assert not contents.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6\\Qt6Core.dll",
        "PySide6\\Qt6Svg.dll",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6\\plugins\\imageformats\\qsvg.dll",
        "PySide6\\translations\\qtbase_de.qm",
        "resources/icons/app.svg",
        "_ssl.pyd",
        "cryptography\\hazmat\\bindings\\_rust.pyd",
    ],
)
def test_file_when_the_program_uses_it_then_stays(name: str) -> None:
    assert contents.is_wanted(name)
