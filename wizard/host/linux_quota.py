# SPDX-License-Identifier: MIT
"""Does a quota limit what an account may hold on a Linux volume?

Linux' own quotas, by user and by the group of new files. Limits of a folder ("projects") need no
look of their own: they show in the volume's free space. An account with root's rights has no limit.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import struct
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.host import files, linux_accounts
from wizard.host.base import Quota
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.linux_volumes import FileSystems, Mount, mount_behind, nearest_existing
from wizard.host.shown import printable

# SOURCE: quotactl(2), <linux/quota.h>, <asm/unistd.h>.
_GET_FORMAT, _GET_QUOTA = 0x800004, 0x800007
_USER, _GROUP = 0, 1
_QUOTACTL_FD = 443  # the same number on all kinds of processors; since Linux 5.14
_LIMIT_UNIT = 1024
# Limits and use: space hard, soft, used; files hard, soft, used; end of grace: space, files; valid.
_ANSWER = struct.Struct("=8QI4x")


@dataclass(frozen=True)
class Limits:
    """What the kernel keeps for one user or group; 0 where there is no limit."""

    hard: int
    soft: int
    used: int
    grace_end: int

    @property
    def limit(self) -> int | None:
        """What can't be passed: the soft limit, too, once its days of grace are over."""
        over = self.soft and self.used > self.soft and 0 < self.grace_end <= time.time()
        return self.soft if over else self.hard or self.soft or None

    @property
    def free(self) -> int | None:
        """What may be added; None without a limit."""
        return None if self.limit is None else max(0, self.limit - self.used)


def decoded(answer: bytes) -> tuple[Limits, Limits]:
    """Space in bytes, and number of files."""
    hard, soft, used, files_hard, files_soft, files_used, grace, files_grace, _ = _ANSWER.unpack(
        answer[: _ANSWER.size]
    )
    space = Limits(hard * _LIMIT_UNIT, soft * _LIMIT_UNIT, used, grace)
    return space, Limits(files_hard, files_soft, files_used, files_grace)


def quota(path: str, account: str, types: FileSystems) -> Quota | None:
    """The tighter of the two limits of an account's new files; None when there is none.

    Raises:
        CannotCheck: the account is unknown, or its limits can't be asked for.
    """
    existing = nearest_existing(path, files.exists)
    mount = mount_behind(existing)
    ids = linux_accounts.find(account)
    if ids is None:
        raise CannotCheck("error.host_account_unknown", account=account)
    if mount.file_system in types.network:
        raise CannotCheck("error.host_quota_elsewhere", path=printable(mount.point))
    if ids.user == 0:
        return None
    try:
        asked = within(FILE_SECONDS)(_quotas)(mount, existing, account, ids, types)
    except OSError as error:
        raise _unread(mount, account, failure_words.of(error)) from error
    return min(asked, key=_room, default=None)


def _room(quota: Quota) -> float:
    return float("inf") if quota.free_bytes is None else quota.free_bytes


def _quotas(
    mount: Mount, folder: str, account: str, ids: linux_accounts.Ids, types: FileSystems
) -> list[Quota]:
    found = Path(folder).stat()
    # A folder that hands its group down gives it to new files; else it is the account's first.
    group = found.st_gid if found.st_mode & stat.S_ISGID else ids.group
    sought = ((_USER, ids.user), (_GROUP, group))
    return [
        quota
        for kind, number in sought
        if (quota := _asked(mount, kind, number, account, types)) is not None
    ]


def _asked(mount: Mount, kind: int, number: int, account: str, types: FileSystems) -> Quota | None:
    answer = ctypes.create_string_buffer(_ANSWER.size)
    code = _call(mount, _GET_QUOTA, kind, number, answer)
    if code == errno.ENOENT:  # as XFS has it: holds nothing yet, and will get what number 0 has
        code = _call(mount, _GET_QUOTA, kind, 0, answer)
        space, number_of_files = (replace(told, used=0) for told in decoded(answer.raw))
    else:
        space, number_of_files = decoded(answer.raw)
    if code and not _means_none(code, mount, kind, types):
        raise _unread(mount, account, os.strerror(code))
    if code or (space.limit is None and number_of_files.limit is None):
        return None
    named = "user" if kind == _USER else "group"
    return Quota(
        limit_bytes=space.limit,
        used_bytes=space.used,
        free_bytes=space.free,
        source=f"quotactl {mount.point} {named} {number}",
        free_files=number_of_files.free,
    )


def _means_none(code: int, mount: Mount, kind: int, types: FileSystems) -> bool:
    """Whether an error says that there is no quota, and not that it can't be told."""
    if code in (errno.ENOSYS, errno.ENOTBLK):  # a kernel or a file system without any
        return mount.file_system in types.plain_quotas
    off = code == errno.EPERM and _is_off(mount, kind)
    return off or code in (errno.ESRCH, errno.ENOENT)


def _is_off(mount: Mount, kind: int) -> bool:
    """Whether nobody's quota is kept, which everybody may ask; XFS only tells by its options."""
    if mount.file_system == "xfs":
        return "noquota" in mount.options
    answer = ctypes.create_string_buffer(4)
    return _call(mount, _GET_FORMAT, kind, 0, answer) == errno.ESRCH


def _call(
    mount: Mount, order: int, kind: int, number: int, answer: ctypes.Array[ctypes.c_char]
) -> int:
    """0, or the number of the error."""
    if sys.platform != "linux":
        return errno.ENOSYS
    library = ctypes.CDLL(None, use_errno=True)
    command = ctypes.c_uint(order << 8 | kind)
    place = os.open(mount.point, os.O_PATH)
    try:
        failed = library.syscall(_QUOTACTL_FD, place, command, number, answer)
    finally:
        os.close(place)
    unknown = failed and ctypes.get_errno() == errno.ENOSYS
    if unknown and mount.device.startswith("/"):  # an older kernel wants the device
        failed = library.quotactl(command, mount.device.encode(), number, answer)
    return ctypes.get_errno() if failed else 0


def _unread(mount: Mount, account: str, told: str) -> CannotCheck:
    path = printable(mount.point)
    return CannotCheck("error.host_quota_unread", path=path, account=account, reason=told)
