# SPDX-License-Identifier: MIT
"""Options that name files: what is wrong with one is said before anything is asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.dead_mount import dead_mount
from wizard.cli.terminal import ExitStatus


@pytest.mark.parametrize("option", ["--arguments-file", "--certificate"])
def test_check_when_a_named_file_lies_on_a_dead_disk_then_told_soon(
    option: str, tmp_path: Path
) -> None:
    with dead_mount(tmp_path) as folder:
        command = [sys.executable, "-P", "-m", "wizard", "check", "--offline"]
        done = subprocess.run(
            [*command, option, folder / "file"],
            capture_output=True, text=True, check=False, timeout=20,
        )  # fmt: skip
    assert done.returncode == ExitStatus.UNKNOWN
    assert f"no answer about {folder / 'file'} within 4 seconds" in done.stderr
