# SPDX-License-Identifier: MIT
"""Where may a long text wrap? In paths, addresses, ids; never behind a first slash or a drive."""

from __future__ import annotations

import re

WRAP = "\u200b"  # zero width space
JOIN = "\u2060"  # word joiner
_LONG = re.compile(r"\S{12,}")
_PARTS = re.compile(r"(?<=\w[/\\:.,;=_@-])(?=\w)|(?<=\w[=,;])(?=[/\\])|(?<=:\\)(?=\w)")
_UNBROKEN = re.compile(r"[^\W_]{20}(?=[^\W_]{4})")
_JOINED = re.compile(r"(?<![\w/\\:.…-])/(?=\w)|(?<!\w)[A-Za-z]:(?=\\)")


def breakable(text: str) -> str:
    """The text with places to wrap at in paths, addresses, ids and lists without blanks."""
    return joined(_LONG.sub(lambda word: _with_breaks(word[0]), text))


def _with_breaks(word: str) -> str:
    parts = _PARTS.split(word)
    return WRAP.join(_UNBROKEN.sub(lambda run: run[0] + WRAP, part) for part in parts)


def joined(text: str) -> str:
    """The text with each leading slash or drive kept together with what follows it."""
    return _JOINED.sub(lambda part: part[0] + JOIN, text)


def joints(text: str) -> list[int]:
    """The places in a text where `joined` puts a mark, in order."""
    return [part.end() for part in _JOINED.finditer(text)]


def plain(text: str) -> str:
    """The text without such marks."""
    return text.replace(WRAP, "").replace(JOIN, "")
