# SPDX-License-Identifier: MIT
"""Real file systems of chosen sizes, where they can be mounted."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Mount = Callable[..., Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts file systems of any size below the test's folder: `options` as mount -o takes them.

    Skipped, with the reason, where mounting isn't allowed. Room in memory is taken only by what is
    written; a file system in a file (`image`) is a local disk, one in memory isn't.
    """
    command, unmount = shutil.which("mount"), shutil.which("umount")
    if command is None or unmount is None:
        pytest.skip("there is no mount command here")
    mounted: list[Path] = []

    def mount_at(name: str, options: str, image: Path | None = None) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        words = ["-t", "tmpfs", "-o", options, "tmpfs"] if image is None else ["-o", options, image]
        ran = subprocess.run([command, *words, folder], capture_output=True, text=True, check=False)
        if ran.returncode:
            pytest.skip(f"a file system can't be mounted here: {ran.stderr.strip()}")
        mounted.append(folder)
        return folder

    yield mount_at
    for folder in reversed(mounted):
        subprocess.run([unmount, str(folder)], check=True)


@pytest.fixture
def small_disk(mount: Mount) -> Path:
    """64 kB of its own."""
    return mount("disk", "size=64k")


@pytest.fixture
def local_disk(mount: Mount, tmp_path: Path) -> Path:
    """A real ext4 of 12 GB in a file that takes no room."""
    maker = shutil.which("mkfs.ext4") or shutil.which("mkfs.ext4", path="/sbin:/usr/sbin")
    if maker is None:
        pytest.skip("there is no mkfs.ext4 here")
    image = tmp_path / "disk.image"
    with image.open("wb") as file:
        file.truncate(12 << 30)
    subprocess.run([maker, "-q", "-m", "0", image], check=True, capture_output=True)
    return mount("ext4", "loop", image)
