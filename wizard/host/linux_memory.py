# SPDX-License-Identifier: MIT
"""How much memory is there on Linux, and does a container or control group allow less?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wizard.host.base import Memory

CGROUP_ROOT = Path("/sys/fs/cgroup")
PROCESSES = Path("/proc")


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
    """The limit of one control group."""

    limit_bytes: int
    available_bytes: int
    file: str


def memory(cgroup_root: Path = CGROUP_ROOT) -> Memory:
    """Installed and available memory, or the container's where that is less.

    Only a container has a limit at the root of what it sees; this program's own group, which
    whoever started it may have limited, says nothing of the computer.
    """
    import psutil  # noqa: PLC0415 - the first window needs none of it

    roots = [*_along(cgroup_root, "", _V2), *_along(cgroup_root / "memory", "", _V1)]
    installed = psutil.virtual_memory()
    return _tightest(roots, installed.total, installed.available) or Memory(
        installed.total, installed.available, "/proc/meminfo"
    )


def limit_of(
    groups: str, cgroup_root: Path = CGROUP_ROOT, installed: int | None = None
) -> Memory | None:
    """The limit on a process with these control groups; None where it isn't below `installed`."""
    import psutil  # noqa: PLC0415 - the first window needs none of it

    system = psutil.virtual_memory()
    limits = list(limits_of(cgroup_root, groups))
    return _tightest(limits, installed or system.total, system.available)


def groups_of(pid: int, processes: Path = PROCESSES) -> str:
    """The control groups of a process as the kernel writes them; empty where it can't be read."""
    try:
        return (processes / str(pid) / "cgroup").read_text(encoding="utf-8", errors="replace")
    except OSError:  # ended meanwhile, or a kernel without control groups
        return ""


def _tightest(limits: list[Limit], total: int, available: int) -> Memory | None:
    least = min(limits, key=lambda found: found.limit_bytes, default=None)
    if least is None or least.limit_bytes >= total:
        return None
    return Memory(least.limit_bytes, min(available, least.available_bytes), least.file)


def limits_of(cgroup_root: Path, groups: str) -> Iterator[Limit]:
    """All limits on a process's control groups and the groups around them."""
    lines = [line for line in groups.splitlines() if line.count(":") >= 2]
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
