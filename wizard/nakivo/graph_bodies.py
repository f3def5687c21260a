# SPDX-License-Identifier: MIT
"""What the body of an answer by Microsoft Graph says: whole or cut, plain, escaped, or a batch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wizard.model import Value
from wizard.nakivo import graph_words

_BATCH = re.compile(
    rf"{graph_words.QUOTE}(?P<kind>requests|responses){graph_words.QUOTE}\s{{0,10}}:\s{{0,10}}\["
)
_ESCAPES = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_PIECE = r"\"{name}\"\s{{0,10}}:\s{{0,10}}\"(?P<value>(?:[^\"\\]|\\.)*)"
# A map as Java prints it.
_MAP = re.compile(
    r"\{error=\{(?=[^\n]{0,400}?\bcode=(?P<code>[\w.]{1,100}))"
    r"(?=[^\n]{0,400}?\bmessage=(?P<message>[^\n]{1,1000}?)(?:, \w{1,40}=|\}))"
    r"(?:(?=[^\n]{0,2000}?\brequest-id=(?P<request_id>[0-9a-fA-F-]{36})))?"
    r"(?:(?=[^\n]{0,2000}?\bdate=(?P<date>[\dT:.Z-]{10,30})))?"
)
_PARTS = 20  # of a batch, by Microsoft's own limit


@dataclass(frozen=True)
class Part:
    """One answer of a batch: its id, its status, and the fields of its error."""

    id: str
    status: int
    fields: dict[str, Value]


def fields(text: str) -> dict[str, Value]:
    """Fields of the first error in a text; empty where there is none."""
    match = graph_words.BODY.search(text)
    if not match:
        return {}
    if match[0].startswith("{error="):
        told = _MAP.match(text, match.start())
        return {k: v for k, v in told.groupdict().items() if v} if told else {}
    piece = _plain(text[match.start() :])
    error = _decoded(piece, 0)
    if not isinstance(error, dict):
        return _pieces(piece)
    return _of_error(error.get("error"))


def parts(text: str) -> tuple[Part, ...]:
    """The answers of a batch that aren't good; a last one that is cut is read as far as it goes."""
    answers = (_part(entry) for entry in _entries(text, "responses"))
    return tuple(part for part in answers if part and part.status >= 400)


def asked(text: str) -> dict[str, dict[str, Value]]:
    """Method and relative address of each request of a batch, by its id."""
    entries = [entry for entry in _entries(text, "requests") if isinstance(entry, dict)]
    return {
        str(entry.get("id")): {
            "method": str(entry.get("method", "")),
            "url": str(entry.get("url", "")),
        }
        for entry in entries
    }


def is_batch(text: str) -> bool:
    """Whether a text holds the answers of a batch."""
    return "responses" in text and any(m["kind"] == "responses" for m in _BATCH.finditer(text))


def asks_batch(text: str) -> bool:
    """Whether a text holds the requests of a batch."""
    return "requests" in text and any(m["kind"] == "requests" for m in _BATCH.finditer(text))


def _entries(text: str, kind: str) -> Iterator[Any]:
    match = next((m for m in _BATCH.finditer(text) if m["kind"] == kind), None)
    if match is None:
        return
    piece = _plain(text[match.start() :])
    place = piece.index("[") + 1
    for _ in range(_PARTS):
        place += len(piece[place:]) - len(piece[place:].lstrip(" \t\r\n,"))
        if not piece.startswith("{", place):
            return
        try:
            entry, place = json.JSONDecoder(strict=False).raw_decode(piece, place)
        except ValueError:
            entry, place = _cut(piece[place:]), len(piece)
        yield entry


def _cut(piece: str) -> dict[str, Any]:
    """A part of a batch that isn't whole."""
    number = re.search(r"\"status\"\s{0,10}:\s{0,10}(\d{3})\b", piece)
    names = re.search(r"\"id\"\s{0,10}:\s{0,10}\"([^\"]{1,100})\"", piece)
    error = _pieces(piece)
    told = {"id": names[1] if names else "", "status": int(number[1]) if number else 0}
    return told | ({"body": {"error": error}} if error else {})


def _part(entry: Any) -> Part | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("status"), int):
        return None
    body = entry.get("body")
    error = body.get("error") if isinstance(body, dict) else None
    return Part(str(entry.get("id", "")), entry["status"], _of_error(error))


def _plain(piece: str) -> str:
    """Text without the escapes of the strings that it stands in, two at most."""
    for _ in range(3):
        first = piece.find('"', 0, 200)
        if first < 1 or piece[first - 1] != "\\":
            break
        piece = _ESCAPES.sub(_unescaped, piece)
    return piece


def _unescaped(match: re.Match[str]) -> str:
    told = match[1]
    if len(told) == 1:
        return _ESCAPED.get(told, told)
    sign = chr(int(told[1:], 16))
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= sign <= "\udfff" else sign


def _decoded(piece: str, place: int) -> Any:
    try:
        return json.JSONDecoder(strict=False).raw_decode(piece, place)[0]
    except (ValueError, RecursionError):
        return None


def _of_error(error: Any) -> dict[str, Value]:
    if not isinstance(error, dict):
        return {}
    inner = list(_inner(error))
    codes = [part["code"] for part in inner if isinstance(part.get("code"), str)]
    found = {
        "code": error.get("code"),
        "inner_code": codes[-1] if codes else error.get("inner_code"),
        "message": error.get("message"),
        "request_id": _first("request-id", inner) or error.get("request_id"),
        "date": _first("date", inner) or error.get("date"),
    }
    return {key: value for key, value in found.items() if isinstance(value, str) and value}


def _first(name: str, inner: list[dict[str, Any]]) -> Any:
    return next((part[name] for part in inner if name in part), None)


def _inner(error: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The nested errors, outermost first."""
    for _ in range(8):
        inner = error.get("innerError", error.get("innererror"))
        if not isinstance(inner, dict):
            return
        yield inner
        error = inner


def _pieces(text: str) -> dict[str, Value]:
    """The same from a body that is cut or isn't valid JSON."""
    names = {"code": "code", "message": "message", "request-id": "request_id", "date": "date"}
    found: dict[str, Value] = {}
    for name, field in names.items():
        match = re.search(_PIECE.format(name=name), text)
        if match and match["value"]:
            found[field] = _ESCAPES.sub(_unescaped, match["value"])
    return found
