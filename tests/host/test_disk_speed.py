# SPDX-License-Identifier: MIT
"""Is a disk's speed measured by a real file that never stays, and never where room is short?"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.host.test_linux_volumes import tmpfs
from wizard.errors import CannotCheck, Refused
from wizard.host import disk_speed
from wizard.host.live import live_host

__all__ = ["tmpfs"]
MB = 1 << 20


def test_write_speed_when_there_is_room_then_a_speed_and_nothing_is_left(tmp_path: Path) -> None:
    told = live_host().write_speed(str(tmp_path), 5 * MB + 7, threading.Event(), keep_free_bytes=MB)
    assert told.size_bytes == 5 * MB + 7
    assert told.bytes_per_second == pytest.approx(told.size_bytes / told.seconds)
    assert list(tmp_path.iterdir()) == []


def test_write_speed_when_too_little_would_stay_free_then_refused(tmpfs: Path) -> None:
    with pytest.raises(Refused) as told:
        live_host().write_speed(str(tmpfs), 4 * MB, threading.Event(), keep_free_bytes=5 * MB)
    assert told.value.text == "error.host_no_room"
    assert list(tmpfs.iterdir()) == []


def test_measure_when_the_disk_is_full_meanwhile_then_cannot_check_and_nothing_is_left(
    tmpfs: Path,
) -> None:
    with pytest.raises(CannotCheck) as told:
        disk_speed.measure(
            str(tmpfs), 16 * MB, threading.Event(), free_bytes=1 << 40, keep_free_bytes=0
        )
    assert told.value.text == "error.host_not_written"
    assert list(tmpfs.iterdir()) == []


def test_measure_when_the_person_gives_up_then_it_ends_and_nothing_is_left(tmp_path: Path) -> None:
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    began = time.monotonic()
    with pytest.raises(CannotCheck) as told:
        disk_speed.measure(str(tmp_path), 1 << 40, cancel, free_bytes=1 << 50, keep_free_bytes=0)
    assert told.value.text == "error.host_given_up"
    assert time.monotonic() - began < 3
    await_nothing_in(tmp_path)


def await_nothing_in(folder: Path) -> None:
    """The writing thread removes its file itself, in its own time."""
    end = time.monotonic() + 10
    while list(folder.iterdir()) and time.monotonic() < end:
        time.sleep(0.02)
    assert list(folder.iterdir()) == []


def test_measure_when_the_program_is_killed_meanwhile_then_nothing_is_left(tmp_path: Path) -> None:
    script = f"""
import sys; sys.path[:] = {sys.path!r}
import threading
from wizard.host import disk_speed
print("begins", flush=True)
disk_speed.measure({str(tmp_path)!r}, 1 << 40, threading.Event(), free_bytes=1 << 50,
                   keep_free_bytes=0)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        free = shutil.disk_usage(tmp_path).free
        end = time.monotonic() + 10
        while shutil.disk_usage(tmp_path).free > free - 8 * MB and time.monotonic() < end:
            time.sleep(0.01)
        running.kill()
    assert list(tmp_path.iterdir()) == []


def test_measure_when_the_folder_is_missing_then_cannot_check(tmp_path: Path) -> None:
    with pytest.raises(CannotCheck):
        disk_speed.measure(
            str(tmp_path / "no"), 1, threading.Event(), free_bytes=9, keep_free_bytes=0
        )
