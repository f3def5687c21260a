# SPDX-License-Identifier: MIT
"""Which volume holds a path on Windows, what kind is it, and how much is free?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PureWindowsPath

from wizard.errors import CannotCheck
from wizard.host.base import Volume, VolumeKind
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.windows_system import Drive, WindowsSystem

# As the documentation of GetDriveTypeW numbers them.
_KINDS = {
    2: VolumeKind.REMOVABLE,
    3: VolumeKind.LOCAL,
    4: VolumeKind.NETWORK,
    5: VolumeKind.REMOVABLE,
    6: VolumeKind.MEMORY,
}
# FILE_READ_ONLY_VOLUME of GetVolumeInformationW.
_READ_ONLY = 0x00080000


def volume(path: str, system: WindowsSystem, exists: Callable[[str], bool]) -> Volume:
    """The volume of a path; of a missing one, that of its nearest existing parent."""
    existing = _nearest_existing(path, exists)
    source = f"GetDiskFreeSpaceEx {existing}" + ("" if existing == path else f" (for {path})")
    return _volume(within(FILE_SECONDS)(system.drive)(existing), source)


def _nearest_existing(path: str, exists: Callable[[str], bool]) -> str:
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
        yield _volume(drive, f"GetDiskFreeSpaceEx {root}")


def _volume(drive: Drive, source: str) -> Volume:
    return Volume(
        mount=drive.mount,
        kind=_KINDS.get(drive.type, VolumeKind.UNKNOWN),
        file_system=drive.file_system,
        total_bytes=drive.total_bytes,
        free_bytes=drive.free_bytes,
        read_only=bool(drive.flags & _READ_ONLY),
        source=source,
    )
