# SPDX-License-Identifier: MIT
"""What does a POSIX access list give an account? Judged as the kernel does it, acl(5)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from wizard.host.linux_accounts import Ids

ATTRIBUTE = "system.posix_acl_access"
_VERSION = 2
_HEAD, _ENTRY = struct.Struct("<I"), struct.Struct("<HHI")
_OWNER, _USER, _OWNING_GROUP, _GROUP, _MASK, _OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20


@dataclass(frozen=True)
class Entry:
    """One line of a list: for whom, what, and the number of the user or group."""

    tag: int
    permissions: int
    number: int


def parsed(attribute: bytes) -> tuple[Entry, ...] | None:
    """The entries of the extended attribute; None for a form that isn't known."""
    head, entries = attribute[: _HEAD.size], attribute[_HEAD.size :]
    if len(head) < _HEAD.size or _HEAD.unpack(head)[0] != _VERSION or len(entries) % _ENTRY.size:
        return None
    return tuple(Entry(*fields) for fields in _ENTRY.iter_unpack(entries))


def allows(entries: tuple[Entry, ...], owner: int, group: int, ids: Ids, wanted: int) -> bool:
    """Whether the list gives all that is wanted; the first kind of entry that fits decides."""
    of = {entry.tag: entry.permissions for entry in entries}
    if ids.user == owner:
        return _gives(of[_OWNER], wanted)
    mask = of.get(_MASK, 0o7)
    for entry in entries:
        if entry.tag == _USER and entry.number == ids.user:
            return _gives(entry.permissions & mask, wanted)
    groups = [entry.permissions for entry in entries if _is_of_group(entry, group, ids)]
    if groups:  # one of them must give all
        return any(_gives(permissions & mask, wanted) for permissions in groups)
    return _gives(of[_OTHER], wanted)


def _is_of_group(entry: Entry, owning: int, ids: Ids) -> bool:
    number = {_OWNING_GROUP: owning, _GROUP: entry.number}.get(entry.tag)
    return number in ids.groups


def _gives(permissions: int, wanted: int) -> bool:
    return permissions & wanted == wanted
