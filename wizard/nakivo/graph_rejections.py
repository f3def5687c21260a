# SPDX-License-Identifier: MIT
"""One rejected Microsoft Graph request, put together from the lines of its log record.

A record begins at a line with a time and ends before the next one. The request often stands in the
record before; it is taken from there only when this one has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wizard.graph import operations
from wizard.model import Value
from wizard.nakivo import log_times
from wizard.nakivo.log_lines import Line
from wizard.nakivo.log_signatures import GraphRules

_HOST = r"(?:[\w-]{0,40}graph\.microsoft\.(?:com|us|de)|microsoftgraph\.chinacloudapi\.cn)"
_REQUEST = re.compile(
    r"(?:(?P<method>\b(?:GET|POST|PUT|PATCH|DELETE))\b[\s\"':=,(\[]{1,5}"
    r"(?:(?:url|uri|URL|URI)[\"'\s:=]{1,5})?)?"
    rf"(?P<url>(?:https?:\\?/\\?/)?{_HOST}(?::\d+)?[^\s\"'<>,;)\]}}]{{0,2000}})"
)
_METHOD = re.compile(r"(?i:method)[\"'\s:=]{1,5}(?P<method>GET|POST|PUT|PATCH|DELETE)\b")
_REASONS = (
    "Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Conflict|Gone|Locked|"
    "Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?[Oo]ut"
)
_COUNTED = "items?|messages|users|groups|sites|entries|results|bytes|ms|records|objects|files|pages"
_STATUS = re.compile(
    r"(?:HTTP/[\d.]{1,3}[\"\s]{1,3}|<-{2,3}\s|(?i:http|status|code|returned|response|error|failed|answered)"
    r"(?i:\s?code)?[\"'\s:=(\[]{1,4}(?:(?i:with|was|is)\s)?(?:(?i:status|http)\s?(?i:code\s)?)?)"
    rf"(?P<told>[1-5]\d\d)\b(?![.:]\d|\s(?:{_COUNTED})\b)|\b(?P<named>[45]\d\d)[\s:(-]{{1,4}}(?:{_REASONS})\b"
    rf"|(?:graph\.microsoft\.|\.chinacloudapi\.)\S{{0,2000}}\s(?:[-=]>\s)?(?P<behind>[1-5]\d\d)\b(?![.:]\d|\s(?:{_COUNTED})\b)"
)
_SDK = (
    re.compile(r"Error code:\s{0,3}(?P<code>[\w.]{1,100})"),
    re.compile(r"Error message:\s{0,3}(?P<message>[^\n]{1,1000})"),
)
_ID = re.compile(
    r"(?<!client-)(?<![\w-])(?:request-id|request_id|requestId|RequestId)\\?[\"']?[\s:=]{1,4}\\?[\"']?"
    r"(?P<id>[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})"
)
_BODY = re.compile(r"\{\s{0,40}\\?\"error\\?\"\s{0,10}:\s{0,10}\{")
_PIECE = r"\\?\"{name}\\?\"\s{{0,10}}:\s{{0,10}}\\?\"(?P<value>(?:[^\"\\]|\\(?!\"))*)"
_SUCCESS = re.compile(r"\b2\d\d OK\b|(?:HTTP/[\d.]{1,3}[\"\s]{1,3}|<-{2,3}\s)2\d\d\b")
_LEVELS = {"ERROR", "WARN", "WARNING", "INFO", "DEBUG", "TRACE"}
_REQUEST_LINES_BACK = 6
_ANSWERED = re.compile(r"[45]\d\d|rror|xception")


@dataclass(frozen=True)
class Rejection:
    """What the log shows of it, in the lines `first` to `last`. `told` is what signatures judge.

    A status that isn't shown is the one that goes with the code.
    """

    fields: dict[str, Value]
    told: str
    text: str
    first: int
    last: int


def read(line: Line, rules: GraphRules, limit: int, used: int = 0) -> Rejection | None:
    """The rejection whose record the line belongs to; None when nothing was rejected.

    `limit` is the longest record in lines; up to line `used` everything belongs to others.
    """
    if _SUCCESS.search(line.text) and not _BODY.search(line.text):
        return None
    earlier, own = _before(line, limit, used)
    following = _after(line, limit)
    text = "\n".join([*own, line.text, *following])
    if not _ANSWERED.search(text):
        return None
    fields = _fields(text)
    fields |= _from_before(fields, earlier, text)
    status = fields.get("status") or _status_of_code(fields, rules)
    if not isinstance(status, int) or status < 400:
        return None
    fields["status"] = status
    needed = _permission_needed(fields, status)
    if needed:
        fields["permission_needed"] = needed
    words = (status, *(fields.get(key, "") for key in ("code", "inner_code", "message")))
    told = " ".join(str(word) for word in words)
    first, last = line.number - len(own), line.number + len(following)
    return Rejection(fields, told, text, first, last)


def answered_well(text: str) -> dict[str, Value]:
    """Method and address of a line's request, where the line shows a good answer, too."""
    if _BODY.search(text):
        return {}
    if _SUCCESS.search(text):
        return _request(text)
    status = _status(text)
    return _request(text) if status and 200 <= status < 300 else {}


