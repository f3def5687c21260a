# SPDX-License-Identifier: MIT
"""Is NTFS' own list of quotas told for the account asked about, and its absence as none?"""

from __future__ import annotations

import pytest

from tests.host.windows_system import WrittenWindows
from wizard.errors import CannotCheck
from wizard.host import windows_quota
from wizard.host.base import Quota
from wizard.host.windows_system import Drive, QuotaEntry, QuotaRules

ADMINS, USER, GB = "S-1-5-32-544", "S-1-5-21-1-2-3-1001", 1 << 30
NTFS, FAT = 0x03E706FF, 0x6
ENFORCED, TRACKED = 0x3, 0x1


def quota(
    account: str, *, flags: int = NTFS, kind: int = 3, rules: QuotaRules | None = None
) -> Quota | None:
    windows = WrittenWindows(
        all_drives={"D:\\": Drive("D:\\", kind, "NTFS", flags, 100, 60)},
        accounts={"backup": USER, "guest": "S-1-5-21-1-2-3-501"},
        rules=rules,
        quotas={USER: QuotaEntry(3 * GB, 5 * GB), ADMINS: QuotaEntry(90 * GB, -1)},
    )
    return windows_quota.quota("D:\\Dtmp", account, windows)


def test_quota_when_the_account_has_a_line_then_its_limit_and_where_it_stands() -> None:
    assert quota("backup", rules=QuotaRules(ENFORCED, 1 * GB)) == Quota(
        5 * GB, 3 * GB, 2 * GB, f"NtQueryQuotaInformationFile D:\\ {USER}"
    )


def test_quota_when_the_account_has_no_line_then_the_default_of_the_volume() -> None:
    told = quota("guest", rules=QuotaRules(ENFORCED, 1 * GB))
    assert told is not None
    assert (told.limit_bytes, told.used_bytes, told.free_bytes) == (1 * GB, 0, 1 * GB)
    assert quota("guest", rules=QuotaRules(ENFORCED, -1)) is None


def test_quota_when_it_is_the_system_then_that_of_the_administrators_who_own_its_files() -> None:
    assert quota("LocalSystem", rules=QuotaRules(ENFORCED, 1 * GB)) is None


def test_quota_when_nothing_is_enforced_or_the_disk_knows_none_then_none() -> None:
    assert quota("backup", rules=QuotaRules(TRACKED, 1 * GB)) is None
    assert quota("backup", flags=FAT) is None


def test_quota_when_the_rules_are_closed_or_kept_elsewhere_then_cannot_check() -> None:
    for kind in (3, 4):
        with pytest.raises(CannotCheck):
            quota("backup", kind=kind)
    with pytest.raises(CannotCheck):
        quota("nobody", rules=QuotaRules(ENFORCED, 1 * GB))
