# SPDX-License-Identifier: MIT
"""The walk in text, answered by a person at a terminal."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from wizard.cli.terminal import Terminal
from wizard.cli.walk import _Walk
from wizard.demo.sample import open_sample
from wizard.session import Session
from wizard.texts import Texts


@pytest.fixture
def several(texts: Texts) -> Iterator[Session]:
    with open_sample("several", texts) as session:
        session.diagnose()
        yield session


def walk(session: Session, *answers: str) -> str:
    """What is shown when these answers are given; the input ends after them."""
    out, given = io.StringIO(), iter(answers)

    def ask(prompt: str) -> str:
        out.write(prompt)
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    _Walk(session, Terminal(out, out, session.texts), ask).go()
    return out.getvalue()


def test_walk_when_entered_through_then_shows_each_cause_worth_a_look(several: Session) -> None:
    told = walk(several, "", "", "")
    places = [
        told.find(f"{title}: problem found")
        for title in ("Temporary folder", "Permissions and credentials", "Memory")
    ]
    assert -1 not in [told.find("Permissions and credentials"), told.find("Memory")]
    assert places[1] < places[2]
    assert "last cause worth a look" in told


def test_walk_when_folder_is_moved_then_the_file_is_changed_and_undo_is_named(
    several: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("M365_BACKUP_WIZARD_DATA", str(tmp_path))
    settings = Path(several.settings_file or "")
    folder = settings.parent / "data" / "dtmp"
    told = walk(several, "a", str(folder), "yes", "q", "q")
    assert f"-DtempPath={folder}" in settings.read_text()
    assert str(several.receipts[0].path) in told


def test_walk_when_change_is_not_confirmed_then_nothing_is_changed(several: Session) -> None:
    settings = Path(several.settings_file or "")
    before = settings.read_bytes()
    told = walk(several, "a", str(settings.parent / "data" / "dtmp"), "no", "q")
    assert settings.read_bytes() == before
    assert "Nothing was changed." in told


def test_walk_when_folder_is_refused_then_says_why_and_goes_on(several: Session) -> None:
    told = walk(several, "a", "relative/path", "", "q")
    assert several.receipts == []
    assert told.count("[q] quit") == 2
    assert told.count("Temporary folder of the Java Transporter: problem") == 1


def test_walk_when_key_is_unknown_then_says_so_and_stays(several: Session) -> None:
    told = walk(several, "x", "q")
    assert "“x” is none of the keys." in told
    assert "Permissions and credentials: problem found" not in told


def test_walk_when_gone_back_then_enter_passes_no_cause_over(several: Session) -> None:
    told = walk(several, "", "b", "", "q")
    assert told.count("Permissions and credentials: problem found") == 2
    assert "Memory: problem found" not in told


def test_walk_when_package_is_written_then_it_is_a_zip(several: Session, tmp_path: Path) -> None:
    output = tmp_path / "findings.zip"
    walk(several, "e", str(output), "q")
    assert "diagnosis.json" in zipfile.ZipFile(output).namelist()


def test_walk_when_package_exists_then_it_is_kept(several: Session, tmp_path: Path) -> None:
    output = tmp_path / "findings.zip"
    output.write_bytes(b"mine")
    told = walk(several, "e", str(output), "q")
    assert output.read_bytes() == b"mine"
    assert str(output) in told


def test_walk_when_checked_again_then_ranks_anew(several: Session, tmp_path: Path) -> None:
    before = several.diagnosis
    told = walk(several, "r", "b", "r", "q")
    assert several.diagnosis is not before
    assert told.count("Likeliest cause") == 2


@pytest.mark.skipif(os.name == "nt", reason="pseudo terminals are POSIX's")
def test_walk_when_on_a_real_terminal_then_asks_and_ends_on_q(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pty

    command = [sys.executable, "-P", "-m", "wizard", "--demo", "temp-folder-full"]
    seen = bytearray()
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 4096)
        seen.extend(data)
        return data

    def answer(_descriptor: int) -> bytes:
        return b"q\n"

    status = pty.spawn(command, read, answer)
    assert os.waitstatus_to_exitcode(status) == 2
    assert b"Only 3.1 GB is free" in seen
    assert b"quit >" in seen
