# SPDX-License-Identifier: MIT
"""May an account make files in a folder, by owner, groups and mode?"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from wizard.errors import CannotCheck
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.shown import printable, reason

if sys.platform != "win32":
    import grp
    import pwd

_ACCESS_LIST = "system.posix_acl_access"


@within(FILE_SECONDS)
def may_write(path: str, account: str) -> bool:
    """Enter every folder above, enter the folder itself, and write to it."""
    user, groups = _ids(account, path)
    folder = Path(os.path.realpath(path))
    if user == 0:  # mode and owner don't bind root
        return True
    way = reversed(folder.parents)
    try:
        return all(_allows(above, user, groups, 0o1) for above in way) and _allows(
            folder, user, groups, 0o3
        )
    except OSError as error:
        told = reason(error)
        raise CannotCheck(
            "error.host_path_unreadable", path=printable(path), reason=told
        ) from error


def _ids(account: str, path: str) -> tuple[int, frozenset[int]]:
    if sys.platform == "win32":
        raise CannotCheck("error.host_rights_unread", path=path, account=account)
    try:
        user = pwd.getpwnam(account)
    except KeyError:  # an account of a directory that doesn't answer, or a bare number
        raise CannotCheck("error.host_rights_unread", path=path, account=account) from None
    own = {group.gr_gid for group in grp.getgrall() if account in group.gr_mem}
    return user.pw_uid, frozenset({user.pw_gid, *own})


def _allows(folder: Path, user: int, groups: frozenset[int], wanted: int) -> bool:
    """Whether the mode gives what is wanted; an access list beside it is not judged."""
    found = folder.stat()
    if sys.platform == "linux" and _ACCESS_LIST in os.listxattr(folder):
        raise CannotCheck("error.host_rights_unread", path=str(folder), account=str(user))
    mode = stat.S_IMODE(found.st_mode)
    if found.st_uid == user:
        mode >>= 6
    elif found.st_gid in groups:
        mode >>= 3
    return mode & wanted == wanted
