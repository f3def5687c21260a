# SPDX-License-Identifier: MIT
"""The program is told to end: what it made for the while goes, and the status says by what."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
SIGNALS = {signal.SIGTERM: 143, signal.SIGHUP: 129} if os.name != "nt" else {}


@pytest.fixture
def mute() -> Iterator[str]:
    """A proxy that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def started(place: Path, *words: str, before: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
    """The program, once its sample server is there."""
    environment = {**os.environ, "TMPDIR": str(place), "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        [*before, sys.executable, "-P", "-m", "wizard", "--demo", "healthy", *words],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    deadline = time.monotonic() + 20
    while not list(place.glob("*/sample-cloud.toml")) and time.monotonic() < deadline:
        time.sleep(0.01)
    return process


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("command", ["check", "export", "window"])
def test_program_when_told_to_end_then_leaves_nothing(
    number: signal.Signals, command: str, mute: str, tmp_path: Path
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    words = {
        "check": ("check", "--proxy", mute),
        "export": ("export", "--proxy", mute, "--output", str(tmp_path / "x.zip")),
        "window": (),
    }[command]
    process = started(place, *words)
    process.send_signal(number)
    process.send_signal(number)  # as by those who send twice
    _, told = process.communicate(timeout=20)
    assert (process.returncode, told) == (SIGNALS[number], b"")
    assert list(place.iterdir()) == []
    assert list(tmp_path.iterdir()) == [place]


def test_program_when_hanging_up_is_ignored_then_goes_on(mute: str, tmp_path: Path) -> None:
    process = started(tmp_path, "check", "--proxy", mute, before=("nohup",))
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 143
