# SPDX-License-Identifier: MIT
"""Where a setting's key stands in a text file, in every spelling that a reader may take for it.

SOURCE: java.util.Properties.load: a key ends at the first `=`, `:` or blank, a backslash escapes,
and a line that ends in one goes on in the next. JSON may write any character by its number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

_LINE = re.compile(
    r"(?:\A|(?<=[\r\n]))[ \t\f]*(?P<key>(?:\\[^\r\n]|[^ \t\f\r\n=:\\])+)"
    r"(?P<separator>[ \t\f]*[=:]?[ \t\f]*)(?P<value>[^\r\n]*)"
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_BLANKS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_JOINED = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:\r\n|\r|\n)[ \t\f]*")
_JSON_KEY = re.compile(r'(?<!\\)"((?:[^"\\\x00-\x1f]|\\.)*)"\s*:\s*')
# Strings and comments to the end of the line hide what looks like the beginning of a comment.
_COMMENT = re.compile(
    r'"(?:[^"\\\r\n]|\\[^\r\n])*"|(?<!:)//[^\r\n]*|(?:\A|(?<=[\r\n]))[ \t\f]*[#!;][^\r\n]*'
    r"|(?P<block>/\*.*?(?P<end>\*/|\Z))",
    re.DOTALL,
)


def lines(text: str, key: str) -> Iterator[re.Match[str]]:
    """Each line that a properties reader takes for the setting."""
    return (found for found in _LINE.finditer(text) if _plain(found["key"]) == key)


def _plain(written: str) -> str:
    def meant(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else _BLANKS.get(found[2], found[2])

    return _ESCAPE.sub(meant, written)


def is_split_over_lines(text: str, key: str) -> bool:
    """Whether the key stands once more where lines are joined that end in a backslash."""
    count = sum(1 for _ in lines(text, key))
    return sum(1 for _ in lines(_JOINED.sub(r"\1", text), key)) > count


def json_keys(text: str, key: str) -> Iterator[re.Match[str]]:
    """Each `"key":`, escaped or not; the match ends where the value begins."""
    return (found for found in _JSON_KEY.finditer(text) if _is_json_text(found[1], key))


def _is_json_text(written: str, meant: str) -> bool:
    try:
        return bool(json.loads(f'"{written}"') == meant)
    except ValueError:
        return False


def quoted_otherwise(text: str, key: str) -> list[int]:
    """Where it stands in quotation marks and isn't JSON: `'key':`, `"key" =`."""
    name = re.escape(key)
    return [found.start() for found in re.finditer(rf"'{name}'\s*[:=]|\"{name}\"\s*=", text)]


def in_block_comment(text: str, places: Sequence[int]) -> bool:
    """Whether any of these places lies between /* and */.

    Without an end it must begin behind a blank: a path can end in /*, too.
    """
    for found in _COMMENT.finditer(text):
        if found["block"] is None:
            continue
        is_comment = found["end"] or text[: found.start()][-1:].strip() == ""
        if is_comment and any(found.start() <= place < found.end() for place in places):
            return True
    return False
