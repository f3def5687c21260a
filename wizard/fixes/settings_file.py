# SPDX-License-Identifier: MIT
"""Where one setting's value stands in a text file, and the file's bytes with another value.

Two styles: a line `key=value`, whose value reaches to the end of the line, and the JSON-style
`"key": "value"`. Every byte outside the value stays as it is.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass

from wizard.errors import BadInput, Refused
from wizard.fixes import settings_keys
from wizard.fixes.diff import spans

# Files are told apart by what they begin with; Latin-1 takes any byte and gives it back.
_BY_MARK = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMENT = re.compile(r"[ \t\f]*(?:[#!;]|//)")
_JSON_TEXT = re.compile(r'"((?:[^"\\\x00-\x1f]|\\.)*)"')
_JSON_PIECE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_QUOTED_WHOLE = re.compile(r"""(["'])(?P<inside>(?:(?!\1).)*)\1[ \t]*""")


@dataclass(frozen=True)
class Document:
    """A file's text and how to make bytes of it again."""

    text: str
    encoding: str
    mark: bytes

    def to_bytes(self) -> bytes:
        """The file's bytes; Refused when the text doesn't fit into its encoding."""
        try:
            return self.mark + self.text.encode(self.encoding)
        except UnicodeEncodeError:
            raise Refused("arguments.file.not_encodable", encoding=self.encoding) from None


@dataclass(frozen=True)
class Setting:
    """One setting. `text[start:end]` is the value as it is written; `value` is what it means."""

    key: str
    value: str
    start: int
    end: int
    is_json: bool


def parse(content: bytes) -> Document:
    """The text of a file; BadInput when it isn't a text file."""
    mark, encoding = next((known for known in _BY_MARK if content.startswith(known[0])), (b"", ""))
    body = content[len(mark) :]
    for name in (encoding,) if encoding else ("utf-8", "latin-1"):
        try:
            document = Document(body.decode(name), name, mark)
        except UnicodeDecodeError:
            continue
        if "\0" not in document.text and document.to_bytes() == content:
            return document
    raise BadInput("arguments.file.not_text")


def find(text: str, key: str) -> Setting:
    """The one place where the setting stands.

    Raises:
        BadInput: it stands nowhere.
        Refused: it stands twice, or may be a comment, or could be taken in two ways.
    """
    lines, others = _lines(text, key)
    members = _json_members(text, key)
    places = [*(one.start for one in (*lines, *members)), *others]
    if not places:
        raise BadInput("arguments.file.key_missing", key=key)
    if settings_keys.in_block_comment(text, places):
        raise Refused("arguments.file.in_comment", key=key)
    if len(places) > 1:
        raise Refused("arguments.file.key_twice", key=key, count=len(places))
    if others:
        raise Refused("arguments.file.other_spelling", key=key)
    return (*lines, *members)[0]


def argument_string(text: str, key: str) -> tuple[str, bool]:
    """What a file holds as the argument string, and whether it holds it as the setting.

    Without the setting's key the whole text is the string. Raises Refused as find.
    """
    try:
        return find(text, key).value, True
    except BadInput:
        return text.rstrip("\r\n"), False


def _lines(text: str, key: str) -> tuple[list[Setting], list[int]]:
    """The settings `key=value`, and where the key stands in a way that isn't written to."""
    settings, others = [], settings_keys.quoted_otherwise(text, key)
    for found in settings_keys.lines(text, key):
        if found["key"] != key or found["separator"].strip(" \t\f") != "=":
            others.append(found.start())
            continue
        _refuse_continued(text[: found.start()].rstrip("\r\n"), key)
        _refuse_continued(found["value"], key)
        start, end = found.span("value")
        settings.append(Setting(key, found["value"], start, end, is_json=False))
    if settings_keys.is_split_over_lines(text, key):
        raise Refused("arguments.file.continued_line", key=key)
    return settings, others


def _refuse_continued(line: str, key: str) -> None:
    """A properties reader joins a line that ends in a backslash with the next one."""
    if (len(line) - len(line.rstrip("\\"))) % 2:
        raise Refused("arguments.file.continued_line", key=key)


def _json_members(text: str, key: str) -> list[Setting]:
    settings = []
    for found in settings_keys.json_keys(text, key):
        line_start = max(text.rfind(end, 0, found.start()) for end in "\r\n") + 1
        if _COMMENT.match(text, line_start):
            continue
        literal = _JSON_TEXT.match(text, found.end())
        if literal is None:
            raise Refused("arguments.file.value_not_text", key=key)
        value = "".join(_meaning(piece, key) for piece in _JSON_PIECE.findall(literal[1]))
        settings.append(Setting(key, value, literal.start(1), literal.end(1), is_json=True))
    return settings


def _meaning(piece: str, key: str) -> str:
    try:
        return str(json.loads(f'"{piece}"'))
    except ValueError:
        raise Refused("arguments.file.value_not_text", key=key) from None


def with_value(document: Document, setting: Setting, value: str) -> Document:
    """The file with another value of this setting, checked by reading it again."""
    if setting.is_json:
        written = _as_json(document, setting, value)
    else:
        _refuse_wrapped(setting, value)
        written = value
    text = document.text[: setting.start] + written + document.text[setting.end :]
    if find(text, setting.key).value != value:
        raise Refused("arguments.file.not_writable_there", key=setting.key)
    return Document(text, document.encoding, document.mark)


def _as_json(document: Document, setting: Setting, value: str) -> str:
    """The value as a JSON string; what stays of it keeps the spelling it had."""
    pieces = _JSON_PIECE.findall(document.text[setting.start : setting.end])
    differ = spans(setting.value, value)
    kept = pieces[: len(differ.prefix)], pieces[len(pieces) - len(differ.suffix) :]
    inserted = json.dumps(differ.inserted, ensure_ascii=document.encoding == "latin-1")[1:-1]
    return "".join(kept[0]) + inserted + "".join(kept[1])


def _refuse_wrapped(setting: Setting, value: str) -> None:
    """A value wholly in quotes may be one argument, or all of them: the file's reader knows."""
    whole = _QUOTED_WHOLE.fullmatch(setting.value)
    if whole and setting.value.rstrip() in value:
        raise Refused("arguments.file.value_in_quotes", key=setting.key)
