# SPDX-License-Identifier: MIT
"""Taking a change back: only on its own computer, and told whether the whole file is as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fixes.recorded import host
from wizard.errors import Refused
from wizard.fixes import apply, receipt
from wizard.fixes.folder_step import FolderStep, Maker
from wizard.fixes.receipt import Receipt
from wizard.fixes.undo import undo
from wizard.host.acts import FolderMade
from wizard.product import Product

KEY = "system.transporter.modern.arguments"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "expert.properties"
    path.write_text(f"a=1\n{KEY}=-Xmx1g\n")
    return path


@pytest.fixture
def changed(file: Path, product: Product, monkeypatch: pytest.MonkeyPatch) -> Receipt:
    monkeypatch.setenv("M365_BACKUP_WIZARD_DATA", str(file.parent / "data"))
    made = apply.apply(str(file), KEY, "/data/tmp", product)
    assert made is not None
    return made


def test_undo_on_another_computer_is_refused_and_changes_nothing(
    changed: Receipt, file: Path, product: Product
) -> None:
    content = file.read_bytes()
    with pytest.raises(Refused) as told:
        undo(replace(changed, host="backup77"), host(), product)
    assert told.value.text == "arguments.error.other_computer"
    assert file.read_bytes() == content


def test_undo_of_a_folder_of_another_computer_removes_none_here(
    tmp_path: Path, product: Product
) -> None:
    (tmp_path / "dtmp").mkdir()
    made = FolderMade(str(tmp_path / "dtmp"), "bhsvc", "0770")
    given = receipt.of_folder(made, datetime.now(UTC), tmp_path / "r.json")
    with pytest.raises(Refused):
        undo(replace(given, host="backup77"), host().with_files(tmp_path), product)
    assert (tmp_path / "dtmp").is_dir()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{KEY}=-Xmx1g -DtempPath={{folder}}/\n", "kept_named"),
        (f"{KEY}=-Xmx1g\n", "removed"),
        ("a=1\n", "kept_setting_unread"),
    ],
)
def test_undo_of_a_folder_that_a_setting_named_before_keeps_it_while_it_does(
    tmp_path: Path, product: Product, content: str, expected: str
) -> None:
    folder, file = tmp_path / "dtmp", tmp_path / "expert.properties"
    server = host("linux", processes=[]).with_files(tmp_path)
    maker = Maker(server, FolderStep(str(folder), None))
    names = (str(file), KEY)
    made = apply.make_folder(maker, data=tmp_path / "data", names=names)
    file.write_text(content.format(folder=folder))
    told = undo(receipt.read_any(Path(made.path)), server, product).folder
    assert told is not None
    assert (told.id, folder.is_dir()) == (expected, expected != "removed")


def test_undo_tells_whether_the_whole_file_is_as_it_was(
    changed: Receipt, file: Path, product: Product
) -> None:
    assert undo(changed, host(), product).is_whole
    assert undo(changed, host(), product).receipt is None


def test_undo_beside_other_changes_does_not_claim_the_whole_file(
    changed: Receipt, file: Path, product: Product
) -> None:
    file.write_text(file.read_text().replace("a=1", "a=2"))
    undone = undo(changed, host(), product)
    assert undone.receipt is not None
    assert not undone.is_whole
    assert file.read_text() == f"a=2\n{KEY}=-Xmx1g\n"
