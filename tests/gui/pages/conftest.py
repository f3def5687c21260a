# SPDX-License-Identifier: MIT
"""Fixtures of the change page; its receipts go to a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.pages.change import CONTENT


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("M365_BACKUP_WIZARD_DATA", str(tmp_path / "data"))


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    file = tmp_path / "expert.properties"
    file.write_text(CONTENT, encoding="utf-8")
    return file
