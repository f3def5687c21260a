# SPDX-License-Identifier: MIT
"""Is the right volume found, with what an ordinary account may use of it?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wizard.errors import CannotCheck
from wizard.host import linux_volumes
from wizard.host.base import VolumeKind
from wizard.host.linux_volumes import Mount

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="asks a real Linux")

TYPES = linux_volumes.known_types()
SIZE = 8 << 20
MOUNT = shutil.which("mount") or "mount"
UMOUNT = shutil.which("umount") or "umount"


@pytest.fixture
def tmpfs(tmp_path: Path) -> Iterator[Path]:
    """A real file system of a known size."""
    point = tmp_path / "small volume"
    point.mkdir()
    command = [MOUNT, "-t", "tmpfs", "-o", f"size={SIZE}", "wizard-test", str(point)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    yield point
    subprocess.run([UMOUNT, str(point)], check=True)


def mount(point: str, kind: str = "ext4", device: str = "/dev/none", options: str = "rw") -> Mount:
    return Mount(point, device, kind, frozenset(options.split(",")))


def test_volume_when_a_file_fills_part_of_it_then_exactly_the_rest_is_free(tmpfs: Path) -> None:
    (tmpfs / "file").write_bytes(b"x" * (3 << 20))
    told = linux_volumes.volume(str(tmpfs), TYPES)
    assert told.mount == str(tmpfs)
    assert (told.total_bytes, told.free_bytes) == (SIZE, SIZE - (3 << 20))
    assert told.kind is VolumeKind.MEMORY
    assert told.source == f"statvfs {tmpfs}"


def test_volume_when_the_folder_is_missing_then_its_nearest_parent_and_says_so(tmpfs: Path) -> None:
    told = linux_volumes.volume(str(tmpfs / "not" / "there"), TYPES)
    assert told.mount == str(tmpfs)
    assert told.source == f"statvfs {tmpfs} (for {tmpfs}/not/there)"


def test_volume_when_a_link_leads_elsewhere_then_the_volume_behind_it(
    tmpfs: Path, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(tmpfs)
    assert linux_volumes.volume(str(tmp_path / "link"), TYPES).mount == str(tmpfs)


def test_volume_when_it_was_mounted_read_only_then_told(tmpfs: Path) -> None:
    subprocess.run([MOUNT, "-o", "remount,ro", str(tmpfs)], check=True)
    assert linux_volumes.volume(str(tmpfs), TYPES).read_only


def test_volumes_when_listed_then_the_real_ones_and_no_kernel_folders(tmpfs: Path) -> None:
    mounts = {volume.mount: volume for volume in linux_volumes.volumes(TYPES)}
    assert mounts[str(tmpfs)].total_bytes == SIZE
    assert "/" in mounts
    assert not {"/proc", "/sys", "/dev"} & set(mounts)


@pytest.mark.parametrize(
    ("point", "is_skipped"),
    [
        ("/dev/hugepages", True),
        ("/run/netns", True),
        ("/boot", True),
        ("/", False),
        ("/running", False),
        ("/run/media/anna/DISK", False),
        ("/data", False),
    ],
)
def test_mount_when_in_a_folder_of_the_system_then_is_no_place_for_files(
    point: str, is_skipped: bool
) -> None:
    assert linux_volumes.is_of_system(point, TYPES) is is_skipped


def test_volume_when_the_path_is_relative_then_cannot_check() -> None:
    with pytest.raises(CannotCheck) as told:
        linux_volumes.volume("tmp", TYPES)
    assert told.value.text == "error.host_relative_path"


def test_mount_of_when_mounts_nest_then_the_deepest_and_latest_wins() -> None:
    mounts = [mount("/"), mount("/opt"), mount("/opt/nakivo", "xfs"), mount("/opt/nakivo", "nfs4")]
    assert linux_volumes.mount_of("/opt/nakivo/transporter", mounts).file_system == "nfs4"
    assert linux_volumes.mount_of("/opt/nakivo2", mounts).point == "/opt"


def test_mount_of_when_nothing_covers_the_path_then_cannot_check() -> None:
    with pytest.raises(CannotCheck):
        linux_volumes.mount_of("/opt", [mount("/srv")])


@pytest.mark.parametrize(
    ("file_system", "kind"),
    [
        ("xfs", VolumeKind.LOCAL),
        ("cifs", VolumeKind.NETWORK),
        ("fuse.sshfs", VolumeKind.NETWORK),
        ("tmpfs", VolumeKind.MEMORY),
        ("fuse.something", VolumeKind.UNKNOWN),
    ],
)
def test_kind_of_when_the_file_system_tells_then_that(file_system: str, kind: Any) -> None:
    assert linux_volumes.kind_of(mount("/x", file_system), TYPES) is kind


def test_kind_of_when_the_kernel_marks_the_disk_removable_then_told(tmp_path: Path) -> None:
    disk = tmp_path / "devices" / "sdb"
    (disk / "sdb1").mkdir(parents=True)
    (disk / "removable").write_text("1\n")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "sdb1").symlink_to(disk / "sdb1")
    stick = mount("/mnt", "ext4", "/dev/sdb1")
    assert linux_volumes.kind_of(stick, TYPES, tmp_path / "class") is VolumeKind.REMOVABLE
    (disk / "removable").write_text("0\n")
    assert linux_volumes.kind_of(stick, TYPES, tmp_path / "class") is VolumeKind.LOCAL
