# SPDX-License-Identifier: MIT
"""Streams and signals as schedulers, pipes and full disks leave them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

WIZARD = (sys.executable, "-P", "-m", "wizard")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="shell redirections are POSIX's")


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = " ".join(WIZARD)
    return subprocess.run(
        ["/bin/sh", "-c", line.replace("wizard", command, 1)],
        env={**os.environ, "DISPLAY": "", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("wizard list >/dev/full", 3),
        ("wizard check --demo healthy --offline >/dev/full", 3),
        ("wizard check --demo nope 2>/dev/full", 3),
        ("wizard check --demo healthy --offline >/dev/null 2>&-", 0),
        ("wizard check --demo healthy --offline 0<&-", 0),
        ("wizard check --demo healthy --offline >&- 2>&-", 0),
    ],
)
def test_stream_when_full_or_closed_then_no_traceback(line: str, status: int) -> None:
    result = shell(line)
    assert result.returncode == status
    assert "Traceback" not in result.stderr


def test_stdout_when_its_reader_leaves_then_silent() -> None:
    assert shell("wizard check --demo several | head -1").stderr == ""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_output_when_encoding_is_small_then_is_made_to_fit(encoding: str) -> None:
    for arguments in ("check --demo several", "check --demo several --format json", "list"):
        result = shell(f"wizard {arguments}", PYTHONIOENCODING=encoding)
        assert result.returncode in (0, 2)
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize("option", ["--install-dir", "--log", "--ca-file", "--certificate"])
def test_path_when_it_can_not_be_looked_at_then_a_sentence(option: str) -> None:
    result = shell(f"wizard check {option} {'x' * 5000}")
    assert (result.returncode, "Traceback" in result.stderr) == (3, False)
    assert "can't be looked at" in result.stderr


def test_sigterm_when_running_then_the_sample_folder_goes(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [*WIZARD, "--demo", "healthy", "check", "--log", "/dev/zero"]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 20
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert list(tmp_path.iterdir()) == []
    assert b"Traceback" not in err


def test_temporary_directory_when_missing_or_full_then_a_sentence() -> None:
    result = shell("wizard check --demo healthy", TMPDIR="/proc/1/fd")
    assert "Traceback" not in result.stderr
