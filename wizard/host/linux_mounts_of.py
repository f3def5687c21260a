# SPDX-License-Identifier: MIT
"""Where does a path lead a process: to the same as this program? In a container it may not.

Nor for a service with a root or temporary folder of its own.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePosixPath

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.shown import printable

MOST_LINKS = 40  # as the kernel has it


@within(FILE_SECONDS)
def same_folder(path: str, pid: int) -> bool:
    """Whether it is one folder for both, or missing for both; CannotCheck when it can't be told."""
    process = Path("/proc", str(pid))
    try:
        if _same_view(process):
            return True
        inside, own = _found(path, process / "root"), _found(path, Path("/"))
    except (OSError, ValueError) as error:
        told = failure_words.of(error)
        raise CannotCheck("error.host_path_unreadable", path=printable(path), reason=told) from None
    if inside is None or own is None:
        return inside is own
    return os.path.samestat(inside, own)


@within(FILE_SECONDS)
def seen_path(path: str, pid: int) -> str:
    """Where this program finds what the process finds at an absolute path.

    Links are followed as the process does it: the system would follow them from our root.

    Raises:
        CannotCheck: the process is gone, or hides what it sees from this account.
    """
    process = Path("/proc", str(pid))
    try:
        return path if _same_view(process) else str(_inside(process / "root", path))
    except (OSError, ValueError) as error:
        told = failure_words.of(error)
        raise CannotCheck("error.host_path_unreadable", path=printable(path), reason=told) from None


def _inside(root: Path, path: str) -> Path:
    """A path below a root, free of links as far as it is there."""
    left = list(reversed(PurePosixPath(path).parts[1:]))
    found: list[str] = []
    links = 0
    root.stat()
    while left:
        part = left.pop()
        if part == "..":
            del found[-1:]
            continue
        here = root.joinpath(*found, part)
        if not here.is_symlink():
            found.append(part)
            continue
        links += 1
        if links > MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        target = PurePosixPath(here.readlink())
        if target.is_absolute():
            found.clear()
        left += reversed([part for part in target.parts if part != "/"])
    return root.joinpath(*found)


def _same_view(process: Path) -> bool:
    """Whether it has our mounts and our root, so that every path means the same."""
    return all(
        os.path.samestat((process / part).stat(), Path("/proc/self", part).stat())
        for part in ("ns/mnt", "root")
    )


def _found(path: str, root: Path) -> os.stat_result | None:
    """What lies there below a root; None: nothing.

    A link in it would lead from our root, not from that one: then nothing is known.
    """
    here = root
    found = here.stat()
    for part in PurePosixPath(path).parts[1:]:
        here = here / part
        try:
            found = here.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        if stat.S_ISLNK(found.st_mode):
            if root == Path("/"):
                found = here.stat()
                continue
            raise CannotCheck("error.host_link_inside", path=printable(path))
    return found
