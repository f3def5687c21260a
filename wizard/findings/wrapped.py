# SPDX-License-Identifier: MIT
"""Lines of a text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

WIDTH = 100


def wrapped(text: str, indent: str, hanging: int = 2) -> str:
    """A paragraph; its later lines stand further in."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + " " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def chained(parts: Sequence[str], link: str, indent: str) -> Iterator[str]:
    """Parts in as few lines as hold them, none broken in two that fits into a line."""
    line = parts[0]
    for part in parts[1:]:
        if len(indent) + len(line) + len(link) + len(part) < WIDTH:
            line = f"{line} {link}{part}"
        else:
            yield wrapped(line, indent)
            line = f"{link}{part}"
    yield wrapped(line, indent)
