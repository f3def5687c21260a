# SPDX-License-Identifier: MIT
"""Makes a folder on Windows and lets the account that will write there do so."""

from __future__ import annotations

import threading

from wizard.errors import CannotCheck, Refused
from wizard.host import folders, sddl, windows_accounts, windows_rights
from wizard.host.acts import FolderMade
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.sddl import AccessList
from wizard.host.windows_system import WindowsSystem

INHERITED, MODIFY = "inherited", "Modify"
_SECONDS = 20.0


def make(path: str, account: str | None, system: WindowsSystem) -> FolderMade:
    """Make it with the rights from above, and give the account "Modify" where those don't do.

    Raises:
        Refused: it can't be made, or the right can't be given; none is left behind.
    """
    folders.make(path)
    identity = folders.identity(path)
    try:
        rights, said = _let_in(path, account, system)
    except Refused:
        folders.remove(path, identity)
        raise
    return FolderMade(path, _owner(path, system), rights, said, identity)


def _let_in(path: str, account: str | None, system: WindowsSystem) -> tuple[str, str]:
    """What the account can do there, and what was said when it was given that."""
    if account is None or _covers(path, account, system):
        return INHERITED, ""
    return MODIFY, _granted(path, account, system)


def _covers(path: str, account: str, system: WindowsSystem) -> bool | None:
    """None when it can't be told."""
    try:
        return windows_rights.may_write(path, account, system)
    except CannotCheck:
        return None


def _granted(path: str, account: str, system: WindowsSystem) -> str:
    """What icacls said. It is handed the account's number: names differ between languages."""
    try:
        sid, _ = windows_accounts.identify(account, system)
        words = (path, "/grant", f"*{sid}:(OI)(CI)M")
        done = system.run("icacls.exe", words, _SECONDS, threading.Event())
        found = _access_list(path, system)
    except CannotCheck as error:
        raise Refused(error.text, **error.values) from error
    if done.status:
        told = system.message(done.status)
        raise Refused("error.host_rights_not_given", path=path, reason=told)
    if not _stands_in(found, sid) or _covers(path, account, system) is False:
        raise Refused("error.host_rights_had_no_effect", path=path, account=account)
    return done.said


def _stands_in(found: AccessList | None, sid: str) -> bool:
    """Whether the list names the account itself."""
    return found is not None and any(
        entry.account == sid and not entry.denies and entry.rights & windows_rights.ADD_FILE
        for entry in found.entries
    )


def _access_list(path: str, system: WindowsSystem) -> AccessList | None:
    return sddl.parsed(within(FILE_SECONDS)(system.access_list)(path))


def _owner(path: str, system: WindowsSystem) -> str:
    """The owner's name; empty where it can't be read."""
    try:
        found = _access_list(path, system)
        return within(FILE_SECONDS)(system.account_name)(found.owner) if found else ""
    except CannotCheck:
        return ""
