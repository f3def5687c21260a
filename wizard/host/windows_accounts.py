# SPDX-License-Identifier: MIT
"""Which groups does a Windows account belong to, surely or perhaps?

SOURCE: Microsoft, "Well-known SIDs", "LocalSystem/LocalService/NetworkService Account", "Service
accounts"; groups of a domain are kept by other computers, so they stay open.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, replace

from wizard.errors import CannotCheck
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.sddl import DOMAIN
from wizard.host.windows_system import WindowsSystem

LOCAL_SYSTEM, LOCAL_SERVICE, NETWORK_SERVICE = "S-1-5-18", "S-1-5-19", "S-1-5-20"
_BUILT_IN_GROUPS = "S-1-5-32"
ADMINISTRATORS, USERS = "S-1-5-32-544", "S-1-5-32-545"
_EVERYONE, _SIGNED_IN, _SERVICE, _ALL_SERVICES = "S-1-1-0", "S-1-5-11", "S-1-5-6", "S-1-5-80-0"
_SERVICES, _LOCAL_ACCOUNT, _CLOUD = "S-1-5-80", "S-1-5-113", "S-1-12"
# How somebody signed in: at the console, over the network, as a batch job, from afar.
_WAYS_IN = ("S-1-2", "S-1-5-2", "S-1-5-3", "S-1-5-4", "S-1-5-14", _SERVICE)
# As the service manager writes them, in all languages.
_BY_MANAGER = {
    "localsystem": LOCAL_SYSTEM,
    r"nt authority\system": LOCAL_SYSTEM,
    r"nt authority\localservice": LOCAL_SERVICE,
    r"nt authority\networkservice": NETWORK_SERVICE,
}
_OF_SERVICE = "nt service\\"


@dataclass(frozen=True)
class Token:
    """What an account surely is, and the beginnings of what it perhaps is as well."""

    sid: str
    member_of: frozenset[str]
    perhaps: tuple[str, ...] = ()

    def has(self, sid: str) -> bool | None:
        """Whether an identifier stands for this account; None when that can't be told."""
        if sid in self.member_of:
            return True
        unsure = any(sid == begin or sid.startswith(f"{begin}-") for begin in self.perhaps)
        return None if unsure else False


def token(account: str, system: WindowsSystem) -> Token:
    """The account with its groups, as far as they can be told; CannotCheck when it is unknown."""
    found, is_local = identify(account, system)
    begin = _begin(found, is_local)
    try:
        groups = within(FILE_SECONDS)(system.local_groups)()
    except CannotCheck:
        return replace(begin, perhaps=(*begin.perhaps, _BUILT_IN_GROUPS, DOMAIN))
    sure, open_ones = set(begin.member_of), list(begin.perhaps)
    for group, members in groups.items():
        standing = [begin.has(member) for member in members]
        if any(standing):
            sure.add(group)
        elif None in standing:
            open_ones.append(group)
    return Token(found, frozenset(sure), tuple(open_ones))


def identify(account: str, system: WindowsSystem) -> tuple[str, bool]:
    """An account's identifier, and whether it is one of this computer's own."""
    name = account.casefold()
    if name in _BY_MANAGER:
        return _BY_MANAGER[name], True
    if name.startswith(_OF_SERVICE):
        return service_sid(account[len(_OF_SERVICE) :]), True
    # A domain that doesn't answer keeps its members' computers waiting.
    return within(FILE_SECONDS)(system.sid)(account.removeprefix(".\\"))


def service_sid(name: str) -> str:
    """The identifier that Windows makes of a service's name, as `sc.exe showsid` shows it."""
    # That is how Windows names them; nothing is protected by it.
    digest = hashlib.sha1(name.upper().encode("utf-16-le"), usedforsecurity=False).digest()
    return "-".join((_SERVICES, *map(str, struct.unpack("<5I", digest))))


def _begin(sid: str, is_local: bool) -> Token:
    """What an account is by itself, before any list of members is read."""
    everybody = {sid, _EVERYONE, _SIGNED_IN}
    if sid == LOCAL_SYSTEM:
        return Token(sid, frozenset({*everybody, ADMINISTRATORS}), (_SERVICES, *_WAYS_IN))
    if sid in (LOCAL_SERVICE, NETWORK_SERVICE):
        return Token(sid, frozenset({*everybody, USERS, _SERVICE}), (_SERVICES, *_WAYS_IN))
    if sid.startswith(f"{_SERVICES}-"):
        return Token(sid, frozenset({*everybody, USERS, _SERVICE, _ALL_SERVICES}), _WAYS_IN)
    if not is_local:
        return Token(sid, frozenset(everybody), (DOMAIN, _CLOUD, *_WAYS_IN))
    own = {_LOCAL_ACCOUNT} | ({f"{DOMAIN}-LA"} if sid.endswith("-500") else set())
    return Token(sid, frozenset({*everybody, *own}), _WAYS_IN)
