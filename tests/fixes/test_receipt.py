# SPDX-License-Identifier: MIT
"""Receipts: written, read again, and not followed when they were altered."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.dead_mount import dead_mount
from wizard.errors import BadInput, CannotCheck, Refused
from wizard.fixes import receipt
from wizard.fixes.receipt import Digests, Receipt


def a_receipt(path: Path) -> Receipt:
    before, after = "-Da=\u00e9\U0001f600\\", "-Da -DtempPath=D:\\x"
    made = Receipt(
        schema=receipt.SCHEMA,
        time=datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
        host="backup01",
        file="/etc/x",
        key="a.b",
        before=before,
        after=after,
        digests=Digests(receipt.sha256(before), receipt.sha256(after), "1", "2"),
        backup="/data/x.bak",
        path=str(path),
        undo=("arguments", "undo", str(path)),
    )
    return receipt.sealed(made)


def test_read_gives_back_what_was_written(tmp_path: Path) -> None:
    made = a_receipt(tmp_path / "r.json")
    receipt.write(made)
    assert receipt.read(tmp_path / "r.json") == made


def test_write_tells_how_to_undo(tmp_path: Path) -> None:
    receipt.write(a_receipt(tmp_path / "r.json"))
    told = json.loads((tmp_path / "r.json").read_text(encoding="ascii"))
    assert told["undo"] == ["arguments", "undo", str(tmp_path / "r.json")]
    assert told["schema"] == "m365-backup-wizard/receipt/1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("after", "-DtempPath=E:\\x"),
        ("file", "/etc/y"),
        ("key", "a.c"),
        ("host", "backup02"),
        ("digests", {"before": "", "after": "", "file_before": "", "file_after": ""}),
        ("seal", ""),
    ],
)
def test_read_of_an_altered_receipt_is_refused(tmp_path: Path, name: str, value: Any) -> None:
    path = tmp_path / "r.json"
    receipt.write(a_receipt(path))
    told = json.loads(path.read_text())
    assert told[name] != value
    path.write_text(json.dumps({**told, name: value}))
    with pytest.raises(Refused) as told:
        receipt.read(path)
    assert told.value.text == "arguments.error.receipt_altered"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        b"[]",
        b"{}",
        b'{"schema": "other/1"}',
        b"\xff\xfe\x00",
        b'"x"',
        b"null",
        b"[" * 100_000,
    ],
)
def test_read_of_something_else_is_bad_input(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r.json").write_bytes(content)
    with pytest.raises(BadInput) as told:
        receipt.read(tmp_path / "r.json")
    assert told.value.text == "arguments.error.not_a_receipt"


def test_read_of_a_receipt_with_a_key_too_few_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    receipt.write(a_receipt(path))
    told = json.loads(path.read_text())
    del told["before"]
    path.write_text(json.dumps(told))
    with pytest.raises(BadInput):
        receipt.read(path)


def test_read_of_a_missing_receipt_or_a_folder_is_bad_input(tmp_path: Path) -> None:
    for path, text in ((tmp_path / "none", "missing"), (tmp_path, "not_a_file")):
        with pytest.raises(BadInput) as told:
            receipt.read(path)
        assert told.value.text == f"arguments.file.{text}"


def test_read_of_a_receipt_without_its_seal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    receipt.write(a_receipt(path))
    told = json.loads(path.read_text())
    del told["seal"]
    path.write_text(json.dumps(told))
    with pytest.raises(Refused) as refused:
        receipt.read(path)
    assert refused.value.text == "arguments.error.receipt_altered"


def test_read_on_a_disk_that_gives_no_answer_does_not_wait(tmp_path: Path) -> None:
    with dead_mount(tmp_path) as folder, pytest.raises(CannotCheck) as told:
        receipt.read(folder / "receipt.json")
    assert told.value.text == "error.host_silent"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_read_of_a_pipe_is_bad_input_and_does_not_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput) as told:
        receipt.read(tmp_path / "pipe")
    assert told.value.text == "arguments.file.not_a_file"
