# SPDX-License-Identifier: MIT
"""Which volume holds a path on Windows, what kind is it, and how much is free?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PureWindowsPath

from wizard.errors import CannotCheck
from wizard.host.base import Volume, VolumeKind
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.windows_system import NETWORK_DRIVE, Drive, WindowsSystem

# As the documentation of GetDriveTypeW numbers them.
_KINDS = {
    2: VolumeKind.REMOVABLE,
    3: VolumeKind.LOCAL,
    NETWORK_DRIVE: VolumeKind.NETWORK,
    5: VolumeKind.REMOVABLE,
    6: VolumeKind.MEMORY,
}
# FILE_READ_ONLY_VOLUME of GetVolumeInformationW.
_READ_ONLY = 0x00080000
# SOURCE: Microsoft, QueryDosDeviceW, DefineDosDeviceW.
_ANOTHER_PATH = "\\??\\"
_FOR_ALL = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\DOS Devices"


def volume(path: str, system: WindowsSystem, exists: Callable[[str], bool]) -> Volume:
    """The volume of a path; of a missing one, that of its nearest existing parent."""
    existing = nearest_existing(path, exists)
    source = f"GetDiskFreeSpaceEx {existing}" + ("" if existing == path else f" (for {path})")
    return _volume(within(FILE_SECONDS)(system.drive)(existing), source, system)


def nearest_existing(path: str, exists: Callable[[str], bool]) -> str:
    """The path itself or the first folder above it that is there."""
    if not PureWindowsPath(path).is_absolute():
        raise CannotCheck("error.host_relative_path", path=path)
    for candidate in (path, *map(str, PureWindowsPath(path).parents)):
        if exists(candidate):
            return candidate
    raise CannotCheck("error.host_no_volume", path=path)


def volumes(system: WindowsSystem) -> tuple[Volume, ...]:
    """All volumes that answer: an empty card reader and a dead share don't."""
    return tuple(_all(system))


def _all(system: WindowsSystem) -> Iterator[Volume]:
    for root in system.drives():
        try:
            drive = within(FILE_SECONDS)(system.drive)(root)
        except CannotCheck:
            continue
        yield _volume(drive, f"GetDiskFreeSpaceEx {root}", system)


def _volume(drive: Drive, source: str, system: WindowsSystem) -> Volume:
    return Volume(
        mount=drive.mount,
        kind=_kind(drive, system),
        file_system=drive.file_system,
        total_bytes=drive.total_bytes,
        free_bytes=drive.free_bytes,
        read_only=bool(drive.flags & _READ_ONLY),
        source=source,
    )


def _kind(drive: Drive, system: WindowsSystem) -> VolumeKind:
    """A letter that stands for another path is only there for whoever made it; see SUBST.

    Those that the registry makes when Windows starts are there for services, too.
    """
    letter = PureWindowsPath(drive.mount).drive
    if drive.type != NETWORK_DRIVE and system.device(letter).startswith(_ANOTHER_PATH):
        try:
            for_all = system.values(_FOR_ALL)
        except CannotCheck:  # closed: rather one place too few than one that no service sees
            for_all = {}
        if letter.upper() not in map(str.upper, for_all):
            return VolumeKind.SESSION
    return _KINDS.get(drive.type, VolumeKind.UNKNOWN)
