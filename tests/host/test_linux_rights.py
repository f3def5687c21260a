# SPDX-License-Identifier: MIT
"""Do owner, groups and mode decide who may write, on real folders?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from wizard.errors import CannotCheck
from wizard.host import linux_rights

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="gives folders away, as only root may"
)
NOBODY = 65534


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that everybody may reach."""
    made = tmp_path_factory.mktemp("rights")
    for above in (made, *made.parents[:2]):
        above.chmod(0o755)
    return made


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
