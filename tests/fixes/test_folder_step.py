# SPDX-License-Identifier: MIT
"""Making the new folder and taking it back, on the real file system with real accounts."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fixes.recorded import LINUX_JAVA, hidden_process, process
from wizard.errors import Refused
from wizard.fixes import folder_step
from wizard.fixes.folder_step import FolderStep, Maker
from wizard.fixes.notice import Notice
from wizard.fixes.place_look import Look
from wizard.fixes.place_rules import Place
from wizard.host import folder_identity
from wizard.host.acts import FolderMade
from wizard.host.live import live_host
from wizard.host.recorded import RecordedHost
from wizard.product import Product
from wizard.texts import Texts

needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="gives a folder to another account: root"
)


def server(root: Path, *processes: dict[str, Any]) -> RecordedHost:
    """A Linux server with these processes, on real folders."""
    facts = {"system": "linux", "os": "Debian", "name": "b", "is_admin": True}
    return RecordedHost({"facts": facts, "processes": list(processes)}, root)


def java(*arguments: str) -> dict[str, Any]:
    return process(*arguments, java=LINUX_JAVA)


def made_at(folder: Path) -> FolderMade:
    identity = folder_identity.of(str(folder)) if folder.is_dir() else ""
    return FolderMade(str(folder), "bhsvc", "0770", identity=identity)


def place(folder: str, *, exists: bool | None, against: tuple[Notice, ...] = ()) -> Place:
    return Place(folder, Look(folder, folder, exists=exists), "bhsvc", against)


@pytest.mark.parametrize(
    ("exists", "step"), [(False, FolderStep("/d/t", "bhsvc")), (True, None), (None, None)]
)
def test_planned_is_a_step_only_for_a_folder_that_surely_is_not_there(
    exists: bool | None, step: FolderStep | None
) -> None:
    assert folder_step.planned(place("/d/t", exists=exists)) == step


def test_checked_refuses_a_bad_place_with_its_reason_and_another_step_than_previewed() -> None:
    bad = Notice("arguments.place.read_only", {"mount": "/d"})
    step = FolderStep("/d/t", "bhsvc")
    folder_step.checked(place("/d/t", exists=False), step)
    for now, previewed, text in (
        (place("/d/t", exists=False, against=(bad,)), step, "arguments.place.read_only"),
        (place("/d/t", exists=False), None, "arguments.error.place_changed"),
        (place("/d/t", exists=True), step, "arguments.error.place_changed"),
        (place("/d/t", exists=False), FolderStep("/d/t", None), "arguments.error.place_changed"),
    ):
        with pytest.raises(Refused) as told:
            folder_step.checked(now, previewed)
        assert told.value.text == text


@needs_root
def test_make_gives_the_folder_to_the_account_alone(tmp_path: Path) -> None:
    for above in (tmp_path, *tmp_path.parents):
        if above.owner() == "root" and above != Path("/"):
            above.chmod(above.stat().st_mode | 0o011)
    folder = tmp_path / "dtmp"
    made = Maker(live_host(), FolderStep(str(folder), "nobody")).make()
    assert made.path == str(folder)
    assert live_host().may_write(str(folder), "nobody")
    assert not live_host().may_write(str(folder), "games")


@needs_root
def test_make_where_the_account_is_kept_out_above_is_refused_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(Refused):
        Maker(live_host(), FolderStep(str(closed / "dtmp"), "nobody")).make()
    assert list(closed.iterdir()) == []


@pytest.mark.parametrize("name", ["there", "missing/dtmp", "file/dtmp"])
def test_make_when_it_can_not_be_then_refused_and_nothing_else_is_touched(
    tmp_path: Path, texts: Texts, name: str
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(Refused) as told:
        Maker(live_host(), FolderStep(str(tmp_path / name), None)).make()
    assert name.partition("/")[0] in texts.summary(told.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "there"]


def test_take_back_removes_an_empty_folder_that_no_process_uses(
    tmp_path: Path, product: Product
) -> None:
    folder = tmp_path / "dtmp"
    folder.mkdir()
    host, made = server(tmp_path, java("-DtempPath=/elsewhere")), made_at(folder)
    assert folder_step.take_back(host, product, made).id == "removed"
    assert not folder.exists()
    assert folder_step.take_back(host, product, made).id == "gone"


def test_take_back_keeps_a_folder_that_was_made_anew_by_somebody_else(
    tmp_path: Path, product: Product
) -> None:
    folder = tmp_path / "dtmp"
    folder.mkdir()
    made = made_at(folder)
    folder.rmdir()
    folder.mkdir()
    assert folder_step.take_back(server(tmp_path), product, made).id == "kept_another"
    assert folder.is_dir()


def test_take_back_keeps_a_folder_with_anything_in_it(tmp_path: Path, product: Product) -> None:
    folder = tmp_path / "dtmp"
    folder.mkdir()
    (folder / "item.part").touch()
    told = folder_step.take_back(server(tmp_path, java()), product, made_at(folder))
    assert (told.id, told.values["count"]) == ("kept_filled", 1)
    assert (folder / "item.part").exists()


@pytest.mark.parametrize(
    ("running", "expected"), [(java("-DtempPath={folder}"), "in_use"), (hidden_process(), "unseen")]
)
def test_take_back_keeps_an_empty_folder_that_a_process_uses_or_may_use(
    tmp_path: Path, product: Product, running: dict[str, Any], expected: str
) -> None:
    folder = tmp_path / "dtmp"
    folder.mkdir()
    words = [word.replace("{folder}", str(folder)) for word in running["arguments"] or ()]
    host = server(tmp_path, {**running, "arguments": words or None})
    assert folder_step.take_back(host, product, made_at(folder)).id == f"kept_{expected}"
    assert folder.is_dir()


@needs_root
def test_take_back_on_this_computer_removes_what_make_made(
    tmp_path: Path, product: Product
) -> None:
    host = live_host()
    made = Maker(host, FolderStep(str(tmp_path / "dtmp"), None)).make()
    assert folder_step.take_back(host, product, made).id == "removed"
    assert list(tmp_path.iterdir()) == []


def test_the_step_and_what_it_did_are_told_in_sentences(texts: Texts) -> None:
    assert FolderStep("/d/t", "bhsvc").notice.sentence(texts) == (
        "/d/t is made, and the account bhsvc may write there."
    )
    assert "by hand" in FolderStep("/d/t", None).notice.sentence(texts)
    assert "belongs to bhsvc" in folder_step.was_made(made_at(Path("/d/t"))).sentence(texts)


@pytest.mark.parametrize(
    ("step", "system", "command"),
    [
        (FolderStep("/data/a b", None), "linux", "sudo install -d -m 0770 '/data/a b'"),
        (FolderStep("D:\\Dtmp", None), "windows", 'mkdir "D:\\Dtmp"'),
        (
            FolderStep("D:\\Dtmp", "NT AUTHORITY\\SYSTEM"),
            "windows",
            'mkdir "D:\\Dtmp"\nicacls "D:\\Dtmp" /grant "NT AUTHORITY\\SYSTEM:(OI)(CI)M"',
        ),
    ],
)
def test_command_makes_the_folder_by_hand(step: FolderStep, system: str, command: str) -> None:
    assert step.command(system) == command


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """One that every account can enter and nobody else can write to."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o1777)
        yield Path(folder)


