# SPDX-License-Identifier: MIT
"""Makes a folder on Linux and gives it to the account that will write there."""

from __future__ import annotations

import os
import sys

from wizard.errors import CannotCheck, Refused
from wizard.host import folders, linux_accounts, linux_rights
from wizard.host.acts import FolderMade
from wizard.host.shown import printable, reason


def make(path: str, account: str | None) -> FolderMade:
    """Make it; the account owns it, so mode 0770 gives it everything and others nothing.

    Raises:
        Refused: it can't be made, or not be given away; none is left behind.
    """
    folders.make(path)
    try:
        owner = _given(path, account)
        if account is not None and not _reaches(path, account):
            raise Refused("error.host_folder_out_of_reach", path=printable(path), account=account)
    except Refused:
        folders.remove(path)
        raise
    return FolderMade(path, owner, f"{folders.MODE:04o}")


def _given(path: str, account: str | None) -> str:
    """The owner's name. The folder is held open: nobody can put a link in its place meanwhile."""
    ids = None if account is None else linux_accounts.find(account)
    if account is not None and ids is None:
        raise Refused("error.host_account_unknown", account=account)
    try:
        folder = os.open(path, os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            return linux_accounts.name(_owned(folder, ids))
        finally:
            os.close(folder)
    except OSError as error:
        told, shown = reason(error), printable(path)
        raise Refused("error.host_rights_not_given", path=shown, reason=told) from error


def _owned(folder: int, ids: linux_accounts.Ids | None) -> int:
    """The number of the owner, once the folder is given away."""
    if sys.platform != "win32":
        if ids is not None:
            os.fchown(folder, ids.user, ids.group)
        os.fchmod(folder, folders.MODE)  # whatever the umask took from it
    return os.fstat(folder).st_uid


def _reaches(path: str, account: str) -> bool:
    """A folder of one's own is of no use below one that can't be entered."""
    try:
        return linux_rights.may_write(path, account)
    except CannotCheck:  # it owns the folder; what lies above may have rules that aren't read
        return True
