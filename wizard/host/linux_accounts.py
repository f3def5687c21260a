# SPDX-License-Identifier: MIT
"""Which numbers does Linux know an account by?"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import pwd


@dataclass(frozen=True)
class Ids:
    """A user, the group of its new files, and all its groups."""

    user: int
    group: int
    groups: frozenset[int]


def find(account: str) -> Ids | None:
    """The numbers of an account; None for one that is unknown here, as a bare number is."""
    if sys.platform == "win32":
        return None
    try:
        known = pwd.getpwnam(account)
    except (KeyError, ValueError):  # also of a directory that doesn't answer
        return None
    groups = os.getgrouplist(account, known.pw_gid)
    return Ids(known.pw_uid, known.pw_gid, frozenset(groups))


def name(user: int) -> str:
    """The name behind a user's number, or the number where there is none."""
    if sys.platform != "win32":
        try:
            return pwd.getpwuid(user).pw_name
        except KeyError:
            pass
    return str(user)
