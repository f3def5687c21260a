# SPDX-License-Identifier: MIT
"""Are files left behind counted with their size and age, however deep, and never without end?"""

from __future__ import annotations

import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.host.samples import closed, file, windows_server
from wizard.errors import CannotCheck
from wizard.host import files
from wizard.host.live import live_host
from wizard.nakivo import leftovers
from wizard.nakivo.leftovers import MAX_FOLDERS, Leftovers, Unread

posix = pytest.mark.skipif(sys.platform == "win32", reason="uses what only POSIX systems have")


@posix
def test_look_when_files_lie_at_several_depths_then_all_count_and_links_do_not(
    tmp_path: Path,
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "one").write_bytes(b"x" * 10)
    (tmp_path / "a" / "b" / "two").write_bytes(b"x" * 20)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    os.utime(tmp_path / "a" / "b" / "two", (1_000_000_000, 1_000_000_000))
    told = leftovers.look(live_host(), str(tmp_path), threading.Event())
    link = (tmp_path / "a" / "loop").lstat().st_size
    oldest = datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)
    assert told == Leftovers(3, 30 + link, oldest, complete=True)


def test_look_when_the_folder_is_empty_then_nothing(tmp_path: Path) -> None:
    told = leftovers.look(live_host(), str(tmp_path), threading.Event())
    assert told == Leftovers(0, 0, None, complete=True)


def test_look_when_there_are_too_many_folders_then_at_least_so_much() -> None:
    names = [f"C:\\T\\{number}" for number in range(MAX_FOLDERS + 5)]
    listed = {"C:\\T": [file(name, folder=True) for name in names]}
    listed |= {name: [file(name + "\\f")] for name in names}
    told = leftovers.look(windows_server(files=listed), "C:\\T", threading.Event())
    assert told.count == MAX_FOLDERS - 1
    assert not told.complete


def test_look_when_a_folder_holds_too_many_files_then_at_least_those_listed_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"item{number}.part").write_bytes(b"x" * 10)
    monkeypatch.setattr(files, "LISTING_S", -1.0)  # a million files take longer to make than a test
    told = leftovers.look(live_host(), str(tmp_path), threading.Event())
    assert (told.count, told.size_bytes, told.complete) == (1, 10, False)


def test_look_when_nobody_waits_any_more_then_it_stops() -> None:
    cancelled = threading.Event()
    cancelled.set()
    told = leftovers.look(windows_server(), "C:\\anything", cancelled)
    assert (told.count, told.complete) == (0, False)


def test_look_when_the_folder_itself_is_closed_then_cannot_check() -> None:
    with pytest.raises(CannotCheck):
        leftovers.look(windows_server(files={"C:\\T": closed()}), "C:\\T", threading.Event())


def test_look_when_a_folder_below_is_closed_then_the_rest_counts_and_it_is_named() -> None:
    below = [file("C:\\T\\" + name, folder=True) for name in "ab"]
    files = {"C:\\T": [*below, file("C:\\T\\one", 10)], "C:\\T\\a": closed("Zugriff verweigert")}
    files |= {"C:\\T\\b": [file("C:\\T\\b\\two", 20)]}
    told = leftovers.look(windows_server(files=files), "C:\\T", threading.Event())
    assert (told.count, told.size_bytes, told.complete) == (2, 30, False)
    assert told.unread == Unread(1, "C:\\T\\a", "Zugriff verweigert")
