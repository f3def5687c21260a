# SPDX-License-Identifier: MIT
"""Rejected Microsoft Graph requests, each put together from the lines of its log record.

A record begins at a line with a time and ends before the next one. The request often stands in the
record before; it is taken from there only when this one has none. An answer to a batch holds
several rejections, each with the request of its own where the log shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wizard.graph import operations
from wizard.model import Value
from wizard.nakivo import graph_bodies, graph_records, graph_words
from wizard.nakivo.graph_bodies import Part
from wizard.nakivo.graph_records import Record
from wizard.nakivo.log_encoding import decode
from wizard.nakivo.log_lines import Line
from wizard.nakivo.log_signatures import GraphRules

_SDK = (
    re.compile(r"Error code:\s{0,3}(?P<code>[\w.]{1,100})"),
    re.compile(r"Error message:\s{0,3}(?P<message>[^\n]{1,1000})"),
    re.compile(r"ODataError:\s{1,3}(?P<message>[^\n{]{1,1000})"),
)
_EXCEPTION = re.compile(r"GraphServiceException|ODataError|\b(?:graph|Graph)\b[^\n]{0,80}Exception")
_ID = re.compile(
    r"(?:r(?<!client-.)(?<![\w-].)equest(?:-id|_id|Id)|R(?<!client-.)(?<![\w-].)equestId)"
    r"\\{0,7}[\"']?[\s:=]{1,4}"
    r"\\{0,7}[\"']?(?P<id>[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})"
)
_BATCH_URL = re.compile(r"(?:\$|%24)batch\b")
_REQUEST_LINES_BACK = 6
_SAME_URL_LINES_BACK = 30
_SAME_URL_BYTES = 4000
# What every record of a refusal holds: a status, or words of an error.
_ANSWERED = re.compile(r"[45](?<!\d.)\d\d\b|rror|xception")


@dataclass(frozen=True)
class Rejection:
    """What the log shows of it, in the lines `first` to `last`. `told` is what signatures judge.

    A status that isn't shown is the one that goes with the code or the message. `part` is the id
    of an answer within its batch.
    """

    fields: dict[str, Value]
    told: str
    text: str
    first: int
    last: int
    part: str = ""

    @property
    def key(self) -> tuple[str, str] | None:
        """Microsoft's own id of the answer: who logs it twice has not been refused twice."""
        request_id = str(self.fields.get("request_id", ""))
        return (request_id, self.part) if request_id else None


def read(line: Line, rules: GraphRules, limit: int, used: int = 0) -> tuple[Rejection, ...]:
    """The rejections in the record that the line belongs to; none where nothing was rejected.

    `limit` is the longest record in lines; up to line `used` everything belongs to others.
    """
    is_good = graph_words.SUCCESS.search(line.text) and not graph_words.BODY.search(line.text)
    if is_good and not _BATCH_URL.search(line.text) and not graph_bodies.is_batch(line.text):
        return ()
    record = graph_records.of(line, limit, used)
    if not _ANSWERED.search(record.text):
        return ()
    if graph_bodies.is_batch(record.text):
        return tuple(_parts(record, rules))
    return _single(record, rules)


def answered_well(line: Line) -> dict[str, Value]:
    """Method and address of a line's request, where the line shows a good answer, too.

    A good answer to a batch says nothing of its parts.
    """
    text = line.text
    if graph_words.BODY.search(text) or _BATCH_URL.search(text):
        return {}
    if not graph_words.SUCCESS.search(text):
        status = graph_words.status(text)
        if status is None or not 200 <= status < 300:
            return {}
    asked = graph_words.request(text)
    if "url" in asked and "method" not in asked:
        near = line.buffer[max(0, line.start - _SAME_URL_BYTES) : line.start]
        asked |= _method_of(str(asked["url"]), decode(near).split("\n"))
    return asked


def _single(record: Record, rules: GraphRules) -> tuple[Rejection, ...]:
    answer = _answer(record.text)
    status = answer.get("status") or _implied_status(answer, rules)
    if not isinstance(status, int) or status < 400:
        return ()
    fields = graph_words.request(record.text) | answer | _id(record.text, answer)
    if not fields.keys() & {"url", "code"} and not _EXCEPTION.search(record.text):
        return ()
    if "url" not in fields and _asked_elsewhere(record.text):
        return ()
    fields |= _from_before(fields, record) | {"status": status}
    return (_made(fields, record, record.text),)


