# SPDX-License-Identifier: MIT
"""Is only an empty folder removed, and never what lies in one?"""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.errors import Refused
from wizard.host.live import live_host


def test_remove_when_the_folder_is_empty_then_gone(tmp_path: Path) -> None:
    made = live_host().make_folder(str(tmp_path / "new"), None)
    live_host().remove_folder(made.path)
    assert list(tmp_path.iterdir()) == []


def test_remove_when_something_lies_in_it_then_refused_and_it_stays(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "item.part").write_text("backup")
    with pytest.raises(Refused) as told:
        live_host().remove_folder(str(tmp_path / "new"))
    assert told.value.text == "error.host_folder_not_removed"
    assert (tmp_path / "new" / "item.part").read_text() == "backup"


@pytest.mark.parametrize("name", ["missing", "file", "a\0b"])
def test_remove_when_it_is_no_folder_then_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    with pytest.raises(Refused):
        live_host().remove_folder(str(tmp_path / name))
    assert (tmp_path / "file").exists()


def test_remove_when_a_link_leads_to_an_empty_folder_then_refused(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(Refused):
        live_host().remove_folder(str(tmp_path / "link"))
    assert (tmp_path / "target").is_dir()
