# SPDX-License-Identifier: MIT
"""Can the Java Transporter use the folder that it was given: is it there, may it write to it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.errors import CannotCheck
from wizard.fixes.notice import Notice
from wizard.fixes.readings import visible
from wizard.host.base import Host


@dataclass(frozen=True)
class FolderSight:
    """What is wrong with it for certain, and what could not be seen."""

    problem: Notice | None = None
    doubt: Notice | None = None


NOTHING_SEEN = FolderSight()


def look(host: Host, folder: str, accounts: Sequence[str] = ()) -> FolderSight:
    """Look at a folder; `accounts` are those that must be able to make files in it."""
    told = {"folder": visible(folder)}
    try:
        if not host.is_folder(folder):
            return FolderSight(Notice("arguments.folder_sight.missing", told))
    except CannotCheck:
        return FolderSight(doubt=Notice("arguments.folder_sight.unseen", told))
    unknown = None
    for account in accounts:
        told = {**told, "account": visible(account)}
        try:
            if not host.may_write(folder, account):
                return FolderSight(Notice("arguments.folder_sight.closed", told))
        except CannotCheck:
            unknown = Notice("arguments.folder_sight.rights_unknown", told)
    return FolderSight(doubt=unknown)
