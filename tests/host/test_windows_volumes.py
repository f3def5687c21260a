# SPDX-License-Identifier: MIT
"""Is a Windows volume told with its kind, its free space and where that was measured?"""

from __future__ import annotations

import pytest

from tests.host.windows_system import WrittenWindows
from wizard.errors import CannotCheck
from wizard.host import windows_volumes
from wizard.host.base import VolumeKind
from wizard.host.windows_system import Drive

DRIVES = {
    "C:\\": Drive("C:\\", 3, "NTFS", 0x03E706FF, 100, 60),
    "D:\\": Drive("D:\\", 3, "ReFS", 0x00080000, 100, 80),
    "X:\\": Drive("X:\\", 4, "NTFS", 0, 100, 90),
    "R:\\": Drive("R:\\", 6, "NTFS", 0, 100, 5),
}
WINDOWS = WrittenWindows(all_drives=DRIVES)


def test_volume_when_the_folder_is_missing_then_its_nearest_parent_and_says_so() -> None:
    told = windows_volumes.volume("C:\\A\\B", WINDOWS, lambda path: path == "C:\\")
    assert (told.mount, told.kind, told.free_bytes) == ("C:\\", VolumeKind.LOCAL, 60)
    assert told.source == "GetDiskFreeSpaceEx C:\\ (for C:\\A\\B)"
    assert not told.read_only


def test_volume_when_its_flags_say_read_only_then_told() -> None:
    told = windows_volumes.volume("D:\\Dtmp", WINDOWS, lambda _: True)
    assert told.read_only
    assert told.source == "GetDiskFreeSpaceEx D:\\Dtmp"


@pytest.mark.parametrize("path", ["Dtmp", "D:Dtmp", "\\Dtmp"])
def test_volume_when_the_path_is_not_complete_then_cannot_check(path: str) -> None:
    with pytest.raises(CannotCheck) as told:
        windows_volumes.volume(path, WINDOWS, lambda _: True)
    assert told.value.text == "error.host_relative_path"


def test_volume_when_the_drive_is_not_there_then_cannot_check() -> None:
    with pytest.raises(CannotCheck):
        windows_volumes.volume("Q:\\x", WINDOWS, lambda _: False)


def test_volumes_when_one_does_not_answer_then_the_others_with_their_kinds() -> None:
    kinds = {volume.mount: volume.kind for volume in windows_volumes.volumes(WINDOWS)}
    assert kinds == {
        "C:\\": VolumeKind.LOCAL,
        "D:\\": VolumeKind.LOCAL,
        "X:\\": VolumeKind.NETWORK,
        "R:\\": VolumeKind.MEMORY,
    }
