# SPDX-License-Identifier: MIT
"""The window's entry says why there is no window, before Qt can end the process."""

from __future__ import annotations

import sys

import pytest

from wizard import app, product
from wizard.errors import WindowUnavailable
from wizard.host.recorded import RecordedHost
from wizard.session import Session
from wizard.texts import Texts


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a screen")
def test_without_a_screen_no_window_is_tried(monkeypatch: pytest.MonkeyPatch, texts: Texts) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    facts = {"system": "linux", "os": "Debian", "name": "backup01", "is_admin": False}
    session = Session(RecordedHost({"facts": facts}), product.load(), texts, only_checks=[])
    with pytest.raises(WindowUnavailable) as raised:
        app.run_window(session)
    assert raised.value.text == "window.no_display"
