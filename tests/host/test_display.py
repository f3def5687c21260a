# SPDX-License-Identifier: MIT
"""Whether a window can be shown is found out without losing the process."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from wizard.errors import WindowUnavailable
from wizard.host import display
from wizard.texts import Texts

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt's plug-ins on Linux")


def reason(environment: dict[str, str]) -> WindowUnavailable:
    with pytest.raises(WindowUnavailable) as raised:
        display.require_window(environment)
    return raised.value


@linux
def test_a_platform_without_a_screen_is_fine() -> None:
    display.require_window({"QT_QPA_PLATFORM": "offscreen"})


@linux
@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}])
def test_without_a_screen_that_is_told(environment: dict[str, str], texts: Texts) -> None:
    error = reason(environment)
    assert error.text == "window.no_display"
    assert "no screen here" in texts.summary(error)


@linux
def test_a_platform_whose_part_is_missing_is_told_by_its_name(texts: Texts) -> None:
    error = reason({"QT_QPA_PLATFORM": "nosuch"})
    assert error.text == "window.no_qt"
    assert "libqnosuch.so" in texts.summary(error)


@linux
def test_a_missing_library_is_told_by_its_name_in_the_built_program_too(
    texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FrozenLibrary:
        """Loads as PyInstaller's stand-in does: its own error first, the linker's as the cause."""

        def __init__(self, name: str) -> None:
            try:
                raise OSError("libxcb-cursor.so.0: cannot open shared object file")
            except OSError as error:
                raise OSError(f"Failed to load dynlib/dll {name!r}.") from error

    monkeypatch.setattr("ctypes.CDLL", FrozenLibrary)
    error = reason({"DISPLAY": ":4711"})
    assert "libxcb-cursor.so.0" in texts.summary(error)
    assert "dynlib" not in texts.summary(error)


@linux
def test_a_screen_that_does_not_answer_is_told(texts: Texts) -> None:
    error = reason({"DISPLAY": ":4711"})
    # Where the X libraries are missing, that is what is told.
    assert error.text in {"window.display_silent", "window.no_qt"}
    if error.text == "window.display_silent":
        assert ":4711" in texts.summary(error)


def test_a_wayland_screen_is_a_socket_in_the_runtime_folder(tmp_path: Path) -> None:
    place = display.wayland_socket("screen", {"XDG_RUNTIME_DIR": str(tmp_path)})
    assert not place.is_socket()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(place))
        assert place.is_socket()
