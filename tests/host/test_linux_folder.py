# SPDX-License-Identifier: MIT
"""Does a new folder belong to the account it was made for, and is none left behind otherwise?"""

from __future__ import annotations

import os
import shutil
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

NOBODY, DAEMON = 65534, 1
# Puts a folder of another account in the place of each new one.
SWAP = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
int mkdirat(int above, const char *name, mode_t mode) {
    int (*make)(int, const char *, mode_t) = dlsym(RTLD_NEXT, "mkdirat");
    int done = make(above, name, mode);
    renameat(above, name, above, "moved");
    make(above, name, mode);
    fchownat(above, name, 1, 1, 0);
    return done;
}
"""


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


@pytest.mark.parametrize(
    ("owner", "mode", "text"),
    [
        (DAEMON, 0o755, "error.host_folder_of_another"),
        (0, 0o777, "error.host_folder_open_to_all"),
    ],
)
def test_make_when_somebody_else_rules_the_folder_above_then_refused_and_none_is_made(
    folder: Path, owner: int, mode: int, text: str
) -> None:
    above = folder / "theirs"
    (above / "ours").mkdir(parents=True)
    os.chown(above, owner, owner)
    above.chmod(mode)
    for wanted in (above / "new", above / "ours" / "new"):
        with pytest.raises(Refused) as told:
            linux_folder.make(str(wanted), "nobody")
        assert (told.value.text, told.value.values["above"]) == (text, str(above))
        assert not wanted.exists()


@pytest.mark.parametrize(("owner", "mode"), [(NOBODY, 0o755), (0, 0o1777), (0, 0o775)])
def test_make_when_only_the_account_itself_could_meddle_then_made(
    folder: Path, owner: int, mode: int
) -> None:
    above = folder / "theirs"
    above.mkdir()
    os.chown(above, owner, owner)
    above.chmod(mode)
    assert linux_folder.make(str(above / "new"), "nobody").owner == "nobody"


@pytest.mark.parametrize("owner", [0, DAEMON])
def test_make_when_a_link_leads_there_then_only_by_one_of_roots(folder: Path, owner: int) -> None:
    (folder / "there").mkdir()
    (folder / "way").symlink_to("there")
    os.lchown(folder / "way", owner, owner)
    if owner == 0:
        assert linux_folder.make(str(folder / "way" / "new"), None).owner == "root"
        assert (folder / "there" / "new").is_dir()
        return
    with pytest.raises(Refused) as told:
        linux_folder.make(str(folder / "way" / "new"), None)
    assert told.value.text == "error.host_folder_of_another"
    assert list((folder / "there").iterdir()) == []


def test_make_when_the_new_folder_is_swapped_at_once_then_nobodys_is_given_away(
    folder: Path, tmp_path: Path
) -> None:
    """Whoever owns the folder above can do so; here it happens behind the system's own call."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("a C compiler is needed to come between two calls")
    (tmp_path / "swap.c").write_text(SWAP)
    library = tmp_path / "swap.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, tmp_path / "swap.c"], check=True)
    script = f"""
import sys; sys.path[:] = {sys.path!r}
from wizard.host import linux_folder
from wizard.errors import Refused
try:
    linux_folder.make({str(folder / "new")!r}, "nobody")
except Refused as told:
    print(told.text)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, "LD_PRELOAD": str(library)},
    )  # fmt: skip
    assert done.stdout == "error.host_folder_swapped\n"
    assert (folder / "new").stat().st_uid == DAEMON


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
