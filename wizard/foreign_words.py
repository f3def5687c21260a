# SPDX-License-Identifier: MIT
"""Words that others chose, without what would steer a terminal or turn the order of letters.

A proxy's reason, a certificate's name or a page's title is shown, and none of them is trusted.
Standard library only.
"""

from __future__ import annotations

import re
from typing import Any

# Beside control characters: marks of direction, unseen blanks, and separators that end a line.
_STEERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]"
    "|\r(?!\n)"
)


def cleaned(text: str) -> str:
    """The text with a question mark for each such character; lines and tabs stay."""
    return _STEERS.sub("?", text)


def cleaned_all(plain: Any) -> Any:
    """The same for every string in plain JSON."""
    if isinstance(plain, str):
        return cleaned(plain)
    if isinstance(plain, dict):
        return {key: cleaned_all(value) for key, value in plain.items()}
    return [cleaned_all(value) for value in plain] if isinstance(plain, list | tuple) else plain
