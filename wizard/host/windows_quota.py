# SPDX-License-Identifier: MIT
"""Does a quota of NTFS limit what an account may hold on a volume?

Free space of a volume tells only what the account may use that asks, so NTFS' own list is asked.
Limits of a folder (File Server Resource Manager) aren't in that list and aren't seen here.
"""

from __future__ import annotations

from wizard.errors import CannotCheck
from wizard.host import windows_accounts
from wizard.host.base import Quota
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.windows_system import NETWORK_DRIVE, WindowsSystem

# SOURCE: Microsoft, GetVolumeInformationW (FILE_VOLUME_QUOTAS), FILE_FS_CONTROL_INFORMATION
# (FILE_VC_QUOTA_ENFORCE), FILE_QUOTA_INFORMATION (-1: no limit).
_KNOWS_QUOTAS = 0x20
_ENFORCED = 0x2
_NO_LIMIT = -1


def quota(existing: str, account: str, system: WindowsSystem) -> Quota | None:
    """The limit of an account on the volume of an existing path; None when there is none.

    Raises:
        CannotCheck: the account is unknown, or the list isn't readable from here.
    """
    drive = within(FILE_SECONDS)(system.drive)(existing)
    if drive.type == NETWORK_DRIVE:
        raise CannotCheck("error.host_quota_elsewhere", path=existing)
    if not drive.flags & _KNOWS_QUOTAS:
        return None
    rules = within(FILE_SECONDS)(system.quota_rules)(drive.mount)
    if not rules.flags & _ENFORCED:
        return None
    owner = _owner(windows_accounts.identify(account, system)[0])
    entry = within(FILE_SECONDS)(system.quota_entry)(drive.mount, owner)
    used, limit = (entry.used, entry.limit) if entry else (0, rules.default_limit)
    if limit == _NO_LIMIT:
        return None
    source = f"NtQueryQuotaInformationFile {drive.mount} {owner}"
    return Quota(limit, used, max(0, limit - used), source)


def _owner(sid: str) -> str:
    """Whose the files are that an account makes: LocalSystem's belong to the administrators."""
    system = windows_accounts.LOCAL_SYSTEM
    return windows_accounts.ADMINISTRATORS if sid == system else sid
