# SPDX-License-Identifier: MIT
"""The sources of a build: any change of what is built changes their digest."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from installer import sources
from installer.errors import BuildError


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("wizard/model.py", "resources/product.toml", "installer/dev.py", "LICENSE"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "CHANGELOG.md").touch()
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["wizard/model.py", "resources/product.toml", "LICENSE"])
def test_digest_when_a_built_file_changes_then_differs(tree: Path, name: str) -> None:
    before = sources.digest()
    (tree / name).write_text("other")
    assert sources.digest() != before


def test_digest_when_a_file_is_added_or_renamed_then_differs(tree: Path) -> None:
    before = sources.digest()
    (tree / "wizard" / "new.py").write_text("")
    added = sources.digest()
    (tree / "wizard" / "new.py").rename(tree / "wizard" / "newer.py")
    assert len({before, added, sources.digest()}) == 3


def test_digest_when_only_a_working_tool_or_a_cache_changes_then_stays(tree: Path) -> None:
    before = sources.digest()
    (tree / "installer" / "dev.py").write_text("other")
    (tree / "wizard" / "__pycache__").mkdir()
    (tree / "wizard" / "__pycache__" / "model.pyc").write_text("other")
    assert sources.digest() == before


def test_date_when_given_then_is_used() -> None:
    assert sources.date() == 1_700_000_000


@pytest.mark.skipif(not shutil.which("git"), reason="git isn't installed")
def test_date_when_in_a_clone_then_is_the_last_commits_to_what_is_built(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    commit(tree, "LICENSE", 1_600_000_000)
    (tree / "README.md").write_text("no part of what is built")
    commit(tree, "README.md", 1_650_000_000)
    assert sources.date() == 1_600_000_000


def commit(tree: Path, name: str, moment: int) -> None:
    git = ["git", "-C", str(tree), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    environment = {**os.environ, "GIT_COMMITTER_DATE": f"{moment} +0000"}
    for words in (["init", "-q"], ["add", name], ["commit", "-q", "-m", "A change"]):
        subprocess.run([*git, *words], env=environment, check=True)


@pytest.mark.parametrize("given", ["", "yesterday"])
def test_date_when_no_clone_and_no_number_given_then_says_what_to_set(
    tree: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(BuildError, match="set it, say to the release's date"):
        sources.date()
