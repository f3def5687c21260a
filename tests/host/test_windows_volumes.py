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


@pytest.mark.parametrize(
    ("device", "for_all", "kind"),
    [
        (r"\Device\HarddiskVolume3", {}, VolumeKind.LOCAL),
        (r"\??\C:\Temp", {}, VolumeKind.SESSION),
        (r"\??\C:\Temp", {"e:": r"\??\C:\Temp"}, VolumeKind.SESSION),
        (r"\??\C:\Temp", {"d:": r"\??\C:\Temp"}, VolumeKind.LOCAL),  # made when Windows starts
    ],
)
def test_volume_when_its_letter_stands_for_another_path_then_only_this_session_has_it(
    device: str, for_all: dict[str, str], kind: VolumeKind
) -> None:
    key = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\DOS Devices"
    windows = WrittenWindows(all_drives=DRIVES, devices={"D:": device}, registry={key: for_all})
    assert windows_volumes.volume("D:\\Dtmp", windows, lambda _: True).kind is kind


def test_volume_when_a_session_letter_leads_to_a_share_then_network_all_the_same() -> None:
    windows = WrittenWindows(all_drives=DRIVES, devices={"X:": r"\??\UNC\server\share"})
    assert windows_volumes.volume("X:\\t", windows, lambda _: True).kind is VolumeKind.NETWORK


def test_volume_when_the_registry_is_closed_then_rather_session_than_good() -> None:
    windows = WrittenWindows(
        all_drives=DRIVES, devices={"D:": r"\??\C:\Temp"}, closed_keys=("HKLM",)
    )
    assert windows_volumes.volume("D:\\t", windows, lambda _: True).kind is VolumeKind.SESSION
