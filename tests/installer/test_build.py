# SPDX-License-Identifier: MIT
"""The build as a command: what can't be made is said, and is a failure for who asked for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.places import ROOT

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="leaves tools out as only Linux has them"
)


def build(tmp_path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The build where no tool is on PATH, but the one that PyInstaller can't be loaded without."""
    (tmp_path / "ldd").symlink_to(str(shutil.which("ldd")))
    environment = {**os.environ, "PATH": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "installer.build", *options]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("system", "tool"), [("linux", "dpkg-deb"), ("windows", "unshare")])
def test_build_when_a_system_is_asked_for_that_cant_be_made_then_fails_and_says_why(
    tmp_path: Path, system: str, tool: str
) -> None:
    result = build(tmp_path, "--only", system)
    assert result.returncode == 1
    assert result.stdout.startswith("Not built: ")
    assert tool in result.stdout or "root" in result.stdout
    assert result.stderr == ""


def test_build_when_all_is_asked_for_and_a_part_cant_be_made_then_fails(tmp_path: Path) -> None:
    result = build(tmp_path, "--all")
    assert (result.returncode, result.stdout[:11]) == (1, "Not built: ")
