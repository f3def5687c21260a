# SPDX-License-Identifier: MIT
"""Do real files and folders answer, and do odd ones end as cannot-check?"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from wizard.errors import CannotCheck
from wizard.host import files
from wizard.texts import Texts

posix = pytest.mark.skipif(sys.platform == "win32", reason="uses what only POSIX systems have")


@posix
def test_list_folder_when_there_is_no_time_for_all_then_told_how_many_at_least(
    tmp_path: Path, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / str(number)).touch()
    monkeypatch.setattr(files, "LISTING_S", -1.0)
    with pytest.raises(files.TooManyFiles) as told:
        files.list_folder(str(tmp_path))
    assert len(told.value.listed) == 1
    assert "at least 1 file" in texts.summary(told.value)


def test_list_folder_when_it_has_files_links_and_folders_then_each_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.tmp").write_bytes(b"12345")
    (tmp_path / "sub").mkdir()
    (tmp_path / "to_sub").symlink_to(tmp_path / "sub")
    os.utime(tmp_path / "a.tmp", (1_700_000_000.123456, 1_700_000_000.123456))
    entries = files.list_folder(str(tmp_path))
    assert [(e.path.rpartition("/")[2], e.is_folder) for e in entries] == [
        ("a.tmp", False),
        ("sub", True),
        ("to_sub", False),
    ]
    assert entries[0].size_bytes == 5
    assert entries[0].modified == datetime(2023, 11, 14, 22, 13, 20, 123000, UTC)


def test_is_folder_when_it_is_there_a_file_or_missing_then_only_a_folder_counts(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    assert files.is_folder(str(tmp_path))
    assert not files.is_folder(str(tmp_path / "file"))
    assert not files.is_folder(str(tmp_path / "file" / "below"))
    assert not files.is_folder(str(tmp_path / "missing"))


@posix
def test_exists_when_the_answer_is_not_to_be_had_then_cannot_check(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert files.exists(str(tmp_path))
    for impossible in (str(tmp_path / "loop"), f"{tmp_path}/{'x' * 300}", f"{tmp_path}/a\0b"):
        for ask in (files.exists, files.is_folder, files.list_folder):
            with pytest.raises(CannotCheck) as told:
                ask(impossible)
            assert told.value.text == "error.host_path_unreadable"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("tempPath=ä\n".encode(), "tempPath=ä\n"),
        (b"\xef\xbb\xbfbom", "bom"),
        ("utf16 ä".encode("utf-16"), "utf16 ä"),
        (b"latin \xe4", "latin \ufffd"),
    ],
)
def test_read_text_when_encodings_differ_then_the_text_is_readable(
    tmp_path: Path, content: bytes, expected: Any
) -> None:
    (tmp_path / "file").write_bytes(content)
    assert files.read_text(str(tmp_path / "file")) == expected


def test_read_text_when_the_file_is_large_then_only_its_beginning_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("abcdef")
    assert files.read_text(str(tmp_path / "file"), limit_bytes=3) == "abc"


def test_read_bytes_when_read_then_as_they_are_and_no_more_than_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\xfe\xed\xff\x00")
    assert files.read_bytes(str(tmp_path / "file"), 10) == b"\xfe\xed\xff\x00"
    assert files.read_bytes(str(tmp_path / "file"), 2) == b"\xfe\xed"


@posix
def test_read_text_when_it_is_a_pipe_then_nothing_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CannotCheck) as told:
        files.read_text(str(tmp_path / "pipe"))
    assert told.value.text == "error.host_not_a_file"


@posix
def test_read_text_when_it_is_missing_then_the_systems_words_are_the_reason(tmp_path: Path) -> None:
    with pytest.raises(CannotCheck) as told:
        files.read_text(str(tmp_path / "missing"))
    assert told.value.values["reason"] == "No such file or directory"


@posix
def test_real_path_when_links_lie_on_the_way_then_the_place_behind_them(tmp_path: Path) -> None:
    (tmp_path / "full disk").mkdir()
    (tmp_path / "first").symlink_to(tmp_path / "second")
    (tmp_path / "second").symlink_to(tmp_path / "full disk")
    real = files.real_path(str(tmp_path / "first" / "not there yet"))
    assert real == str(tmp_path / "full disk" / "not there yet")
    assert files.real_path(real) == real


def test_real_path_when_it_is_not_complete_then_cannot_check() -> None:
    with pytest.raises(CannotCheck) as told:
        files.real_path("tmp")
    assert told.value.text == "error.host_relative_path"
