# SPDX-License-Identifier: MIT
"""Can a window be shown here? Asked before Qt is loaded, since Qt ends the process when it can't.

Qt's own platform plug-in is loaded as it would load it, which names the very library that is
missing; then the screen is asked for a connection. Both cost a few milliseconds and are harmless.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from wizard.errors import WindowUnavailable

_NEEDS_A_SCREEN = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}
_PLUG_INS = {"wayland": "wayland-generic"}


def require_window(environment: Mapping[str, str] | None = None) -> None:
    """Return where a window can be shown.

    Raises:
        WindowUnavailable: there is no screen, it doesn't answer, or a library is missing.
    """
    if not sys.platform.startswith("linux"):
        return
    given = os.environ if environment is None else environment
    chosen = given.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    if chosen and chosen not in _NEEDS_A_SCREEN:
        _load_plug_in(chosen)
        return
    names = [chosen] if chosen else list(_NEEDS_A_SCREEN)
    named = [name for name in names if given.get(_NEEDS_A_SCREEN[name])]
    if not named:
        raise WindowUnavailable("window.no_display")
    _require_any(named, given)


def _require_any(platforms: list[str], given: Mapping[str, str]) -> None:
    """Qt tries one after the other; what keeps the first of them from working is told."""
    first: WindowUnavailable | None = None
    for name in platforms:
        try:
            _load_plug_in(name)
            _require_answer(name, given)
        except WindowUnavailable as reason:
            first = first or reason
        else:
            return
    if first is not None:
        raise first


def _load_plug_in(name: str) -> None:
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        raise WindowUnavailable("window.no_qt", reason="PySide6")
    folder = Path(spec.submodule_search_locations[0], "Qt", "plugins", "platforms")
    plug_in = folder / f"libq{_PLUG_INS.get(name, name)}.so"
    try:
        ctypes.CDLL(str(plug_in))
    except OSError as error:
        # The built program's loader puts its own error before the one that names the library.
        reason = str(error.__cause__ or error)
        raise WindowUnavailable("window.no_qt", reason=reason) from None


def _require_answer(name: str, given: Mapping[str, str]) -> None:
    screen = given[_NEEDS_A_SCREEN[name]]
    answers = _x11_answers(screen) if name == "xcb" else wayland_socket(screen, given).is_socket()
    if not answers:
        raise WindowUnavailable("window.display_silent", display=screen)


def _x11_answers(screen: str) -> bool:
    """Whether the X server takes a connection.

    The connection stays open until the process ends: a server without other clients resets itself
    when the last one leaves, and would turn Qt away in that moment.
    """
    xcb = ctypes.CDLL("libxcb.so.1")  # there: the plug-in has just been loaded with it
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(screen.encode(), None)
    return not xcb.xcb_connection_has_error(connection)


def wayland_socket(screen: str, given: Mapping[str, str]) -> Path:
    """Where a Wayland compositor listens."""
    return Path(given.get("XDG_RUNTIME_DIR", "/"), screen)
