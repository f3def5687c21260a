# SPDX-License-Identifier: MIT
"""How much memory is there on Linux, and does a control group allow less?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from wizard.host.base import Memory

CGROUP_ROOT = Path("/sys/fs/cgroup")
OWN_CGROUP = Path("/proc/self/cgroup")


@dataclass(frozen=True)
class _Version:
    """The file names of one version of the control group interface."""

    limit: str
    used: str
    cache: str  # a key of memory.stat: what the kernel gives back when it is needed


_V1 = _Version("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
_V2 = _Version("memory.max", "memory.current", "inactive_file")


@dataclass(frozen=True)
class Limit:
    """The tightest limit that applies to this program."""

    limit_bytes: int
    available_bytes: int
    file: str


def memory(cgroup_root: Path = CGROUP_ROOT, own_cgroup: Path = OWN_CGROUP) -> Memory:
    """Installed and available memory, or the control group's where that is less."""
    installed = psutil.virtual_memory()
    limits = limits_of(cgroup_root, own_cgroup)
    tightest = min(limits, key=lambda found: found.limit_bytes, default=None)
    if tightest is None or tightest.limit_bytes >= installed.total:
        return Memory(installed.total, installed.available, "/proc/meminfo")
    available = min(installed.available, tightest.available_bytes)
    return Memory(tightest.limit_bytes, available, tightest.file)


def limits_of(cgroup_root: Path, own_cgroup: Path) -> Iterator[Limit]:
    """All limits on this program's control group and the groups around it."""
    try:
        lines = own_cgroup.read_text(encoding="utf-8").splitlines()
    except OSError:  # a kernel without control groups has no such limit
        return
    for line in lines:
        _number, controllers, group = line.split(":", 2)
        if controllers == "":
            yield from _along(cgroup_root, group, _V2)
        elif "memory" in controllers.split(","):
            yield from _along(cgroup_root / "memory", group, _V1)


def _along(base: Path, group: str, version: _Version) -> Iterator[Limit]:
    """Limits from the base down; in a container the outer part of the path isn't there."""
    folder = base
    for name in ("", *filter(None, group.split("/"))):
        folder = folder / name
        limit = _number(folder / version.limit)
        if limit is not None:
            used = (_number(folder / version.used) or 0) - _stat(folder, version.cache)
            yield Limit(limit, max(0, limit - used), str(folder / version.limit))


def _number(file: Path) -> int | None:
    try:
        text = file.read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None  # "max": no limit


def _stat(folder: Path, key: str) -> int:
    try:
        lines = (folder / "memory.stat").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{key} ")), 0)
