# SPDX-License-Identifier: MIT
"""Does a new folder belong to the account it was made for, and is none left behind otherwise?"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.host.test_linux_rights import folder, kernel_lets_nobody_write
from wizard.errors import Refused
from wizard.host import linux_folder
from wizard.host.live import live_host

__all__ = ["folder"]
pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="gives folders away, as only root may"
)


def test_make_when_an_account_is_named_then_it_owns_the_folder_and_may_write(folder: Path) -> None:
    wanted = folder / "Dämp mit Leerzeichen"
    told = live_host().make_folder(str(wanted), "nobody")
    assert (told.path, told.owner, told.rights) == (str(wanted), "nobody", "0770")
    found = wanted.stat()
    assert (found.st_uid, stat.S_IMODE(found.st_mode)) == (65534, 0o770)
    assert kernel_lets_nobody_write(wanted) == [True]


def test_make_when_no_account_is_named_then_ours_and_the_umask_takes_nothing(folder: Path) -> None:
    before = os.umask(0o077)
    try:
        told = linux_folder.make(str(folder / "new"), None)
    finally:
        os.umask(before)
    assert (told.owner, told.rights) == ("root", "0770")
    assert stat.S_IMODE((folder / "new").stat().st_mode) == 0o770


def test_make_when_it_is_there_already_then_refused_and_left_as_it_is(folder: Path) -> None:
    (folder / "old").mkdir(mode=0o700)
    with pytest.raises(Refused) as told:
        linux_folder.make(str(folder / "old"), "nobody")
    assert told.value.text == "error.host_folder_not_made"
    assert (folder / "old").stat().st_uid == 0


def test_make_when_a_link_has_its_name_then_refused_and_nothing_is_given_away(folder: Path) -> None:
    (folder / "elsewhere").mkdir(mode=0o755)
    (folder / "link").symlink_to(folder / "elsewhere")
    with pytest.raises(Refused):
        linux_folder.make(str(folder / "link"), "nobody")
    assert (folder / "elsewhere").stat().st_uid == 0


def test_make_when_the_folder_above_is_missing_then_refused(folder: Path) -> None:
    with pytest.raises(Refused) as told:
        linux_folder.make(str(folder / "not" / "there"), None)
    assert told.value.values["reason"] == "No such file or directory"
    assert list(folder.iterdir()) == []


def test_make_when_the_account_is_unknown_then_refused_and_no_folder_is_left(folder: Path) -> None:
    with pytest.raises(Refused) as told:
        linux_folder.make(str(folder / "new"), "no-such-account")
    assert told.value.text == "error.host_account_unknown"
    assert list(folder.iterdir()) == []


def test_make_when_the_way_is_closed_to_the_account_then_refused_and_none_left(
    folder: Path,
) -> None:
    folder.chmod(0o700)
    with pytest.raises(Refused) as told:
        linux_folder.make(str(folder / "new"), "nobody")
    assert told.value.text == "error.host_folder_out_of_reach"
    assert list(folder.iterdir()) == []


def test_make_when_not_root_then_refused_with_the_systems_words_and_none_left(
    folder: Path,
) -> None:
    os.chown(folder, 65534, 65534)
    script = f"""
import sys; sys.path[:] = {sys.path!r}
from wizard.host import linux_folder
from wizard.errors import Refused
import os; os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    linux_folder.make({str(folder / "new")!r}, "daemon")
except Refused as told:
    print(told.text, told.values["reason"])
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "error.host_rights_not_given Operation not permitted\n"
    assert list(folder.iterdir()) == []
