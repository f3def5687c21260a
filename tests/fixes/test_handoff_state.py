# SPDX-License-Identifier: MIT
"""How far the change has come, on disk: kept whole, for its owner only, and without secrets."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wizard.errors import BadInput, Refused
from wizard.fixes import handoff_state, plan
from wizard.fixes.handoff import Task
from wizard.fixes.handoff_state import NAME, HandoffState, at, forget, load, make, save
from wizard.product import Product
from wizard.texts import Texts

NOW = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)


@pytest.fixture
def state(product: Product) -> HandoffState:
    return make(Task(plan.make("-Xmx1g", r"D:\Dtmp", product)), "open", "backup01", NOW)


def test_state_when_kept_then_read_again_as_it_was(tmp_path: Path, state: HandoffState) -> None:
    save(state, tmp_path / "data")
    assert load(tmp_path / "data") == state
    assert (state.current, state.proposed) == ("-Xmx1g", r"-Xmx1g -DtempPath=D:\Dtmp")


def test_state_keeps_how_much_is_left_and_the_folder_that_was_made(
    tmp_path: Path, product: Product
) -> None:
    made = plan.make("-Xmx1g", "/d", product)
    task = Task(made, is_restart=True, back=True, folder_receipt="/f.json")
    save(make(task, "stop", "a", NOW), tmp_path)
    kept = load(tmp_path)
    assert kept is not None
    assert (kept.is_restart, kept.back, kept.folder_receipt) == (True, True, "/f.json")


def test_state_when_there_is_none_then_none(tmp_path: Path) -> None:
    assert load(tmp_path / "missing") is None
    forget(tmp_path / "missing")


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_state_is_for_its_owner_only(tmp_path: Path, state: HandoffState) -> None:
    data = tmp_path / "data"
    save(state, data)
    save(at(state, "find"), data)
    assert (data / NAME).stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("first", [True, False], ids=["first", "later"])
@pytest.mark.parametrize("killed_at", ["written", "replaced"])
def test_state_when_killed_while_writing_then_the_old_or_the_new_one_is_there(
    tmp_path: Path, state: HandoffState, killed_at: str, first: bool
) -> None:
    if not first:
        save(state, tmp_path)
    after = at(state, "save")

    def step(name: str) -> None:
        if name == killed_at:
            os._exit(9)

    child = os.fork() if hasattr(os, "fork") else pytest.skip("needs fork")
    if child == 0:
        save(after, tmp_path, step)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    old = None if first else state
    assert load(tmp_path) == (after if killed_at == "replaced" else old)
    left = [path for path in tmp_path.iterdir() if path.name != NAME]
    assert bool(left) is (killed_at == "written")
    save(state, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def fill(file: Path) -> None:
    """Take all the room there is."""
    with suppress(OSError), file.open("wb", buffering=0) as opened:
        while opened.write(bytes(4096)):
            pass


def test_state_when_the_disk_is_full_then_the_old_one_stays(
    small_disk: Path, state: HandoffState, texts: Texts
) -> None:
    save(state, small_disk)
    fill(small_disk / "full")
    long = replace(at(state, "save"), current="-Da=" + "b" * 9000)
    with pytest.raises(Refused) as refused:
        save(long, small_disk)
    assert NAME in texts.summary(refused.value)
    assert "No space" in texts.summary(refused.value)
    assert load(small_disk) == state
    assert sorted(path.name for path in small_disk.iterdir()) == ["full", NAME]


@pytest.mark.parametrize(
    "current",
    [
        "-Dhttp.proxyPassword=canary7!",
        "-Djavax.net.ssl.trustStorePassword=canary7! -Xmx1g",
        "-Dproxy=http://anna:canary7!@proxy:8080",
        '-Dapi.token="canary7! x"',
        "-javaagent:agent.jar=port=1,secret=canary7!",
    ],
)
def test_state_when_string_holds_a_secret_then_it_is_left_out(
    tmp_path: Path, current: str, product: Product
) -> None:
    state = make(Task(plan.make(current, "/data/tmp", product)), "open", "backup01", NOW)
    save(state, tmp_path)
    assert "canary" not in (tmp_path / NAME).read_text()
    kept = load(tmp_path)
    assert kept is not None
    assert (kept.current, kept.proposed, kept.temp_path) == (None, None, "/data/tmp")


def test_state_when_the_folder_looks_like_a_secret_then_nothing_is_kept(
    tmp_path: Path, state: HandoffState
) -> None:
    with pytest.raises(Refused):
        save(replace(state, temp_path="/data/password=canary7"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_state_of_a_change_in_a_file_names_the_receipt_and_holds_no_string(
    product: Product,
) -> None:
    state = make(Task(plan.make("-Xmx1g", "/d", product), receipt="/r.json"), "stop", "a", NOW)
    assert (state.receipt, state.current, state.proposed) == ("/r.json", None, None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"schema": "m365-backup-wizard/handoff/1"}',
        b"\xff\xfe",
        b"[" * 9000,
    ],
)
def test_state_when_it_cannot_be_read_then_that_is_told(
    tmp_path: Path, content: bytes, texts: Texts
) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(BadInput) as bad:
        load(tmp_path)
    assert str(tmp_path / NAME) in texts.summary(bad.value)
    forget(tmp_path)
    assert load(tmp_path) is None


def test_state_of_another_version_is_not_guessed_at(tmp_path: Path, state: HandoffState) -> None:
    save(state, tmp_path)
    plain = json.loads((tmp_path / NAME).read_text())
    (tmp_path / NAME).write_text(json.dumps({**plain, "schema": "m365-backup-wizard/handoff/2"}))
    with pytest.raises(BadInput):
        load(tmp_path)


def test_state_when_it_is_a_link_or_folder_then_it_is_not_followed(
    tmp_path: Path, state: HandoffState
) -> None:
    save(state, tmp_path / "elsewhere")
    data = tmp_path / "data"
    data.mkdir()
    (data / NAME).symlink_to(tmp_path / "elsewhere" / NAME)
    with pytest.raises(BadInput):
        load(data)


def test_state_when_the_folder_cannot_be_made_then_the_reason_is_told(
    tmp_path: Path, state: HandoffState
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="handoff_not_kept"):
        save(state, tmp_path / "file" / "data")


def test_secrets_are_recognised_and_usual_arguments_are_none() -> None:
    for plain in ("", "-Xmx2g -XX:+UseG1GC", r"-DtempPath=D:\Dtmp -Dfile.encoding=UTF-8"):
        assert not handoff_state.holds_secret(plain)
    for name in ("https.proxyPASS", "access.key", "x.auth", "pin", "clientKey", "kennwort"):
        assert handoff_state.holds_secret(f"-Xmx2g -D{name}=u:12 -DtempPath=/data/dtmp")
