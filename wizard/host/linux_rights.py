# SPDX-License-Identifier: MIT
"""May an account make files in a folder, by owner, groups, mode and POSIX access list?

What a security module (SELinux, AppArmor) or a service's own sandbox forbids beyond that isn't
judged.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.host import linux_accounts, posix_acl
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.linux_accounts import Ids
from wizard.host.shown import printable

# Access lists of other kinds, kept by another computer or by rules that aren't read here.
_FOREIGN_LISTS = {"system.nfs4_acl", "system.richacl", "system.cifs_acl"}
_ENTER, _ENTER_AND_WRITE = 0o1, 0o3


@within(FILE_SECONDS)
def may_write(path: str, account: str) -> bool:
    """Enter every folder above, enter the folder itself, and write to it."""
    ids = linux_accounts.find(account)
    if ids is None:
        raise CannotCheck("error.host_rights_unread", path=printable(path), account=account)
    if ids.user == 0:  # mode, owner and list don't bind root
        return True
    folder = Path(os.path.realpath(path))
    try:
        return all(_allows(above, ids, account, _ENTER) for above in reversed(folder.parents)) and (
            _allows(folder, ids, account, _ENTER_AND_WRITE)
        )
    except OSError as error:
        told = failure_words.of(error)
        raise CannotCheck(
            "error.host_path_unreadable", path=printable(path), reason=told
        ) from error


def _allows(folder: Path, ids: Ids, account: str, wanted: int) -> bool:
    found = folder.stat()
    mode = stat.S_IMODE(found.st_mode)
    entries = _access_list(folder, account)
    # Without any bit of the group, which is then the list's mask, the kernel looks at no list.
    if entries and mode & stat.S_IRWXG:
        return posix_acl.allows(entries, found.st_uid, found.st_gid, ids, wanted)
    if found.st_uid == ids.user:
        mode >>= 6
    elif found.st_gid in ids.groups:
        mode >>= 3
    return mode & wanted == wanted


def _access_list(folder: Path, account: str) -> tuple[posix_acl.Entry, ...]:
    """The entries, empty where there is no list."""
    if sys.platform != "linux":
        return ()
    kept = set(os.listxattr(folder))
    known = posix_acl.ATTRIBUTE in kept
    entries = posix_acl.parsed(os.getxattr(folder, posix_acl.ATTRIBUTE)) if known else ()
    if entries is None or kept & _FOREIGN_LISTS:
        path = printable(str(folder))
        raise CannotCheck("error.host_rights_unread", path=path, account=account)
    return entries
