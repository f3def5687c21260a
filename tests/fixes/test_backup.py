# SPDX-License-Identifier: MIT
"""The folder of backups and receipts."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import platformdirs
import pytest

from wizard import resources
from wizard.errors import Refused
from wizard.fixes import backup

MOMENT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_data_folder_is_what_the_variable_names() -> None:
    given = {backup.VARIABLE: "/somewhere/else"}
    assert backup.data_folder(given) == Path("/somewhere/else")


def test_data_folder_that_is_named_from_where_we_are_is_the_same_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert backup.data_folder({backup.VARIABLE: "data"}) == tmp_path / "data"


def test_data_folder_without_the_variable_is_the_platforms() -> None:
    expected = platformdirs.user_data_path("m365-backup-wizard", appauthor=False)
    assert backup.data_folder({}) == expected


@pytest.mark.parametrize("name", ["portable", "portable.txt"])
def test_data_folder_of_a_portable_program_is_beside_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert backup.data_folder({}, tmp_path) == tmp_path / "data"
    given = {backup.VARIABLE: "/somewhere/else"}
    assert backup.data_folder(given, tmp_path) == Path("/somewhere/else")


@pytest.mark.skipif(os.name == "nt", reason="making a link needs a right on Windows")
@pytest.mark.parametrize("leads", ["nowhere", "elsewhere"])
def test_data_folder_of_a_portable_program_when_it_is_a_link_then_is_refused(
    tmp_path: Path, leads: str
) -> None:
    (tmp_path / "portable").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / leads)
    with pytest.raises(Refused, match=r"data_is_link"):
        backup.data_folder({}, tmp_path)
    given = {backup.VARIABLE: str(tmp_path / "elsewhere")}
    assert backup.data_folder(given, tmp_path) == tmp_path / "elsewhere"


def test_data_folder_without_the_portable_file_is_not_beside_the_program(tmp_path: Path) -> None:
    assert backup.data_folder({}, tmp_path) == backup.data_folder({})


def test_data_folder_from_source_is_never_portable(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen_nowhere = Path(sys.executable).parent
    assert resources.program_folder() is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert resources.program_folder() == frozen_nowhere


def test_keep_stores_the_content_and_names_a_receipt_after_it(tmp_path: Path) -> None:
    kept = backup.keep(tmp_path / "data", b"content\r\n", MOMENT)
    assert kept.backup.read_bytes() == b"content\r\n"
    assert kept.backup.name.startswith("20261124T080000Z-")
    assert kept.receipt == tmp_path / "data" / "receipts" / f"{kept.backup.stem}.json"
    assert not kept.receipt.exists()


def test_keep_twice_in_one_second_gives_two_backups(tmp_path: Path) -> None:
    kept = {backup.keep(tmp_path, b"x", MOMENT).backup for _ in range(3)}
    assert len(kept) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_keep_lets_nobody_else_read(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        kept = backup.keep(tmp_path / "data", b"x", MOMENT)
    finally:
        os.umask(old)
    assert stat.S_IMODE(kept.backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.backup.parent.stat().st_mode) == 0o700


def test_keep_where_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(Refused) as told:
        backup.keep(tmp_path / "data", b"x", MOMENT)
    assert told.value.text == "arguments.error.no_backup"


def test_write_private_never_writes_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "there"
    path.write_bytes(b"first")
    with pytest.raises(Refused):
        backup.write_private(path, b"second")
    assert path.read_bytes() == b"first"


def test_write_private_on_a_full_disk_is_refused_and_leaves_nothing(small_disk: Path) -> None:
    with pytest.raises(Refused) as told:
        backup.write_private(small_disk / "new", b"x" * 100_000)
    assert told.value.text == "arguments.error.no_backup"
    assert list(small_disk.iterdir()) == []


def test_discard_removes_what_there_is(tmp_path: Path) -> None:
    kept = backup.Kept(tmp_path / "a", tmp_path / "b")
    kept.backup.write_bytes(b"x")
    kept.discard()
    assert list(tmp_path.iterdir()) == []


HOMELESS = """
import os
from wizard.errors import Refused
from wizard.fixes import backup
for name in ("HOME", "XDG_DATA_HOME"):
    os.environ.pop(name, None)
os.setuid(54321)
try:
    print(backup.data_folder())
except Refused as told:
    print(told.text)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="needs root: it becomes an account that the system lacks",
)
def test_data_folder_when_the_account_has_no_home_is_refused() -> None:
    command = [sys.executable, "-c", HOMELESS]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("arguments.error.no_data_folder\n", "")
