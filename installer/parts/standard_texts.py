# SPDX-License-Identifier: MIT
"""The texts of well-known licences, each under its SPDX name."""

from __future__ import annotations

import re
from pathlib import Path

TEXTS = Path(__file__).parent / "licence_texts"


def ids_with_text(expression: str) -> set[str]:
    """The licences and exceptions in an SPDX expression whose text is kept here."""
    return {word for word in re.split(r"[\s()]+", expression) if (TEXTS / f"{word}.txt").is_file()}


def text(licence: str) -> str:
    """The text of one licence."""
    return (TEXTS / f"{licence}.txt").read_text(encoding="utf-8")
