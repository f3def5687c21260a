# SPDX-License-Identifier: MIT
"""Which file system holds a path on Linux, what kind is it, and how much is free?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wizard import codec, failure_words, resources
from wizard.errors import CannotCheck
from wizard.host import files
from wizard.host.base import Volume, VolumeKind
from wizard.host.deadline import FILE_SECONDS, within

PLUGGED_IN = "/run/media"
BLOCK_DEVICES = Path("/sys/class/block")


@dataclass(frozen=True)
class FileSystems:
    """File system types by what they mean for temporary files."""

    local: frozenset[str]
    network: frozenset[str]
    memory: frozenset[str]
    pseudo: frozenset[str]
    system_folders: frozenset[str]
    plain_quotas: frozenset[str]


def known_types() -> FileSystems:
    """The shipped list."""
    return codec.from_plain(resources.read_toml("file_systems.toml"), FileSystems)


@dataclass(frozen=True)
class Mount:
    """One line of the mount table."""

    point: str
    device: str
    file_system: str
    options: frozenset[str]


def mount_table() -> tuple[Mount, ...]:
    """All mounts, in the order in which they were made."""
    import psutil  # noqa: PLC0415 - the first window needs none of it

    return tuple(
        Mount(part.mountpoint, part.device, part.fstype, frozenset(part.opts.split(",")))
        for part in psutil.disk_partitions(all=True)
    )


def volume(path: str, types: FileSystems) -> Volume:
    """The volume of a path; of a missing one, that of its nearest existing parent."""
    existing = nearest_existing(path, files.exists)
    source = f"statvfs {existing}" + ("" if existing == path else f" (for {path})")
    return within(FILE_SECONDS)(_measured)(mount_behind(existing), existing, types, source)


def mount_behind(existing: str) -> Mount:
    """The mount that holds an existing path, behind all links."""
    return mount_of(files.real_path(existing), mount_table())


def volumes(types: FileSystems) -> tuple[Volume, ...]:
    """All volumes that may hold files and that answer."""
    return tuple(_all(types))


def _all(types: FileSystems) -> Iterator[Volume]:
    last_mounted = {mount.point: mount for mount in mount_table()}
    for point, mount in last_mounted.items():
        if mount.file_system in types.pseudo or is_of_system(point, types):
            continue
        try:
            found = within(FILE_SECONDS)(_measured)(mount, point, types, f"statvfs {point}")
        except CannotCheck:  # a dead share or another account's mount is no place for files
            continue
        if found.total_bytes:
            yield found


def is_of_system(point: str, types: FileSystems) -> bool:
    """Whether a mount lies in a folder of the system itself, and not one that people plug in."""
    path = PurePosixPath(point)
    inside = any(path.is_relative_to(folder) for folder in types.system_folders)
    return inside and not path.is_relative_to(PLUGGED_IN)


def nearest_existing(path: str, exists: Callable[[str], bool]) -> str:
    """The path itself or the first folder above it that is there."""
    if not PurePosixPath(path).is_absolute():
        raise CannotCheck("error.host_relative_path", path=path)
    for candidate in (path, *map(str, PurePosixPath(path).parents)):
        if exists(candidate):
            return candidate
    raise CannotCheck("error.host_no_volume", path=path)


def mount_of(path: str, mounts: Sequence[Mount]) -> Mount:
    """The mount that covers a path: the deepest, and of two in one place the later one."""
    covering = [m for m in mounts if PurePosixPath(path).is_relative_to(m.point)]
    if not covering:
        raise CannotCheck("error.host_no_volume", path=path)
    deepest = max(len(PurePosixPath(mount.point).parts) for mount in covering)
    return [m for m in covering if len(PurePosixPath(m.point).parts) == deepest][-1]


def _measured(mount: Mount, path: str, types: FileSystems, source: str) -> Volume:
    import psutil  # noqa: PLC0415 - the first window needs none of it

    try:
        usage = psutil.disk_usage(path)
        free_inodes = _free_inodes(path)
    except OSError as error:
        told = failure_words.of(error)
        raise CannotCheck("error.host_path_unreadable", path=path, reason=told) from error
    return Volume(
        mount=mount.point,
        kind=kind_of(mount, types),
        file_system=mount.file_system,
        total_bytes=usage.total,
        free_bytes=usage.free,
        read_only="ro" in mount.options,
        source=source,
        free_inodes=free_inodes,
    )


def _free_inodes(path: str) -> int | None:
    """How many more files an ordinary account can make; some file systems set no number."""
    if sys.platform == "win32":
        return None
    found = os.statvfs(path)
    return found.f_favail if found.f_files else None


def kind_of(mount: Mount, types: FileSystems, block_devices: Path = BLOCK_DEVICES) -> VolumeKind:
    """What a mount is, by its file system and by what the kernel says of its device."""
    if mount.file_system in types.network:
        return VolumeKind.NETWORK
    if mount.file_system in types.memory:
        return VolumeKind.MEMORY
    if _is_removable(mount.device, block_devices):
        return VolumeKind.REMOVABLE
    return VolumeKind.LOCAL if mount.file_system in types.local else VolumeKind.UNKNOWN


def _is_removable(device: str, block_devices: Path) -> bool:
    """The kernel keeps the mark at the whole disk, one level above a partition."""
    block = (block_devices / PurePosixPath(device).name).resolve()
    marks = (block / "removable", block.parent / "removable")
    return any(mark.is_file() and mark.read_text(encoding="ascii").strip() == "1" for mark in marks)
