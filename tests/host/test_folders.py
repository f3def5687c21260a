# SPDX-License-Identifier: MIT
"""Is only an empty folder removed, and never what lies in one?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wizard.errors import Refused
from wizard.host.acts import FolderMade
from wizard.host.live import live_host


def test_remove_when_the_folder_is_empty_then_gone(tmp_path: Path) -> None:
    made = live_host().make_folder(str(tmp_path / "new"), None)
    live_host().remove_folder(made)
    assert list(tmp_path.iterdir()) == []


def test_remove_when_something_lies_in_it_then_refused_and_it_stays(tmp_path: Path) -> None:
    made = live_host().make_folder(str(tmp_path / "new"), None)
    (tmp_path / "new" / "item.part").write_text("backup")
    with pytest.raises(Refused) as told:
        live_host().remove_folder(made)
    assert told.value.text == "error.host_folder_not_removed"
    assert (tmp_path / "new" / "item.part").read_text() == "backup"


@pytest.mark.parametrize("name", ["missing", "file", "a\0b"])
def test_remove_when_it_is_no_folder_then_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    with pytest.raises(Refused):
        live_host().remove_folder(FolderMade(str(tmp_path / name), "root", "0770"))
    assert (tmp_path / "file").exists()


@pytest.mark.parametrize("known", ["", "own"])
def test_remove_when_another_folder_has_its_name_then_refused_and_kept(
    known: str, tmp_path: Path
) -> None:
    """Some file systems give the number of a removed folder to the next one at once."""
    made = live_host().make_folder(str(tmp_path / "new"), None)
    (tmp_path / "new").rmdir()
    (tmp_path / "new").mkdir()
    with pytest.raises(Refused) as told:
        live_host().remove_folder(made if known else replace(made, identity=""))
    assert told.value.text == "error.host_folder_another"
    assert (tmp_path / "new").is_dir()


def test_remove_when_a_link_leads_to_the_folder_then_refused(tmp_path: Path) -> None:
    made = live_host().make_folder(str(tmp_path / "new"), None)
    (tmp_path / "new").rename(tmp_path / "target")
    (tmp_path / "new").symlink_to(tmp_path / "target")
    with pytest.raises(Refused):
        live_host().remove_folder(made)
    assert (tmp_path / "target").is_dir()
