# SPDX-License-Identifier: MIT
"""Does a path lead a process to the same folder as this program? In a container it may not.

Nor for a service with a root or temporary folder of its own.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from wizard.errors import CannotCheck
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.shown import printable, reason


@within(FILE_SECONDS)
def same_folder(path: str, pid: int) -> bool:
    """Whether it is one folder for both, or missing for both; CannotCheck when it can't be told."""
    process = Path("/proc", str(pid))
    try:
        if _same_view(process):
            return True
        inside, own = _found(path, process / "root"), _found(path, Path("/"))
    except (OSError, ValueError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        raise CannotCheck("error.host_path_unreadable", path=printable(path), reason=told) from None
    if inside is None or own is None:
        return inside is own
    return os.path.samestat(inside, own)


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
