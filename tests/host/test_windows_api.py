# SPDX-License-Identifier: MIT
"""Is the Windows border harmless elsewhere, and does it answer on Windows?"""

from __future__ import annotations

import importlib
import sys

import pytest


def test_windows_api_when_imported_elsewhere_then_nothing_of_windows_is_needed() -> None:
    module = importlib.import_module("wizard.host.windows_api")
    assert hasattr(module, "WindowsApi") == (sys.platform == "win32")


@pytest.mark.skipif(sys.platform != "win32", reason="asks a real Windows")
def test_windows_api_when_on_windows_then_every_question_is_answered() -> None:
    if sys.platform == "win32":
        from wizard.host.windows_api import WindowsApi

        api = WindowsApi()
        drive = api.drive("C:\\")
        assert drive.mount == "C:\\"
        assert 0 < drive.free_bytes <= drive.total_bytes
        assert "C:\\" in api.drives()
        assert api.services()
        key = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
        assert "CurrentBuild" in api.values(key)
        assert api.values(key + r"\No such key") == {}
        assert api.subkeys(r"HKLM\SOFTWARE\Microsoft")
        assert isinstance(api.is_admin(), bool)
