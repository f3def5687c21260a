# SPDX-License-Identifier: MIT
"""Real file systems of chosen sizes, where they can be mounted."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.small_disk import small_disk as mounted

Mount = Callable[..., Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts file systems below the test's folder: a name, options, perhaps an image."""
    with ExitStack() as stack:

        def mount_at(name: str, options: str, image: Path | None = None) -> Path:
            return stack.enter_context(mounted(tmp_path / name, options, image)).point

        yield mount_at


@pytest.fixture
def small_disk(mount: Mount) -> Path:
    """64 kB of its own."""
    return mount("disk", "size=64k")


@pytest.fixture
def local_disk(mount: Mount, tmp_path: Path) -> Path:
    """A real ext4 of 12 GB in a file that takes no room."""
    maker = shutil.which("mkfs.ext4", path="/sbin:/usr/sbin:/bin:/usr/bin")
    if maker is None:
        pytest.skip("there is no mkfs.ext4 here")
    image = tmp_path / "disk.image"
    with image.open("wb") as file:
        file.truncate(12 << 30)
    subprocess.run([maker, "-q", "-m", "0", image], check=True, capture_output=True)
    return mount("ext4", "loop", image)
