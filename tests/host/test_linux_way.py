# SPDX-License-Identifier: MIT
"""Does the way to a folder stay the one that was looked at, whatever is exchanged meanwhile?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from wizard.errors import Refused
from wizard.host import linux_way

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="calls relative to an open folder")


def test_held_when_a_link_takes_its_place_then_calls_still_go_to_the_folder(tmp_path: Path) -> None:
    for name in ("ours", "victim"):
        (tmp_path / name).mkdir()
    with linux_way.held(str(tmp_path / "ours")) as here:
        (tmp_path / "ours").rename(tmp_path / "moved")
        (tmp_path / "ours").symlink_to(tmp_path / "victim")
        os.mkdir("new", dir_fd=here)
    assert (tmp_path / "moved" / "new").is_dir()
    assert list((tmp_path / "victim").iterdir()) == []


def test_held_when_links_and_dots_lie_on_the_way_then_followed_as_the_kernel_does(
    tmp_path: Path,
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "there").symlink_to("a/b")
    (tmp_path / "back").symlink_to(tmp_path / "there" / "..")
    with linux_way.held(str(tmp_path / "back" / "b" / "..")) as here:
        assert os.path.samestat(os.fstat(here), (tmp_path / "a").stat())


@pytest.mark.parametrize(("name", "words"), [("missing", "No such"), ("file", "Not a directory")])
def test_held_when_it_is_no_folder_then_the_systems_own_error(
    name: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=words), linux_way.held(str(tmp_path / name)):
        pass


def test_held_when_links_lead_in_a_circle_then_refused_and_nothing_stays_open(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(Refused) as told, linux_way.held(str(tmp_path / "a")):
        pass
    assert told.value.text == "error.host_folder_links"
    assert len(list(Path("/proc/self/fd").iterdir())) == before
