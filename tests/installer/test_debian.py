# SPDX-License-Identifier: MIT
"""Libraries and tools of the system: brought, or named."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from installer import debian
from installer.errors import SetupError


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system packages are Linux's")
def test_qt_when_a_library_is_missing_without_root_then_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "is_root", lambda: False)
    monkeypatch.setitem(debian.QT_LIBRARIES, "libnot-there.so.9", "libnot-there9")
    stamp = tmp_path / "stamp"
    with pytest.raises(SetupError, match="apt-get install libnot-there9"):
        debian.set_up_qt(stamp, required=True)
    assert not stamp.exists()


def test_tools_when_one_is_missing_without_root_then_names_the_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(debian, "is_root", lambda: False)
    debian.set_up_tools({"no-such-tool": "package-of-it", "sh": "dash"})
    said = capsys.readouterr().err
    assert "package-of-it" in said
    assert "dash" not in said
