# SPDX-License-Identifier: MIT
"""Is a new folder's account let in where the rights from above don't do, and proven to be?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.host.windows_system import WrittenWindows
from wizard.errors import Refused
from wizard.host import folder_identity
from wizard.host.acts import FolderMade
from wizard.host.windows import WindowsHost
from wizard.host.windows_system import Drive

SERVICE = "NT AUTHORITY\\LocalService"
ABOVE = "O:BAD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)"


def windows(folder: Path, after_icacls: str, status: int = 0) -> WrittenWindows:
    """A disk whose new folder has only the rights from above, until icacls has run."""
    lists = {str(folder): ABOVE}

    def changed(_ran: tuple[str, ...]) -> None:
        lists[str(folder)] = after_icacls

    return WrittenWindows(
        all_drives={str(folder.parent): Drive("D:\\", 3, "NTFS", 0x8, 100, 60)},
        access_lists=lists,
        accounts={"VORDEFINIERT\\Administratoren": "S-1-5-32-544"},
        groups={"S-1-5-32-544": ()},
        statuses={"icacls.exe": status},
        after_run=changed,
    )


def test_make_when_the_rights_from_above_do_then_nothing_is_added(tmp_path: Path) -> None:
    system = windows(tmp_path / "Dtmp", "")
    told = WindowsHost(system).make_folder(str(tmp_path / "Dtmp"), "LocalSystem")
    assert told == FolderMade(
        str(tmp_path / "Dtmp"),
        "VORDEFINIERT\\Administratoren",
        "inherited",
        identity=folder_identity.of(str(tmp_path / "Dtmp")),
    )
    assert (tmp_path / "Dtmp").is_dir()
    assert system.ran == []


def test_make_when_they_do_not_then_the_account_gets_modify_by_its_number(tmp_path: Path) -> None:
    system = windows(tmp_path / "Dtmp", ABOVE + "(A;OICI;0x1301bf;;;LS)")
    told = WindowsHost(system).make_folder(str(tmp_path / "Dtmp"), SERVICE)
    assert (told.rights, told.said) == ("Modify", "icacls.exe worked")
    expected = ("icacls.exe", str(tmp_path / "Dtmp"), "/grant", "*S-1-5-19:(OI)(CI)M")
    assert system.ran == [expected]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda path: (windows(path, ABOVE, 5), SERVICE), "error.host_rights_not_given"),
        (lambda path: (windows(path, ABOVE), SERVICE), "error.host_rights_had_no_effect"),
        (lambda path: (windows(path, ABOVE), "nobody"), "error.host_account_unknown"),
    ],
)
def test_make_when_the_account_cannot_be_let_in_then_refused_and_none_is_left(
    make: Callable[[Path], tuple[WrittenWindows, str]], text: str, tmp_path: Path
) -> None:
    system, account = make(tmp_path / "Dtmp")
    with pytest.raises(Refused) as told:
        WindowsHost(system).make_folder(str(tmp_path / "Dtmp"), account)
    assert told.value.text == text
    assert list(tmp_path.iterdir()) == []


def test_make_when_groups_are_unknown_and_icacls_did_nothing_then_refused(tmp_path: Path) -> None:
    system = windows(tmp_path / "Dtmp", ABOVE)
    system.groups = None  # so whether the account may write can't be told
    with pytest.raises(Refused) as told:
        WindowsHost(system).make_folder(str(tmp_path / "Dtmp"), SERVICE)
    assert told.value.text == "error.host_rights_had_no_effect"
    assert list(tmp_path.iterdir()) == []


def test_make_when_it_is_there_already_then_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "Dtmp").mkdir()
    system = windows(tmp_path / "Dtmp", "")
    with pytest.raises(Refused):
        WindowsHost(system).make_folder(str(tmp_path / "Dtmp"), SERVICE)
    assert (tmp_path / "Dtmp").is_dir()
    assert system.ran == []
