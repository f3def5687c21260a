# SPDX-License-Identifier: MIT
"""Which arguments a POSIX shell makes of the string, and what it would act upon.

SOURCE: Shell Command Language, 2.2 Quoting. Nothing is expanded here: a character that the shell
acts upon is kept and told as the problem.
"""

from __future__ import annotations

import re

from wizard.fixes.notice import Notice
from wizard.fixes.words import COMMENT, UNMATCHED, Words
from wizard.host.java_launcher import BLANKS

_EXPANDS = Notice("arguments.reading.shell_expands")
_OPERATOR = Notice("arguments.reading.shell_operator")
ACTED_UPON = (_EXPANDS, _OPERATOR)
_OPEN_ESCAPE = Notice("arguments.reading.open_escape")

# A word's parts: '…', "…", an escaped character, or a run of others.
_PART = re.compile(
    rf"""'(?P<single>[^']*)'|"(?P<double>(?:[^"\\]|\\.)*)"|\\(?P<escaped>.)|(?P<bare>[^{BLANKS}'"\\]+)""",
    re.DOTALL,
)
_ESCAPED_IN_DOUBLE = re.compile(r'\\([$`"\\])|\\\n')
_BLANK_RUN = re.compile(f"[{BLANKS}]*")


def split_posix(text: str) -> Words:
    """The words of a command line with this string in it."""
    words: list[str] = []
    problem: Notice | None = None
    position = _skip_blanks(text, 0)
    while position < len(text):
        if text[position] == "#":
            return Words(tuple(words), COMMENT)
        word = ""
        while position < len(text) and text[position] not in BLANKS:
            part = _PART.match(text, position)
            if part is None:
                return Words(None, _OPEN_ESCAPE if text[position] == "\\" else UNMATCHED)
            word += _plain(part)
            problem = problem or _acted_upon(part)
            position = part.end()
        words.append(word)
        position = _skip_blanks(text, position)
    return Words(tuple(words), problem)


def _skip_blanks(text: str, position: int) -> int:
    found = _BLANK_RUN.match(text, position)
    return found.end() if found else position


def _plain(part: re.Match[str]) -> str:
    double = part["double"]
    if double is not None:
        return _ESCAPED_IN_DOUBLE.sub(lambda found: found[1] or "", double)
    return part["single"] or part["escaped"] or part["bare"] or ""


def _acted_upon(part: re.Match[str]) -> Notice | None:
    active = re.sub(r"\\.", "", part["double"] or "") + (part["bare"] or "")
    if re.search(r"[$`]", active):
        return _EXPANDS
    bare = part["bare"] or ""
    if re.search(r"[;&|<>()]", bare):
        return _OPERATOR
    return _EXPANDS if re.search(r"[*?\[]", bare) else None
