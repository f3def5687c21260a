# SPDX-License-Identifier: MIT
"""Where may a long text wrap? In paths, addresses, ids; never behind a slash, hyphen or drive."""

from __future__ import annotations

import re

WRAP = "\u200b"  # zero width space
JOIN = "\u2060"  # word joiner
NO_BREAK = "\u00a0"  # space; with a joiner behind it, so that it can be told from a text's own
_LONG = re.compile(r"\S{12,}")
_PARTS = re.compile(r"(?<=\w[/\\:.,;=_@-])(?=\w)|(?<=\w[=,;])(?=[/\\])|(?<=:\\)(?=\w)")
# Names such as User.Read.All: read, searched and typed as a whole.
_NAME = re.compile(r"\W*(?:[A-Z][A-Za-z]{1,30}\.){1,4}[A-Z][A-Za-z]{1,30}\W*")
_UNBROKEN = re.compile(r"[^\W_]{20}(?=[^\W_]{4})")
_UNIT = r"GB|MB|kB|KB|bytes?|seconds?|minutes?|hours?|days?|ms|s|files?|checks?|values?"
_JOINED = re.compile(
    rf"(?<![\w/\\:.…-])/(?=\w)|(?<!\w)[A-Za-z]:(?=\\)|(?<=\d) (?=(?:{_UNIT})(?!\w))"
    r"|(?<![\w-])-{1,2}(?=\w)"
)


def breakable(text: str) -> str:
    """The text with places to wrap at in paths, addresses, ids and lists without blanks."""
    return joined(_LONG.sub(lambda word: _with_breaks(word[0]), text))


def _with_breaks(word: str) -> str:
    if _NAME.fullmatch(word):
        return word
    parts = _PARTS.split(word)
    return WRAP.join(_UNBROKEN.sub(lambda run: run[0] + WRAP, part) for part in parts)


def joined(text: str) -> str:
    """The text with each leading slash, hyphen, drive or number kept with what follows it."""
    return _JOINED.sub(lambda part: part[0].replace(" ", NO_BREAK) + JOIN, text)


def without_widow(text: str) -> str:
    """The text with its last two words kept together, so that none stands alone in a line."""
    before, _, last = text.rpartition(" ")
    return f"{before}{NO_BREAK}{JOIN}{last}" if before else text


def joints(text: str) -> list[int]:
    """The places in a text where `joined` puts a mark, in order."""
    return [part.end() for part in _JOINED.finditer(text)]


def plain(text: str) -> str:
    """The text without such marks."""
    return text.replace(WRAP, "").replace(NO_BREAK + JOIN, " ").replace(JOIN, "")