def _before(line: Line, limit: int, used: int) -> tuple[list[str], list[str]]:
    """The lines before it: those of earlier records, and those of its own."""
    lines = line.before.split("\n")[:-1]
    free = min(limit, line.number - 1 - used)
    lines = lines[len(lines) - min(free, len(lines)) :]
    if log_times.parse(line.head):
        return lines, []
    asks = _REQUEST.search(line.text) is not None
    for place in range(len(lines) - 1, -1, -1):
        other = _REQUEST.search(lines[place]) is not None
        if asks and other:
            break
        if other or log_times.parse(lines[place]):
            return lines[:place], lines[place:]
    return (lines, []) if asks else ([], lines)


def _after(line: Line, limit: int) -> list[str]:
    """The lines up to the next with a time, the next request or a second body."""
    taken: list[str] = []
    asked = _REQUEST.search(line.text) is not None
    answered = _BODY.search(line.text) is not None
    for text in line.after.split("\n")[:limit]:
        begins = _BODY.search(text) is not None or text.strip() == "{"
        asks = _REQUEST.search(text) is not None
        if log_times.parse(text) or (asks and asked) or (begins and answered):
            break
        asked, answered = asked or asks, answered or begins
        taken.append(text)
    return taken


def _from_before(fields: dict[str, Value], earlier: list[str], text: str) -> dict[str, Value]:
    """The request, or just its method, where the record of an answer leaves that out."""
    if "url" in fields and "method" in fields:
        return {}
    asked = _request(_previous(earlier, text))
    if "url" not in fields:
        return asked
    same = asked.get("url") == fields["url"] and "method" in asked
    return {"method": asked["method"]} if same else {}


def _previous(earlier: list[str], text: str) -> str:
    """The record right before, where the request stands alone and nobody else's."""
    recent = earlier[-_REQUEST_LINES_BACK:]
    for place in range(len(recent) - 1, -1, -1):
        if log_times.parse(recent[place]):
            record = "\n".join(recent[place:])
            theirs, ours = _threads(recent[place]), _threads(text.partition("\n")[0])
            foreign = theirs and ours and not theirs & ours
            return "" if foreign or _SUCCESS.search(record) else record
    return ""


def _threads(line: str) -> set[str]:
    """What stands in square brackets at a line's beginning: thread names, but for level words."""
    return set(re.findall(r"\[([\w .:#-]{1,60})\]", line[:200])) - _LEVELS


def _fields(text: str) -> dict[str, Value]:
    """Everything the record shows, by its fixed names; what isn't shown is absent."""
    shown = _request(text)
    status = _status(text)
    if status is not None:
        shown["status"] = status
    shown |= _body(text)
    for expression in _SDK:
        match = expression.search(text)
        if match:
            shown |= {k: v for k, v in match.groupdict().items() if k not in shown}
    request_id = _ID.search(text)
    if request_id and "request_id" not in shown:
        shown["request_id"] = request_id["id"]
    return shown


def _request(text: str) -> dict[str, Value]:
    found = list(_REQUEST.finditer(text))
    if not found:
        return {}
    best = next((m for m in found if m["method"]), found[0])
    fields: dict[str, Value] = {"url": best["url"].replace("\\/", "/").rstrip("\\.:")}
    method = best["method"] or next((m["method"] for m in _METHOD.finditer(text)), None)
    return ({"method": method} if method else {}) | fields


def _status(text: str) -> int | None:
    """The HTTP status; the time at the beginning of the line is no status."""
    first, _, rest = text.partition("\n")
    head = re.sub(r"\d\d:\d\d:\d\d[.,]\d+", "", first)
    found = [
        int(m["told"] or m["named"] or m["behind"]) for m in _STATUS.finditer(f"{head}\n{rest}")
    ]
    return next((status for status in found if status >= 400), found[0] if found else None)


def _body(text: str) -> dict[str, Value]:
    """Fields of the JSON error, whole or cut, plain or escaped."""
    match = _BODY.search(text)
    if not match:
        return {}
    piece = text[match.start() :]
    if '\\"' in piece[:40]:
        piece = piece.replace('\\"', '"').replace("\\n", "\n")
    try:
        error = json.JSONDecoder(strict=False).raw_decode(piece)[0]["error"]
    except (ValueError, KeyError, TypeError):
        return _pieces(piece)
    return _of_error(error) if isinstance(error, dict) else {}


def _of_error(error: dict[str, Any]) -> dict[str, Value]:
    inner = list(_inner(error))
    codes = [part["code"] for part in inner if isinstance(part.get("code"), str)]
    found = {
        "code": error.get("code"),
        "inner_code": codes[-1] if codes else None,
        "message": error.get("message"),
        "request_id": next((p["request-id"] for p in inner if "request-id" in p), None),
        "date": next((p["date"] for p in inner if "date" in p), None),
    }
    return {key: value for key, value in found.items() if isinstance(value, str) and value}


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
            found[field] = match["value"]
    return found


def _status_of_code(fields: dict[str, Value], rules: GraphRules) -> int | None:
    codes = (str(fields.get("inner_code", "")), str(fields.get("code", "")))
    return next((rules.status_of_code[c] for c in codes if c in rules.status_of_code), None)


def _permission_needed(fields: dict[str, Value], status: int) -> str | None:
    """What the answer itself names, else what the request needs by Microsoft's table."""
    if status != 403:
        return None
    named = re.search(r"API requires one of '([\w., -]{1,500})'", str(fields.get("message", "")))
    if named:
        return " or ".join(part.strip() for part in named[1].split(","))
    place = operations.place_of(str(fields.get("url", "")))
    found = operations.load().find(str(fields.get("method", "")), place)
    return found.shown if found and not found.needs_user else None
