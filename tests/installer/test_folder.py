# SPDX-License-Identifier: MIT
"""PyInstaller is run the same way each time, in a place of its own, and its failure is told."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from installer import contents, folder, wine
from installer.errors import BuildError
from installer.places import ROOT

SYSTEM = "windows" if os.name == "nt" else "linux"
# Python only: no program is made, which would take its time.
SPEC = f"""
import os, pathlib, sys
made = pathlib.Path(DISTPATH, {contents.FOLDER!r})
made.mkdir()
names = ("PYTHONHASHSEED", "SOURCE_DATE_EPOCH")
text = " ".join([*(os.environ[name] for name in names), str(hash("a word")), workpath])
(made / "told.txt").write_text(text)
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    file = tmp_path / "small.spec"
    file.write_text(SPEC)
    return file


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "build" / "results"


def test_make_here_when_run_twice_then_date_seed_and_order_are_the_same(
    spec: Path, into: Path
) -> None:
    told = [
        (folder.make_here(into, 1_700_000_000, spec) / "told.txt").read_text() for _ in range(2)
    ]
    assert told[0] == told[1]
    assert told[0].startswith("1 1700000000 ")


def test_make_here_when_done_then_lies_in_the_given_place_beside_its_work_and_log(
    spec: Path, into: Path
) -> None:
    made = folder.make_here(into, 1, spec)
    assert made == into / SYSTEM / contents.FOLDER
    assert str(into.with_name(f"work-{SYSTEM}")) in (made / "told.txt").read_text()
    assert "Build complete!" in into.with_name(f"{SYSTEM}.log").read_text()


def test_make_here_when_an_earlier_one_is_there_then_nothing_of_it_stays(
    spec: Path, into: Path
) -> None:
    for old in (into / SYSTEM, into.with_name(f"work-{SYSTEM}")):
        old.mkdir(parents=True)
        (old / "old.txt").touch()
    folder.make_here(into, 1, spec)
    assert list(into.parent.rglob("old.txt")) == []


@pytest.mark.parametrize("spec_text", ["raise SystemExit('No such part')", "pass"])
def test_make_here_when_pyinstaller_makes_nothing_then_fails_with_its_last_words_and_the_log(
    spec: Path, into: Path, spec_text: str
) -> None:
    spec.write_text(spec_text)
    with pytest.raises(BuildError, match=rf"PyInstaller failed: .+{SYSTEM}\.log has it all"):
        folder.make_here(into, 1, spec)


@pytest.mark.skipif(bool(wine.why_not()) or not wine.is_made(), reason="the Wine folder isn't made")
def test_make_for_windows_when_the_python_is_missing_then_fails_and_the_log_says_so(
    tmp_path: Path,
) -> None:
    scratch = ROOT / "build" / f"trial-{tmp_path.name}"  # Wine sees only the project's folder
    try:
        with pytest.raises(BuildError, match="PyInstaller failed"):
            folder.make_for_windows(scratch / "no-python", scratch / "results", 1)
        assert "no-python" in (scratch / "windows.log").read_text()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
