# SPDX-License-Identifier: MIT
"""Do owner, groups, mode and access list decide who may write as the kernel has it?"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from wizard.errors import CannotCheck
from wizard.host import linux_rights

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="gives folders away, as only root may"
)
NOBODY = 65534
SETFACL = shutil.which("setfacl")
# Makes a file in each folder and says so by a letter.
TRY = (
    'for folder in "$@"; do if true 2>/dev/null >"$folder/made"; then echo y; else echo n; fi; done'
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may reach; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="rights-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def kernel_lets_nobody_write(*folders: Path) -> list[bool]:
    """What really happens when that account makes a file."""
    tried = subprocess.run(
        ["/bin/sh", "-c", TRY, "try", *folders],
        user=NOBODY, group=NOBODY, extra_groups=[], capture_output=True, check=True, text=True,
    )  # fmt: skip
    return [word == "y" for word in tried.stdout.split()]


@pytest.mark.parametrize(
    ("owner", "group", "mode", "may"),
    [
        (0, 0, 0o755, False),
        (0, 0, 0o777, True),
        (NOBODY, 0, 0o700, True),
        (NOBODY, 0, 0o577, False),  # the owner's part alone counts for the owner
        (0, NOBODY, 0o775, True),
        (0, NOBODY, 0o757, False),
        (0, 0, 0o772, False),  # without entering, no file can be made
    ],
)
def test_may_write_when_mode_and_owner_differ_then_as_the_kernel_has_it(
    owner: int, group: int, mode: int, may: bool, folder: Path
) -> None:
    os.chown(folder, owner, group)
    folder.chmod(mode)
    assert linux_rights.may_write(str(folder), "nobody") is may
    assert kernel_lets_nobody_write(folder) == [may]
    assert linux_rights.may_write(str(folder), "root")


def test_may_write_when_a_folder_above_is_closed_then_no(folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    inner.chmod(0o777)
    assert linux_rights.may_write(str(inner), "nobody")
    folder.chmod(0o700)
    assert not linux_rights.may_write(str(inner), "nobody")


def test_may_write_when_the_account_is_unknown_then_cannot_check(folder: Path) -> None:
    with pytest.raises(CannotCheck):
        linux_rights.may_write(str(folder), "no-such-account")


@pytest.mark.skipif(SETFACL is None, reason="setfacl isn't installed (Debian: acl)")
@pytest.mark.parametrize(
    ("access_list", "may"),
    [
        ("u:nobody:rwx", True),
        ("u:nobody:rwx,m::rx", False),  # the mask takes it away again
        ("u:nobody:rx,o::rwx", False),  # an entry of one's own comes before everybody's
        ("g:nogroup:rwx", True),
        ("g:nogroup:rx,o::rwx", False),
        ("g:nogroup:wx,u:daemon:r", True),
        ("u:daemon:rwx", False),
        ("u:daemon:rwx,o::rwx", True),
    ],
)
def test_may_write_when_setfacl_made_a_list_then_as_the_kernel_has_it(
    access_list: str, may: bool, folder: Path
) -> None:
    subprocess.run([str(SETFACL), "-m", access_list, str(folder)], check=True)
    assert linux_rights.may_write(str(folder), "nobody") is may
    assert kernel_lets_nobody_write(folder) == [may]


@pytest.mark.skipif(SETFACL is None, reason="setfacl isn't installed (Debian: acl)")
def test_may_write_when_a_list_above_closes_the_way_then_no(folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    inner.chmod(0o777)
    subprocess.run([str(SETFACL), "-m", "u:nobody:-", str(folder)], check=True)
    assert not linux_rights.may_write(str(inner), "nobody")
    assert kernel_lets_nobody_write(inner) == [False]


def test_may_write_when_lists_are_of_all_shapes_then_as_the_kernel_has_it(folder: Path) -> None:
    seeded = random.Random(20261124)  # noqa: S311 - the same each time
    folders = [folder / str(number) for number in range(400)]
    for made in folders:
        made.mkdir()
        os.chown(made, *seeded.choice(list(itertools.product((0, NOBODY), (0, 1, NOBODY)))))
        os.setxattr(made, "system.posix_acl_access", random_list(seeded))
    judged = [linux_rights.may_write(str(made), "nobody") for made in folders]
    assert judged == kernel_lets_nobody_write(*folders)
    assert 100 < sum(judged) < 300


def random_list(seeded: random.Random) -> bytes:
    """Owner, named users, owning group, named groups, mask, others: the kernel wants this order."""

    def entry(tag: int, number: int = 0xFFFFFFFF) -> tuple[int, int, int]:
        return (tag, seeded.choice((0, 1, 3, 5, 7, 7)), number)

    users = [entry(2, number) for number in (1, NOBODY) if seeded.random() < 0.4]
    groups = [entry(8, number) for number in (1, NOBODY) if seeded.random() < 0.4]
    mask = [entry(16)] if users or groups else []
    entries = [entry(1), *users, entry(4), *groups, *mask, entry(32)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *one) for one in entries)
