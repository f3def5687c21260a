# SPDX-License-Identifier: MIT
"""Plain text for people: paragraphs and labelled lines that leave addresses whole."""

from __future__ import annotations

import textwrap

_WIDTH = 98
_INDENT = 12


def paragraph(text: str) -> str:
    """A text broken into lines."""
    return _wrapped(text, "", "")


def labelled(label: str, text: str) -> str:
    """A text behind its label, further lines below its beginning."""
    return _wrapped(text, f"  {label}:".ljust(_INDENT), " " * _INDENT)


def _wrapped(text: str, first: str, further: str) -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=further,
        break_on_hyphens=False,
        break_long_words=False,
    )
