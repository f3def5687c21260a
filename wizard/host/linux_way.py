# SPDX-License-Identifier: MIT
"""The way to a folder, step by step and held open: nobody can lead it elsewhere meanwhile."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from wizard.errors import Refused
from wizard.host import linux_accounts
from wizard.host.linux_mounts_of import MOST_LINKS
from wizard.host.shown import printable

if sys.platform == "linux":
    _STEP = os.O_PATH | os.O_NOFOLLOW
    _FOLDER = _STEP | os.O_DIRECTORY
else:
    _STEP = _FOLDER = 0


@contextmanager
def held(folder: str, trusted: int | None = None) -> Iterator[int]:
    """The folder, open for calls relative to it.

    Root acts with everybody's rights, so for root each folder and link on the way must belong to
    root or to the `trusted` account, and no folder be open to all.

    Raises:
        Refused: somebody else could have led the way.
        OSError: it isn't there, or can't be entered.
    """
    way = _Way(trusted)
    try:
        way.go(folder)
        yield way.here
    finally:
        os.close(way.here)


class _Way:
    def __init__(self, trusted: int | None) -> None:
        self.here = os.open("/", _FOLDER)
        self._is_root = sys.platform != "win32" and os.geteuid() == 0
        # In a container root's folders may show another number.
        self._trusted = {0, trusted, os.fstat(self.here).st_uid}
        self._links = 0

    def go(self, folder: str) -> None:
        """Follow the steps of an absolute path, and those of the links in it."""
        left = list(reversed(PurePosixPath(folder).parts))
        shown = folder
        while left:
            step = left.pop()
            below = os.open(step, _STEP, dir_fd=None if step == "/" else self.here)
            try:
                self._refuse_unsafe(below, shown)
                link = self._link(below, shown)
            except BaseException:
                os.close(below)
                raise
            if link is None:
                os.close(self.here)
                self.here = below
            else:
                os.close(below)
                left += reversed(PurePosixPath(link).parts)
        os.close(os.open(".", _FOLDER, dir_fd=self.here))  # the last one may be a file

    def _link(self, step: int, shown: str) -> str | None:
        """Where a link leads; None for what isn't one."""
        if not stat.S_ISLNK(os.fstat(step).st_mode):
            return None
        self._links += 1
        if self._links > MOST_LINKS:
            raise Refused("error.host_folder_links", path=printable(shown))
        return os.readlink("", dir_fd=step)

    def _refuse_unsafe(self, step: int, shown: str) -> None:
        found = os.fstat(step)
        if not self._is_root:
            return
        above = Path(f"/proc/self/fd/{step}").readlink()
        told = {"path": printable(shown), "above": printable(str(above))}
        if found.st_uid not in self._trusted:
            owner = linux_accounts.name(found.st_uid)
            raise Refused("error.host_folder_of_another", **told, owner=owner)
        if stat.S_ISDIR(found.st_mode) and found.st_mode & (stat.S_IWOTH | stat.S_ISVTX) == (
            stat.S_IWOTH
        ):
            raise Refused("error.host_folder_open_to_all", **told)
