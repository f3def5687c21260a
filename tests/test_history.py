# SPDX-License-Identifier: MIT
"""Are earlier looks kept for their owner only, within bounds, and never invented?"""

from __future__ import annotations

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wizard import history
from wizard.errors import CannotCheck
from wizard.fixes import backup
from wizard.history import MOST_LINES, History, SpaceLook

LOOK = SpaceLook(datetime(2026, 11, 24, tzinfo=UTC), "backup01", "/srv", 1000, 500)


@pytest.fixture
def kept(tmp_path: Path) -> History:
    return History(tmp_path / "data" / history.FILE)


def test_looks_when_there_was_none_then_empty(kept: History) -> None:
    assert kept.read().looks == ()


def test_add_when_repeated_then_in_order_and_for_the_owner_only(kept: History) -> None:
    looks = tuple(replace(LOOK, when=LOOK.when + timedelta(hours=n)) for n in range(3))
    for look in looks:
        kept.add(look)
    assert kept.read().looks == looks
    assert [path.name for path in kept.path.parent.iterdir()] == [history.FILE]
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700


def test_add_when_there_are_many_then_the_oldest_go(kept: History) -> None:
    kept.path.parent.mkdir()
    line = (
        '{"when": "2026-11-24T00:00:00.000Z", "computer": "backup01", "volume": "/srv", '
        '"total_bytes": 1000, "free_bytes": %d}\n'
    )
    kept.path.write_text("".join(line % number for number in range(MOST_LINES)))
    kept.add(LOOK)
    assert [look.free_bytes for look in kept.read().looks][:1] == [1]
    assert len(kept.read().looks) == MOST_LINES
    assert kept.read().looks[-1] == LOOK


@pytest.mark.parametrize(
    "content",
    [b"no json\n", b"{}\n", b'{"when": 1}\n', b"\xff\xfe\x00", b"null\n", b"[" * 100_000],
)
def test_looks_when_the_file_holds_something_else_then_cannot_check_and_add_begins_anew(
    kept: History, content: bytes
) -> None:
    kept.path.parent.mkdir()
    kept.path.write_bytes(content)
    with pytest.raises(CannotCheck) as told:
        kept.read()
    assert told.value.values == {"path": str(kept.path)}
    kept.add(LOOK)
    assert kept.read().looks == (LOOK,)


def test_add_when_very_many_then_the_file_itself_stays_short(kept: History) -> None:
    for number in range(MOST_LINES + 60):
        kept.add(replace(LOOK, free_bytes=number))
    lines = kept.path.read_bytes().splitlines()
    assert MOST_LINES <= len(lines) <= MOST_LINES + 50
    assert kept.read().looks[-1].free_bytes == MOST_LINES + 59
    assert [path.name for path in kept.path.parent.iterdir()] == [history.FILE]


@pytest.mark.parametrize("half", [b'{"when": "2026-11-', b"\xff\xfe", b'{"when": 1}\n'])
def test_add_when_one_line_is_half_then_no_other_is_lost(kept: History, half: bytes) -> None:
    kept.add(LOOK)
    with kept.path.open("ab") as file:
        file.write(half)
    kept.add(replace(LOOK, free_bytes=7))
    assert [look.free_bytes for look in kept.read().looks] == [500, 7]
    assert kept.read().unread_lines == 1


def test_add_when_several_runs_add_at_once_then_none_is_lost(kept: History) -> None:
    kept.add(LOOK)
    with ThreadPoolExecutor(8) as runs:
        list(runs.map(lambda n: kept.add(replace(LOOK, free_bytes=n)), range(100)))
    assert {look.free_bytes for look in kept.read().looks} == {500, *range(100)}


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a right of its own there")
def test_looks_when_it_is_a_link_then_cannot_check(kept: History, tmp_path: Path) -> None:
    kept.path.parent.mkdir()
    (tmp_path / "other").write_text("")
    kept.path.symlink_to(tmp_path / "other")
    with pytest.raises(CannotCheck):
        kept.read()
    kept.add(LOOK)
    assert (tmp_path / "other").read_text() == ""
    assert kept.path.is_symlink()


def test_add_when_the_folder_cannot_be_made_then_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in its place")
    History(tmp_path / "data" / history.FILE).add(LOOK)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_own_when_the_variable_names_a_folder_then_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(backup.VARIABLE, str(tmp_path))
    assert history.own() == History(tmp_path / history.FILE)
    assert not list(tmp_path.iterdir())
