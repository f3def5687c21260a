# SPDX-License-Identifier: MIT
"""Makes a folder on Linux and gives it to the account that will write there."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from wizard.errors import CannotCheck, Refused
from wizard.host import folder_identity, folders, linux_accounts, linux_rights, linux_way
from wizard.host.acts import FolderMade
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.linux_accounts import Ids
from wizard.host.shown import printable

_OPEN = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_LOOK = _OPEN | getattr(os, "O_PATH", 0)


def make(path: str, account: str | None) -> FolderMade:
    """Make it; the account owns it, so mode 0770 gives it everything and others nothing.

    Raises:
        Refused: it can't be made, or not be given away; none is left behind.
    """
    ids = None if account is None else linux_accounts.find(account)
    if account is not None and ids is None:
        raise Refused("error.host_account_unknown", account=account)
    made = within(FILE_SECONDS)(_made)(path, ids)
    if account is not None and not _reaches(path, account):
        remove(made)
        raise Refused("error.host_folder_out_of_reach", path=printable(path), account=account)
    return made


def _made(path: str, ids: Ids | None) -> FolderMade:
    text = "error.host_folder_not_made"
    try:
        where = Path(path).absolute()
        with linux_way.held(str(where.parent), ids.user if ids else None) as above:
            os.mkdir(where.name, folders.MODE, dir_fd=above)
            text = "error.host_rights_not_given"
            return _given(above, where.name, path, ids)
    except (OSError, ValueError) as error:
        raise folders.refused(text, path, error) from None


def _given(above: int, name: str, path: str, ids: Ids | None) -> FolderMade:
    """The new folder in its owner's hands. It is held open: what has its name later isn't it."""
    seen = os.open(name, _LOOK, dir_fd=above)
    try:
        _refuse_swapped(seen, path)
        try:
            folder = os.open(name, _OPEN, dir_fd=above)
            try:
                return _owned(folder, seen, path, ids)
            finally:
                os.close(folder)
        except (OSError, Refused):
            _remove_same(above, name, seen)
            raise
    finally:
        os.close(seen)


def _owned(folder: int, seen: int, path: str, ids: Ids | None) -> FolderMade:
    """What was made, once it is given away."""
    if not os.path.sameopenfile(folder, seen) or os.listdir(folder):
        raise _swapped(path)
    if sys.platform != "win32":
        if ids is not None:
            os.fchown(folder, ids.user, ids.group)
        os.fchmod(folder, folders.MODE)  # whatever the umask took from it
    owner = linux_accounts.name(os.fstat(folder).st_uid)
    return FolderMade(path, owner, f"{folders.MODE:04o}", "", folder_identity.of(folder))


def _refuse_swapped(seen: int, path: str) -> None:
    """A folder of somebody else's is none that was just made, and none to give away or remove."""
    if sys.platform != "win32" and os.fstat(seen).st_uid != os.geteuid():
        raise _swapped(path)


def _swapped(path: str) -> Refused:
    return Refused("error.host_folder_swapped", path=printable(path))


def _remove_same(above: int, name: str, seen: int) -> None:
    with suppress(OSError):
        if os.path.samestat(os.lstat(name, dir_fd=above), os.fstat(seen)):
            os.rmdir(name, dir_fd=above)


def remove(made: FolderMade) -> None:
    """Remove the folder that was made, when it is empty and still that one; errors as in Acts."""
    within(FILE_SECONDS)(_removed)(made.path, made)


def _removed(path: str, made: FolderMade) -> None:
    text = "error.host_folder_not_removed"
    try:
        where = Path(path).absolute()
        with linux_way.held(str(where.parent), _owner_of(where)) as above:
            seen = os.open(where.name, _LOOK, dir_fd=above)
            try:
                folders.refuse_another(path, made.identity, folder_identity.of(seen))
                os.rmdir(where.name, dir_fd=above)
            finally:
                os.close(seen)
    except (OSError, ValueError) as error:
        raise folders.refused(text, path, error) from None


def _owner_of(folder: Path) -> int:
    """Whom it was given to may own the way there, too."""
    return os.lstat(folder).st_uid


def _reaches(path: str, account: str) -> bool:
    """A folder of one's own is of no use below one that can't be entered."""
    try:
        return linux_rights.may_write(path, account)
    except CannotCheck:  # it owns the folder; what lies above may have rules that aren't read
        return True
