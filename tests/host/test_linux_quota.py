# SPDX-License-Identifier: MIT
"""Are the kernel's quotas read rightly, and is "none" told apart from "could not look"?"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.test_linux_volumes import tmpfs
from wizard.errors import CannotCheck
from wizard.host import linux_quota, linux_volumes
from wizard.host.linux_quota import Limits

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks a real Linux")

__all__ = ["tmpfs"]
ROOT = Path(__file__).parents[2]
TYPES = linux_volumes.known_types()
NOBODY = 65534
MB = 1 << 20


def answer(*numbers: int) -> bytes:
    """As the kernel fills it in: eight numbers, which of them count, and the structure's end."""
    return struct.pack("=8QII", *numbers, 0x3F, 0)


def test_decoded_when_limits_are_set_then_space_in_bytes_and_files() -> None:
    space, files = linux_quota.decoded(answer(8000, 5000, 3 * MB, 100, 0, 40, 0, 0))
    assert (space.limit, space.used, space.free) == (8000 * 1024, 3 * MB, 8000 * 1024 - 3 * MB)
    assert (files.limit, files.used, files.free) == (100, 40, 60)


@pytest.mark.parametrize(
    ("limits", "limit", "free"),
    [
        (Limits(hard=0, soft=0, used=5, grace_end=0), None, None),
        (Limits(hard=0, soft=9, used=5, grace_end=0), 9, 4),
        (Limits(hard=20, soft=9, used=12, grace_end=int(time.time()) + 3600), 20, 8),
        (Limits(hard=20, soft=9, used=12, grace_end=int(time.time()) - 3600), 9, 0),
    ],
)
def test_limits_when_soft_ones_are_passed_then_only_after_the_days_of_grace(
    limits: Limits, limit: int | None, free: int | None
) -> None:
    assert (limits.limit, limits.free) == (limit, free)


def test_quota_when_none_is_kept_then_none(tmp_path: Path) -> None:
    assert linux_quota.quota(str(tmp_path / "not there"), "nobody", TYPES) is None


def test_quota_when_a_file_system_in_memory_keeps_none_then_none(tmpfs: Path) -> None:
    assert linux_quota.quota(str(tmpfs), "nobody", TYPES) is None


def test_quota_when_the_file_system_has_limits_of_its_own_then_cannot_check() -> None:
    with pytest.raises(CannotCheck) as told:
        linux_quota.quota("/proc/self", "nobody", TYPES)
    assert told.value.text == "error.host_quota_unread"


def test_quota_when_the_account_is_unknown_then_cannot_check(tmp_path: Path) -> None:
    with pytest.raises(CannotCheck) as told:
        linux_quota.quota(str(tmp_path), "no-such-account", TYPES)
    assert told.value.text == "error.host_account_unknown"


# A kernel that runs as a program, with this computer's files and quotas of its own.
KERNEL, INSMOD = shutil.which("linux.uml"), shutil.which("insmod")
FIRST_PROCESS = """#!/bin/sh
export PATH={path}
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t tmpfs -o size=600m tmpfs /mnt
insmod "$(find /usr/lib/uml/modules -name 'loop.ko*')"
cd '{project}'
'{python}' -m pytest -rs -k a_real_volume --basetemp=/mnt/tests '{tests}'
echo "status $?"
halt -f
"""


@pytest.mark.full
@pytest.mark.skipif(
    os.geteuid() != 0 or not (KERNEL and INSMOD),
    reason="no kernel to run as a program (Debian: user-mode-linux, kmod)",
)
def test_quota_when_another_kernel_keeps_some_then_they_are_read_there(tmp_path: Path) -> None:
    first = tmp_path / "init"
    first.write_text(
        FIRST_PROCESS.format(
            path=os.environ["PATH"], project=ROOT, python=sys.executable, tests=__file__
        )
    )
    first.chmod(0o755)
    root = ["root=/dev/root", "rootfstype=hostfs", "rw", f"init={first}"]
    words = [str(KERNEL), "mem=1G", *root, "con=null", "con0=fd:0,fd:1", "quiet"]
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=50, check=False
    )
    assert "status 0" in done.stdout, done.stdout
    assert "SKIPPED" not in done.stdout, done.stdout


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Path]:
    """A real XFS on which nobody may hold 8 MB and 50 files, and holds 3 MB."""
    image, point = tmp_path / "disk", tmp_path / "volume"
    point.mkdir()
    with image.open("wb") as file:
        file.truncate(400 * MB)
    steps = (
        ["mkfs.xfs", "-q", str(image)],
        ["mount", "-o", "loop,usrquota,grpquota", str(image), str(point)],
        ["setquota", "-u", "nobody", "0", "8192", "0", "50", str(point)],
    )
    try:
        for step in steps:
            run(step)
        (point / "held").write_bytes(bytes(3 * MB))
        os.chown(point / "held", NOBODY, 0)
        os.sync()
        yield point
    finally:
        if os.path.ismount(point):
            run(["umount", str(point)])


def run(step: list[str]) -> None:
    if not shutil.which(step[0]):
        pytest.skip(f"{step[0]} isn't installed (Debian: quota, xfsprogs)")
    done = subprocess.run(step, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no real quota can be made here: {done.stderr.strip()[:200]}")


def test_quota_when_a_real_volume_limits_the_account_then_its_numbers(limited: Path) -> None:
    told = linux_quota.quota(str(limited / "new"), "nobody", TYPES)
    assert told is not None
    assert (told.limit_bytes, told.used_bytes) == (8 * MB, 3 * MB)
    assert (told.free_bytes, told.free_files) == (5 * MB, 49)
    assert told.source == f"quotactl {limited} user {NOBODY}"
    assert linux_quota.quota(str(limited), "daemon", TYPES) is None  # holds nothing there yet
    assert linux_quota.quota(str(limited), "root", TYPES) is None


def test_quota_when_a_real_volume_limits_whoever_comes_then_also_an_account_without_files(
    limited: Path,
) -> None:
    run(["xfs_quota", "-x", "-c", "limit -u bhard=2m ihard=9 -d", str(limited)])
    told = linux_quota.quota(str(limited), "daemon", TYPES)
    assert told is not None
    assert (told.limit_bytes, told.used_bytes, told.free_files) == (2 * MB, 0, 9)
    assert (
        linux_quota.quota(str(limited), "root", TYPES) is None
    )  # XFS keeps it under root's number
