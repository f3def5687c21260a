# SPDX-License-Identifier: MIT
"""Libraries and tools of the system: brought, or named."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol

import pytest

from installer import debian
from installer.errors import SetupError

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="system packages are Linux's"
)


class Programs(Protocol):
    """Puts a program on an otherwise empty PATH, for root or for somebody else."""

    def __call__(self, name: str, script: str, *, root: bool) -> None: ...


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    monkeypatch.setenv("PATH", str(tmp_path))

    def put(name: str, script: str, *, root: bool) -> None:
        monkeypatch.setattr(debian, "is_root", lambda: root)
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)

    return put


@pytest.fixture
def missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(debian.QT_LIBRARIES, "libnot-there.so.9", "libnot-there9")


@pytest.mark.usefixtures("missing_library")
def test_qt_when_a_library_is_missing_without_root_then_names_the_package(
    path: Programs, tmp_path: Path
) -> None:
    path("apt-get", "", root=False)
    stamp = tmp_path / "stamp"
    with pytest.raises(SetupError, match=r"(?s)Only root .*apt-get install libnot-there9"):
        debian.set_up_qt(stamp, required=True)
    assert not stamp.exists()


@pytest.mark.usefixtures("missing_library")
def test_qt_when_apt_fails_and_text_will_do_then_says_why_and_goes_on(
    path: Programs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path("apt-get", "echo E: no network >&2; exit 100", root=True)
    debian.set_up_qt(tmp_path / "stamp", required=False)
    said = capsys.readouterr().err
    assert "apt-get update failed: E: no network" in said
    assert "walks you through in text" in said
    assert not (tmp_path / "stamp").exists()


@pytest.mark.usefixtures("missing_library")
def test_qt_when_apt_brings_the_library_then_is_remembered(path: Programs, tmp_path: Path) -> None:
    path("apt-get", f'echo "$@" >>{tmp_path}/asked', root=True)
    debian.set_up_qt(tmp_path / "stamp", required=True)
    assert (tmp_path / "stamp").exists()
    update, install = (tmp_path / "asked").read_text().splitlines()
    assert update == "update -q"
    assert install.endswith("libnot-there9")


@pytest.mark.parametrize(
    ("name", "root", "reason"),
    [
        ("apt-get", False, "Only root may install them."),
        ("apt-get", True, "apt-get update failed: E: no network"),
        ("another", True, "There is no apt-get here"),
    ],
)
def test_tools_when_one_is_missing_then_names_the_package_and_why_it_isnt_brought(
    path: Programs, capsys: pytest.CaptureFixture[str], name: str, root: bool, reason: str
) -> None:
    path(name, "echo E: no network >&2; exit 100", root=root)
    path("sh", "", root=root)
    debian.set_up_tools({"no-such-tool": "package-of-it", "sh": "dash"})
    said = capsys.readouterr().err
    assert reason in said
    assert "sudo apt-get install package-of-it\n" in said
    assert "dash" not in said
