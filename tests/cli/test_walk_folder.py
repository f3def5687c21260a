# SPDX-License-Identifier: MIT
"""The folder in the text walk: by number or path, made with the file's change or by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.person import Person
from wizard.cli import walk_actions, walk_folder
from wizard.demo.sample import open_sample
from wizard.fixes import folder_step, receipt
from wizard.fixes.receipt import FolderReceipt
from wizard.session import Session
from wizard.texts import Texts


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("M365_BACKUP_WIZARD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def sample(texts: Texts) -> Iterator[Session]:
    with open_sample("temp-folder-full", texts) as session:
        yield session


def disk(session: Session, name: str) -> Path:
    return Path(session.settings_file or "").parent / name


def test_a_place_is_chosen_by_its_number_and_made_with_the_file(sample: Session) -> None:
    person = Person(sample, "1", "yes", "q")
    walk_actions.move_folder(sample, person.terminal, person.ask)
    folder = disk(sample, "data") / "dtmp"
    told = person.told
    assert "640 GB" in told
    assert "full, and in use now" in told
    assert (
        f"First step of the change: {folder} is made, and the account bhsvc may write there."
        in told
    )
    assert folder.is_dir()
    (made,) = sample.receipts
    assert made.folder is not None
    assert f"-DtempPath={folder}" in Path(made.file).read_text()


@pytest.mark.parametrize(
    ("answer", "reason"), [("2", "has only 3.1 GB free"), ("3", "isn't a full path")]
)
def test_a_bad_place_is_refused_also_by_its_number_and_asked_for_again(
    sample: Session, answer: str, reason: str
) -> None:
    person = Person(sample, answer, "1")
    place = walk_folder.choose(sample, person.terminal, person.ask)
    assert reason in person.told
    assert place is not None
    assert place.folder == str(disk(sample, "data") / "dtmp")


def test_a_repository_that_is_named_makes_its_places_bad(sample: Session) -> None:
    above = disk(sample, "data")
    person = Person(sample, f"+ {above}", str(above / "dtmp"), "")
    assert walk_folder.choose(sample, person.terminal, person.ask) is None
    assert "where backups are kept" in person.told
    assert sample.scope.repositories == (str(above),)


def test_nothing_is_chosen_when_it_is_left_empty(sample: Session) -> None:
    person = Person(sample, "")
    assert walk_folder.choose(sample, person.terminal, person.ask) is None


@pytest.mark.parametrize(("answer", "is_made"), [("yes", True), ("no", False), ("", False)])
def test_the_folder_for_a_change_by_hand_is_made_only_on_yes(
    sample: Session, data: Path, answer: str, is_made: bool
) -> None:
    person = Person(sample, "1", answer)
    place = walk_folder.choose(sample, person.terminal, person.ask)
    assert place is not None
    step = folder_step.planned(place)
    walk_folder.make(sample, step, person.terminal, person.ask)
    assert (disk(sample, "data") / "dtmp").is_dir() is is_made
    files = list((data / "receipts").glob("*")) if data.exists() else []
    assert len(files) == int(is_made)
    assert all(isinstance(receipt.read_any(file), FolderReceipt) for file in files)


def test_a_change_by_hand_that_is_put_back_takes_its_folder_along(sample: Session) -> None:
    sample.settings_file, folder = None, disk(sample, "data") / "dtmp"
    onwards = ["", "d", "yes", "", "", "", "d", "yes"]  # to the look at the process
    back = ["d", "yes", "", "", "", "d", "yes", "d", ""]
    person = Person(sample, "1", "-Xmx1g", "yes", *onwards, "d", "u", *back)
    walk_actions.move_folder(sample, person.terminal, person.ask)
    told = person.told
    assert "step 1 of 6" in told
    assert "was empty and is removed" in told
    assert not folder.exists()


def test_a_folder_that_is_not_made_is_told_with_the_command(sample: Session) -> None:
    person = Person(sample, "1", "no")
    place = walk_folder.choose(sample, person.terminal, person.ask)
    assert place is not None
    walk_folder.make(sample, folder_step.planned(place), person.terminal, person.ask)
    told = person.told
    assert "The folder was not made." in told
    assert f'sudo install -d -o bhsvc -g "$(id -gn bhsvc)" -m 0770 {place.folder}' in told


def test_a_change_that_is_put_back_takes_its_folder_along(sample: Session) -> None:
    settings = Path(sample.settings_file or "")
    before = settings.read_bytes()
    person = Person(
        sample, "1", "yes", "", "yes", "", "d", "u", "q"
    )  # never restarted, so no effect
    walk_actions.move_folder(sample, person.terminal, person.ask)
    assert settings.read_bytes() == before
    assert "was empty and is removed" in person.told
    assert not (disk(sample, "data") / "dtmp").exists()


def test_the_steps_by_hand_can_be_chosen_where_there_is_a_file(sample: Session) -> None:
    before = Path(sample.settings_file or "").read_bytes()
    person = Person(sample, "1", "hand", "yes", "q")
    walk_actions.move_folder(sample, person.terminal, person.ask)
    told = person.told
    assert "Step 1 of 7" in told
    assert "Digest" not in told
    assert Path(sample.settings_file or "").read_bytes() == before
