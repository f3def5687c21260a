# SPDX-License-Identifier: MIT
"""A real file system of a chosen size, for tests of what a full disk does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MOUNT = shutil.which("mount") or "mount"
UMOUNT = shutil.which("umount") or "umount"
BLOCK = 4096  # the smallest step of a memory file system


@dataclass(frozen=True)
class SmallDisk:
    """A mounted file system."""

    point: Path

    def remount(self, options: str) -> None:
        """With another size, or read-only."""
        subprocess.run([MOUNT, "-o", f"remount,{options}", str(self.point)], check=True)

    def leave_free(self, free_bytes: int) -> None:
        """Fill it until exactly so much is free."""
        filler = self.point / "filler"
        filler.unlink(missing_ok=True)
        filler.touch()
        before = os.statvfs(self.point)
        size = before.f_bavail * before.f_frsize - free_bytes
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, size)
        after = os.statvfs(self.point)
        assert after.f_bavail * after.f_frsize == free_bytes


@contextmanager
def small_disk(point: Path, options: str, image: Path | None = None) -> Iterator[SmallDisk]:
    """Mounted there for as long as the `with` block; skips the test where nobody may mount.

    One in memory takes no room for what isn't written to it, however large its options make it;
    one in a file, an `image`, is a local disk.
    """
    point.mkdir()
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("mounting a file system needs root on Linux")
    what = ["-t", "tmpfs", "wizard-test"] if image is None else [str(image)]
    command = [MOUNT, "-o", options, *what, str(point)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this computer lets no such file system be mounted")
    try:
        yield SmallDisk(point)
    finally:
        subprocess.run([UMOUNT, "--lazy", str(point)], check=True)