def _asked_elsewhere(text: str) -> bool:
    """Whether an address stands before the body of an answer; it isn't one of Microsoft Graph's."""
    body = graph_words.BODY.search(text)
    return "://" in text[: body.start() if body else len(text)]


def _parts(record: Record, rules: GraphRules) -> Iterable[Rejection]:
    """One rejection for each answer of a batch that isn't good."""
    outer = graph_words.request(record.text)
    outer = outer or graph_words.request(graph_records.previous(record, _REQUEST_LINES_BACK))
    asked = graph_bodies.asked(record.text) or graph_bodies.asked(graph_records.batch(record))
    base = _BATCH_URL.split(str(outer.get("url", "")))[0].rstrip("/")
    for part in graph_bodies.parts(record.text):
        own = asked.get(part.id)
        fields = dict(outer)
        if own and base:
            fields = {"method": own["method"], "url": f"{base}/{str(own['url']).lstrip('/')}"}
        fields.update(part.fields, status=part.status, part=part.id)
        yield _made(fields, record, _shown(part), part.id)


def _shown(part: Part) -> str:
    told = " ".join(str(part.fields[name]) for name in ("code", "message") if name in part.fields)
    return f"batch, answer {part.id}: {part.status} {told}".strip()


def _made(fields: dict[str, Value], record: Record, text: str, part: str = "") -> Rejection:
    needed = _permission_needed(fields)
    if needed:
        fields["permission_needed"] = needed
    words = (fields.get(key, "") for key in ("status", "code", "inner_code", "message"))
    told = " ".join(str(word) for word in words)
    return Rejection(fields, told, text, record.first, record.last, part)


def _answer(text: str) -> dict[str, Value]:
    """What the record shows of the answer, by its fixed names; what isn't shown is absent."""
    status = graph_words.status(text)
    shown: dict[str, Value] = {} if status is None else {"status": status}
    shown |= graph_bodies.fields(text)
    for expression in _SDK:
        match = expression.search(text)
        if match:
            told = {k: v.strip() for k, v in match.groupdict().items()}
            shown |= {k: v for k, v in told.items() if k not in shown}
    return shown


def _id(text: str, answer: dict[str, Value]) -> dict[str, Value]:
    """Microsoft's own id of the answer, where its body doesn't name it."""
    match = None if "request_id" in answer else _ID.search(text)
    return {"request_id": match["id"]} if match else {}


def _from_before(fields: dict[str, Value], record: Record) -> dict[str, Value]:
    """The request, or just its method, where the record of an answer leaves that out."""
    if "url" not in fields:
        return graph_words.request(graph_records.previous(record, _REQUEST_LINES_BACK))
    if "method" in fields:
        return {}
    return _method_of(str(fields["url"]), record.earlier[-_SAME_URL_LINES_BACK:])


def _method_of(url: str, earlier: Iterable[str]) -> dict[str, Value]:
    """The method with which the newest of some lines asked for the same address."""
    asked = (graph_words.request(line) for line in reversed([*earlier]) if url in line)
    same = (one["method"] for one in asked if one.get("url") == url and "method" in one)
    return {"method": method} if (method := next(same, None)) else {}


def _implied_status(fields: dict[str, Value], rules: GraphRules) -> int | None:
    codes = rules.status_of_small_code
    told = (str(fields.get(name, "")).lower() for name in ("inner_code", "code"))
    found = next((codes[code] for code in told if code in codes), None)
    if found:
        return found
    message = str(fields.get("message", ""))
    known = rules.status_of_message.items()
    return next((status for words, status in known if words in message), None)


def _permission_needed(fields: dict[str, Value]) -> str | None:
    """What the answer itself names, else what the request needs by Microsoft's table."""
    if fields.get("status") != 403:
        return None
    named = re.search(r"API requires one of '([\w., -]{1,500})'", str(fields.get("message", "")))
    if named:
        return " or ".join(part.strip() for part in named[1].split(","))
    place = operations.place_of(str(fields.get("url", "")))
    found = operations.load().find(str(fields.get("method", "")), place)
    return found.shown if found and not found.needs_user else None
