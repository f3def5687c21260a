# SPDX-License-Identifier: MIT
"""Does a folder's access list decide as on Windows, and is doubt told as doubt?"""

from __future__ import annotations

import pytest

from tests.host.test_sddl import ROOT
from tests.host.windows_system import WrittenWindows
from wizard.errors import CannotCheck
from wizard.host import sddl, windows_rights
from wizard.host.windows import WindowsHost
from wizard.host.windows_accounts import Token
from wizard.host.windows_system import Drive

USER, DOMAIN_USER = "S-1-5-21-1-2-3-1001", "S-1-5-21-7-8-9-1104"
FOLDER = "D:\\Dtmp"
SERVICE, SYSTEM = "NT AUTHORITY\\LocalService", "LocalSystem"
# A folder that somebody made on a data disk: rights from above, the maker's in CREATOR OWNER.
PLAIN = (
    "O:BAG:S-1-5-21-1-2-3-513D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)"
    "(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLC;;;BU)"
)
CLOSED = "O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"


def may_write(text: str, account: str, *, drive_type: int = 3, flags: int = 0x03E706FF) -> bool:
    windows = WrittenWindows(
        all_drives={"D:\\": Drive("D:\\", drive_type, "NTFS", flags, 100, 60)},
        access_lists={FOLDER: text},
        accounts={"backup": USER, "FIRMA\\backup": DOMAIN_USER},
        groups={"S-1-5-32-544": (), "S-1-5-32-545": ("S-1-5-11",)},
    )
    return WindowsHost(windows).may_write(FOLDER, account)


@pytest.mark.parametrize(
    ("text", "account", "may"),
    [
        (PLAIN, SYSTEM, True),
        (PLAIN, "backup", True),  # users may add files there
        (PLAIN, "FIRMA\\backup", True),  # as everybody who has signed in
        (ROOT, SYSTEM, True),
        (ROOT, "backup", False),  # folders only; files in them come from an inherit-only entry
        (CLOSED, SYSTEM, True),
        (CLOSED, SERVICE, False),
        (CLOSED, "backup", False),
        (f"O:BAD:(D;;FA;;;{USER})(A;;FA;;;WD)", "backup", False),
        (f"O:BAD:(D;;FA;;;{USER})(A;;FA;;;WD)", SYSTEM, True),
        (f"O:BAD:(A;;FA;;;WD)(D;;FA;;;{USER})", "backup", True),  # the order decides
        (f"O:BAD:(D;;LC;;;{USER})(A;;FA;;;WD)", "backup", True),  # another right is denied
        (f"O:BAD:(D;OICIIO;FA;;;{USER})(A;;FA;;;WD)", "backup", True),  # only what lies below
        ("O:BAD:(A;;CC;;;WD)(A;;DC;;;SY)", SYSTEM, True),
        ("O:BAD:(A;;CC;;;WD)", SYSTEM, False),
        ("O:BAD:", SYSTEM, False),
        ("O:BAD:NO_ACCESS_CONTROL", SERVICE, True),
        (f"O:{USER}D:(A;;FA;;;OW)", "backup", True),
        ("O:BAD:(A;;FA;;;OW)", "backup", False),
        ("O:BAD:(A;;FA;;;DU)", "backup", False),  # a local account is in no domain's group
        ("O:BAD:(A;;FA;;;S-1-5-21-7-8-9-513)(A;;FA;;;WD)", "FIRMA\\backup", True),
    ],
)
def test_may_write_when_the_list_decides_then_as_windows_walks_it(
    text: str, account: str, may: bool
) -> None:
    assert may_write(text, account) is may


@pytest.mark.parametrize(
    ("text", "account"),
    [
        (CLOSED.replace("BA)", "S-1-5-21-7-8-9-513)"), "FIRMA\\backup"),  # Domain Users perhaps
        ("O:BAD:(D;;FA;;;DU)(A;;FA;;;WD)", "FIRMA\\backup"),
        ('O:BAD:(XA;;FA;;;WD;(@User.a=="b"))', SYSTEM),
        ("O:BAD:(A;;FA;;;S-1-5-80-1-2-3-4-5)", SYSTEM),
        ("O:BAD:(D;;FA;;;IU)(A;;FA;;;WD)", "backup"),
        ("unknown form", SYSTEM),
        (PLAIN, "nobody"),
    ],
)
def test_may_write_when_it_hangs_on_what_nobody_here_knows_then_cannot_check(
    text: str, account: str
) -> None:
    with pytest.raises(CannotCheck):
        may_write(text, account)


def test_may_write_when_another_computer_keeps_the_list_then_cannot_check() -> None:
    with pytest.raises(CannotCheck):
        may_write(PLAIN, SYSTEM, drive_type=4)


def test_may_write_when_the_disk_keeps_no_lists_then_everybody_may() -> None:
    assert may_write(CLOSED, "backup", flags=0x6)


def test_may_write_when_the_list_is_closed_then_cannot_check() -> None:
    drives = {"D:\\": Drive("D:\\", 3, "NTFS", 0x8, 100, 60)}
    with pytest.raises(CannotCheck):
        WindowsHost(WrittenWindows(all_drives=drives)).may_write(FOLDER, SYSTEM)


def test_allows_when_a_right_is_given_before_it_is_denied_then_the_rest_still_counts() -> None:
    found = sddl.parsed("O:BAD:(A;;CC;;;SY)(D;;CC;;;WD)(A;;DC;;;SY)")
    assert found is not None
    token = Token("S-1-5-18", frozenset({"S-1-5-18", "S-1-1-0"}))
    assert windows_rights.allows(found, token, 0x3) is True
    assert windows_rights.allows(found, token, 0x7) is False
