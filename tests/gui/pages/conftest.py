# SPDX-License-Identifier: MIT
"""Fixtures of the change page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.pages.change import CONTENT


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    file = tmp_path / "expert.properties"
    file.write_text(CONTENT, encoding="utf-8")
    return file
