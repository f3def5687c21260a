# SPDX-License-Identifier: MIT
"""The date of what is built."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from installer import sources
from installer.errors import BuildError


def test_date_when_not_given_then_is_that_of_the_last_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=e@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    dates = {"GIT_COMMITTER_DATE": "@1600000000 +0000", "GIT_AUTHOR_DATE": "@1 +0000"}
    commit = [*git, "commit", "-q", "--allow-empty", "-m", "first"]
    subprocess.run(commit, check=True, env={**os.environ, **dates})
    assert sources.date() == 1600000000


def test_date_when_neither_commit_nor_variable_tells_it_then_says_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for given in ("", "yesterday"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
        with pytest.raises(BuildError, match="SOURCE_DATE_EPOCH"):
            sources.date()
