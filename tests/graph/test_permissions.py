# SPDX-License-Identifier: MIT
"""The known part of the vendor's table, and what one permission covers of another."""

from __future__ import annotations

import pytest

from wizard.graph import permissions, probes
from wizard.model import Workload

TABLE = permissions.load()


def needed(*workloads: Workload) -> set[str]:
    rows = TABLE.application_needs(workloads)
    return {row.permission for row in rows if row.is_for_backup and TABLE.is_confirmed(row)}


def test_needs_when_exchange_then_the_read_permissions() -> None:
    assert needed(Workload.EXCHANGE) == {
        "Calendars.Read",
        "Contacts.Read",
        "Mail.Read",
        "MailboxSettings.Read",
        "Notes.Read.All",
        "User.Read.All",
    }


def test_needs_when_teams_then_the_write_permission_that_backup_asks_for() -> None:
    assert needed(Workload.TEAMS) == {"User.ReadWrite.All"}


def test_needs_when_only_the_older_edition_has_it_then_not_confirmed() -> None:
    rows = [row for row in TABLE.needs if row.permission == "Group.Read.All"]
    assert rows
    assert not any(TABLE.is_confirmed(row) for row in rows)


def test_unlisted_when_sharepoint_then_said() -> None:
    assert TABLE.unlisted(tuple(Workload)) == (Workload.SHAREPOINT,)


@pytest.mark.parametrize(
    ("role", "covered"),
    [
        ("Mail.ReadWrite", "Mail.Read"),
        ("Mail.ReadWrite", "Mail.ReadBasic.All"),
        ("Sites.FullControl.All", "Sites.Read.All"),
        ("User.ReadWrite.All", "User.ReadBasic.All"),
        ("Group.ReadWrite.All", "Group.Read.All"),
    ],
)
def test_granted_when_stronger_then_the_weaker_is_there(role: str, covered: str) -> None:
    assert covered in TABLE.granted([role])


@pytest.mark.parametrize(
    ("role", "other"),
    [
        ("Mail.Read", "Mail.ReadWrite"),
        ("Sites.Read.All", "Files.Read.All"),
        ("Sites.Selected", "Sites.Read.All"),
        ("Directory.Read.All", "Group.Read.All"),
    ],
)
def test_granted_when_weaker_or_other_then_not(role: str, other: str) -> None:
    assert other not in TABLE.granted([role])


def test_needs_when_probed_then_each_call_works_with_what_a_full_app_has() -> None:
    granted = TABLE.granted([need.permission for need in TABLE.needs])
    for probe in probes.load().probes:
        if probe.workload is not Workload.SHAREPOINT:  # the table has no row for it
            assert granted & set(probe.any_of), probe
