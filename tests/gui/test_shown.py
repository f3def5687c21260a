# SPDX-License-Identifier: MIT
"""How values stand in the window."""

from __future__ import annotations

from wizard.gui import shown
from wizard.model import Evidence
from wizard.texts import Texts


def test_value_when_it_is_a_moment_then_stands_without_its_letters(texts: Texts) -> None:
    seen = Evidence("started", "2026-01-02T03:04:05Z", "", "process")
    assert shown.value_of(seen, texts) == "2026-01-02 03:04:05 UTC"
