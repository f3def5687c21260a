# SPDX-License-Identifier: MIT
"""Is a process in another network, or on other file systems, than this program? Containers are."""

from __future__ import annotations

from pathlib import Path

NETWORK, FILES = "net", "mnt"
_OWN = "self"


def apart(pid: int) -> tuple[str, ...]:
    """The kinds in which the process is elsewhere; none where that is hidden or doesn't exist."""
    return tuple(kind for kind in (NETWORK, FILES) if _differs(pid, kind))


def _differs(pid: int, kind: str) -> bool:
    own, theirs = _named(_OWN, kind), _named(str(pid), kind)
    return bool(own and theirs and own != theirs)


def _named(process: str, kind: str) -> str:
    """The system's name of a namespace; hidden along with the variables of a process."""
    try:
        return str(Path(f"/proc/{process}/ns/{kind}").readlink())
    except OSError:
        return ""
