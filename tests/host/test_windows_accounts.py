# SPDX-License-Identifier: MIT
"""Are an account's sure groups told apart from those that nobody here can know?"""

from __future__ import annotations

import pytest

from tests.host.windows_system import WrittenWindows
from wizard.errors import CannotCheck
from wizard.host import windows_accounts

USER, DOMAIN_USER = "S-1-5-21-1-2-3-1001", "S-1-5-21-7-8-9-1104"
ADMINS, USERS, BACKUP = "S-1-5-32-544", "S-1-5-32-545", "S-1-5-21-1-2-3-1010"
DOMAIN_ADMINS = "S-1-5-21-7-8-9-512"
WINDOWS = WrittenWindows(
    accounts={"backup": USER, "FIRMA\\backup": DOMAIN_USER},
    groups={
        ADMINS: ("S-1-5-21-1-2-3-500", DOMAIN_ADMINS),
        USERS: ("S-1-5-11", "S-1-5-4"),
        BACKUP: (USER, "S-1-5-20"),
    },
)


@pytest.mark.parametrize(
    ("account", "sid"),
    [
        ("LocalSystem", "S-1-5-18"),
        ("NT AUTHORITY\\LocalService", "S-1-5-19"),
        ("nt authority\\networkservice", "S-1-5-20"),
        ("backup", USER),
        (".\\backup", USER),
        # Microsoft's own example for the service that installs modules.
        (
            "NT SERVICE\\TrustedInstaller",
            "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
        ),
    ],
)
def test_token_when_the_account_is_written_so_then_its_identifier(account: str, sid: str) -> None:
    found = windows_accounts.token(account, WINDOWS)
    assert found.sid == sid
    assert found.has(sid)
    assert found.has("S-1-1-0")
    assert found.has("S-1-5-11")


@pytest.mark.parametrize(
    ("account", "group", "standing"),
    [
        ("LocalSystem", ADMINS, True),
        ("LocalSystem", "S-1-5-80-1-2-3-4-5", None),  # services may have one of their own
        ("LocalSystem", DOMAIN_ADMINS, False),
        ("NT AUTHORITY\\LocalService", USERS, True),
        ("NT AUTHORITY\\LocalService", ADMINS, False),
        ("NT AUTHORITY\\NetworkService", BACKUP, True),
        ("NT SERVICE\\bh", "S-1-5-80-0", True),
        ("NT SERVICE\\bh", "S-1-5-80-1-2-3-4-5", False),
        ("backup", BACKUP, True),
        ("backup", USERS, True),  # whoever signs in is a user
        ("backup", ADMINS, False),
        ("backup", DOMAIN_ADMINS, False),
        ("backup", "S-1-5-4", None),  # a service, a person at the console: nobody can tell
        ("FIRMA\\backup", DOMAIN_ADMINS, None),
        ("FIRMA\\backup", ADMINS, None),  # through the domain's administrators
        ("FIRMA\\backup", USERS, True),
        ("FIRMA\\backup", "S-1-5-113", False),
    ],
)
def test_token_when_a_group_is_asked_for_then_sure_or_open(
    account: str, group: str, standing: bool | None
) -> None:
    assert windows_accounts.token(account, WINDOWS).has(group) is standing


def test_token_when_groups_cannot_be_listed_then_they_stay_open() -> None:
    closed = WrittenWindows(accounts={"backup": USER})
    found = windows_accounts.token("backup", closed)
    assert (found.has(USER), found.has(ADMINS), found.has(BACKUP)) == (True, None, None)


def test_token_when_the_account_is_unknown_then_cannot_check() -> None:
    with pytest.raises(CannotCheck):
        windows_accounts.token("nobody", WINDOWS)
