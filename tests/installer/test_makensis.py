# SPDX-License-Identifier: MIT
"""Which NSIS makes setup: the newest at hand, and what is said of an old one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from installer import makensis
from installer.errors import BuildError
from installer.makensis import Compiler

posix = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


def program(folder: Path, version: str) -> Path:
    """Something on PATH that tells a version as makensis does."""
    folder.mkdir(parents=True)
    made = folder / "makensis"
    made.write_text(f"#!/bin/sh\n[ $1 = -VERSION ] && printf %s '{version}'\n")
    made.chmod(0o755)
    return made


def compiler(*number: int) -> Compiler:
    return Compiler(("makensis",), ".".join(map(str, number)), (number[0], number[1]), Path("x"))


@pytest.mark.parametrize(
    ("number", "remain"),
    [
        ((3, 8), ["CVE-2025-43715", "CVE-2026-42171"]),
        ((3, 10), ["CVE-2025-43715", "CVE-2026-42171"]),
        ((3, 11), ["CVE-2026-42171"]),
        ((3, 12), []),
        ((4, 0), []),
    ],
)
def test_said_when_a_version_is_used_then_names_it_and_what_remains(
    number: tuple[int, int], remain: list[str]
) -> None:
    said = compiler(*number).said()
    assert f"NSIS {number[0]}.{number[1]}" in said
    assert [name for name in makensis.ADVISORIES if name in said] == remain
    assert ("older than 3.12" in said) == bool(remain)
    assert "\n" not in said


@posix
@pytest.mark.parametrize("told", ["v3.08-3+deb12u1", "v3.12-1", "v3.11"])
def test_newest_when_one_is_on_path_then_its_version_and_licence_are_known(
    told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = program(tmp_path / "usr" / "bin", told)
    licence = tmp_path / "usr" / "share" / "doc" / "nsis-common" / "copyright"
    licence.parent.mkdir(parents=True)
    licence.touch()
    monkeypatch.setenv("PATH", f"{made.parent}:/bin")
    monkeypatch.setattr(makensis, "BUILD", tmp_path)
    found = makensis.newest()
    assert found == Compiler((str(made),), told[1:], (3, int(told[3:5])), licence), (
        "what stands behind the number isn't part of it"
    )


@posix
def test_newest_when_it_tells_no_version_then_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = program(tmp_path / "bin", "nonsense")
    monkeypatch.setenv("PATH", f"{made.parent}:/bin")
    with pytest.raises(BuildError, match=r"makensis doesn't tell its version\. Install NSIS anew"):
        makensis.newest()


@posix
def test_fetch_when_apt_is_missing_then_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="can't be fetched: "):
        makensis.fetch()


@posix
def test_fetch_when_debian_cant_be_reached_then_says_so_and_keeps_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if makensis.why_not():
        pytest.skip(str(makensis.why_not()))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setattr(makensis, "BUILD", tmp_path)
    kept = tmp_path / "nsis" / "kept"
    kept.parent.mkdir()
    kept.touch()
    with pytest.raises(BuildError, match="A current NSIS can't be fetched: "):
        makensis.fetch()
    assert kept.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["nsis"]


@pytest.mark.skipif(
    not (makensis.folder() / ".made").is_file(), reason="no NSIS was fetched (dev.py build)"
)
def test_newest_when_one_was_fetched_then_it_is_preferred_to_an_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = program(tmp_path / "old" / "bin", "v3.08")
    monkeypatch.setenv("PATH", f"{old.parent}:/bin")
    fetched = makensis.newest()
    assert fetched
    assert fetched.number >= makensis.MINIMUM
    assert fetched.licence.is_file()
    new = program(tmp_path / "new" / "bin", "v9.0")
    monkeypatch.setenv("PATH", f"{new.parent}:/bin")
    newest = makensis.newest()
    assert newest
    assert newest.command == (str(new),)
    shutil.rmtree(new.parent)