@needs_root
def test_command_makes_what_the_step_makes(open_folder: Path) -> None:
    by_hand, by_us = open_folder / "a", open_folder / "b"
    line = FolderStep(str(by_hand), "nobody").command("linux").removeprefix("sudo ")
    subprocess.run(["/bin/sh", "-c", line], check=True)
    live_host().make_folder(str(by_us), "nobody")
    one, other = by_hand.stat(), by_us.stat()
    assert (one.st_uid, one.st_gid, one.st_mode) == (other.st_uid, other.st_gid, other.st_mode)


@needs_root
def test_make_without_the_right_to_give_it_away_tells_the_command(
    open_folder: Path, texts: Texts
) -> None:
    maker = Maker(live_host(), FolderStep(str(open_folder / "dtmp"), "daemon"))
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        with pytest.raises(Refused) as told:
            maker.make()
    finally:
        os.seteuid(0)
    assert told.value.text == "arguments.error.folder_by_hand"
    assert "sudo install -d -o daemon" in " ".join(texts.advice(told.value))
    assert not (open_folder / "dtmp").exists()


def reasons(*ids: str) -> Place:
    return Place("/data/dtmp", against=tuple(Notice(f"arguments.place.{id_}") for id_ in ids))


@pytest.mark.parametrize(
    ("ids", "here", "elsewhere"),
    [
        (("read_only", "full_in_use"), ("read_only", "full_in_use"), ("read_only",)),
        (("too_little_room", "quota"), ("too_little_room", "quota"), ()),
        (("too_little_room", "parent_missing"), (), ()),
        (("repository", "parent_missing"), ("repository",), ("repository",)),
        (("network", "not_writable"), ("network", "not_writable"), ("network", "not_writable")),
    ],
)
def test_harm_when_the_product_is_elsewhere_then_the_room_of_this_computer_is_none(
    ids: tuple[str, ...], here: tuple[str, ...], elsewhere: tuple[str, ...]
) -> None:
    for is_here, expected in ((True, here), (False, elsewhere)):
        found = folder_step.harm(reasons(*ids), is_product_here=is_here)
        assert tuple(notice.id for notice in found) == expected
