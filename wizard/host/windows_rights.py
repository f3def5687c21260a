# SPDX-License-Identifier: MIT
"""May an account make files in a Windows folder, by the folder's access list?

Folders above don't matter: by default everybody may pass through them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wizard.errors import CannotCheck
from wizard.host import sddl, windows_accounts
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.sddl import AccessList, Entry
from wizard.host.windows_accounts import Token
from wizard.host.windows_system import NETWORK_DRIVE, WindowsSystem

# FILE_ADD_FILE; FILE_PERSISTENT_ACLS of GetVolumeInformationW.
ADD_FILE = 0x2
_KEEPS_LISTS = 0x8
_OWNER_RIGHTS = "S-1-3-4"


def may_write(path: str, account: str, system: WindowsSystem) -> bool:
    """Whether the list lets the account add files.

    Raises:
        CannotCheck: the list or the account's groups can't be read, or the answer hangs on a
            group of a domain; and for a share, since its own computer decides.
    """
    unread = CannotCheck("error.host_rights_unread", path=path, account=account)
    drive = within(FILE_SECONDS)(system.drive)(path)
    if drive.type == NETWORK_DRIVE:
        raise unread
    if not drive.flags & _KEEPS_LISTS:  # as FAT: everybody may
        return True
    found = sddl.parsed(within(FILE_SECONDS)(system.access_list)(path))
    if found is None:
        raise unread
    allowed = allows(found, windows_accounts.token(account, system), ADD_FILE)
    if allowed is None:
        raise unread
    return allowed


def allows(found: AccessList, token: Token, wanted: int) -> bool | None:
    """Whether a list gives all that is wanted; None when that hangs on what isn't known."""
    if found.everybody:
        return True

    best, worst = (
        _walked(found, wanted, partial(_counts, found, token, doubt_helps))
        for doubt_helps in (True, False)
    )
    return best if best == worst else None


def _counts(found: AccessList, token: Token, doubt_helps: bool, entry: Entry) -> bool:
    """Whether an entry is about the account; a doubtful one is taken for or against it."""
    account = found.owner if entry.account == _OWNER_RIGHTS else entry.account
    known = token.has(account)
    if known is None or (known and entry.conditional):
        return doubt_helps != entry.denies
    return known


def _walked(found: AccessList, wanted: int, counts: Callable[[Entry], bool]) -> bool:
    """As Windows goes through a list: until all is given, or something wanted is denied."""
    missing = wanted
    for entry in found.entries:
        if entry.inherit_only or not counts(entry):
            continue
        if entry.denies and entry.rights & missing:
            return False
        if not entry.denies:
            missing &= ~entry.rights
        if not missing:
            return True
    return False
