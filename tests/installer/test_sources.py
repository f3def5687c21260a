# SPDX-License-Identifier: MIT
"""The sources of a build: any change of what is built changes their digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer import sources


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


def test_date_when_given_then_is_used_else_the_last_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert sources.date() == 1_700_000_000
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert sources.date() > 1_700_000_000
