# SPDX-License-Identifier: MIT
"""Which lines of a log tell of one request to Microsoft Graph, and which request came before them.

A record begins at a line with a time and ends before the next one. Logs of HTTP traffic give every
line of an answer a time of its own: such lines belong together while they begin alike and go on
with a header or a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from wizard.nakivo import graph_bodies, graph_words, log_times
from wizard.nakivo.log_encoding import decode
from wizard.nakivo.log_lines import Line

_STACK = re.compile(r"^\s+at [\w.$/<>]|^\s*\.{3} \d+ (?:more|common frames)")
_LEVELS = {"ERROR", "WARN", "WARNING", "INFO", "DEBUG", "TRACE"}
# What stands before a message: time, thread, level, logger.
_PREFIX = re.compile(
    r"^[\[(<]?\d[\d/.:,TZ+ -]{6,40}[\])>]?"
    r"(?P<rest>(?:\s{0,8}(?:\[[^\]\n]{1,60}\]|\([^)\n]{1,60}\)"
    r"|(?!POST|PATCH|DELETE)[A-Z]{4,8}\b|[\w.$-]{1,80}:(?=\s)|-(?=\s)|\|)){0,6}\s{0,8}"
    r"(?:http-outgoing-\d{1,6} (?:<<|>>) \"?)?)"
)
_TIME = re.compile(r"^[\[(<]?\d[\d/.:,TZ+ -]{6,40}[\])>]?")
# How an answer begins in a log of traffic, and how it goes on.
_ANSWER = re.compile(r"<--\s\d{3}\b|HTTP/[\d.]{1,3}\s\d{3}\b")
_GOES_ON = re.compile(r"[{}\]]|\[(?:\{|\\r|$)|\"|<-- END|[A-Za-z][\w-]{1,60}:\s|\s*$")
_REQUEST_LINE = re.compile(r"[A-Z]{3,7} /\S")
_TRAFFIC_LINES = 40
_THREAD_LINES = 40  # back to the request of the same thread, beside those of others


@dataclass(frozen=True)
class Record:
    """One record: its text, its lines' numbers, and what came before it, read when asked for."""

    text: str
    first: int
    last: int
    _line: Line
    _free: int  # lines before `_line` that no other record used

    @cached_property
    def earlier(self) -> tuple[str, ...]:
        """The lines before it, oldest first."""
        lines = _preceding(self._line, self._free)
        return tuple(lines[: len(lines) - (self._line.number - self.first)])


def of(line: Line, limit: int, used: int) -> Record:
    """The record that the line belongs to.

    `limit` is the longest one in lines, frames of a stack not counted; up to line `used` everything
    belongs to others.
    """
    free = min(limit, line.number - 1 - used)
    own, following = _own(line, free), _after(line, limit)
    text = "\n".join([*own, line.text, *following])
    return Record(text, line.number - len(own), line.number + len(following), line, free)


def previous(record: Record, lines: int) -> str:
    """The record right before, where the request stands alone and nobody else's."""
    sent = _sent(record)
    if sent:
        return sent
    ours = _threads(record.text.partition("\n")[0])
    recent = record.earlier[-_THREAD_LINES:]
    end = len(recent)
    for place in range(end - 1, -1, -1):
        if not log_times.parse(recent[place]):
            continue
        theirs = _threads(recent[place])
        if not (theirs and ours) or theirs & ours:
            before = "\n".join(recent[place:end])
            is_near = bool(theirs & ours) or len(recent) - place <= lines
            return before if is_near and not graph_words.SUCCESS.search(before) else ""
        end = place
    return ""


def batch(record: Record) -> str:
    """The newest request of a batch before, where it isn't another thread's."""
    ours = _threads(record.text.partition("\n")[0])
    for place in range(len(record.earlier) - 1, -1, -1):
        if not graph_bodies.asks_batch(record.earlier[place]):
            continue
        head = next((t for t in record.earlier[place::-1] if log_times.parse(t)), "")
        theirs = _threads(head)
        if not (theirs and ours) or theirs & ours:
            return "\n".join(record.earlier[place:])
    return ""


def _sent(record: Record) -> str:
    """The request of an answer on the same connection, where each line that is sent is logged."""
    head = _PREFIX.match(record.text)
    if head is None or "<<" not in head["rest"]:
        return ""
    wanted, taken = head["rest"].replace("<<", ">>").rstrip(' "'), list[str]()
    for text in reversed(record.earlier):
        if text.startswith(wanted, head.start("rest")):
            taken.insert(0, text[head.end() :])
            if _REQUEST_LINE.match(taken[0]):
                return "\n".join(taken)
    return ""


def _preceding(line: Line, free: int) -> list[str]:
    lines = line.before.split("\n")[:-1]
    return lines[len(lines) - min(free, len(lines)) :]


def _own(line: Line, free: int) -> list[str]:
    """The lines before it that belong to its record."""
    asks = graph_words.asks(line.text) is not None
    if log_times.parse(line.head, line.years):
        lines = [] if asks else _preceding(line, free)
        return lines[len(lines) - _answered_by(lines, line.text) :]
    lines = _preceding(line, free)
    for place in range(len(lines) - 1, -1, -1):
        other = graph_words.asks(lines[place]) is not None
        if asks and other:
            break
        if other or log_times.parse(lines[place], line.years):
            return lines[place:]
    return [] if asks else lines


def _answered_by(lines: list[str], text: str) -> int:
    """How many lines right before a body or header belong to the same answer; often none."""
    for count in range(1, min(_TRAFFIC_LINES, len(lines)) + 1):
        head = _PREFIX.match(lines[-count])
        if head is None:
            return 0
        if _ANSWER.match(lines[-count], head.end()):
            between = [*lines[len(lines) - count + 1 :], text]
            return count if all(_message(head, other) is not None for other in between) else 0
    return 0


def _message(head: re.Match[str], text: str) -> str | None:
    """What a line with a time says, where it goes on with the answer that begins at `head`."""
    time = _TIME.match(text)
    if time is None or not text.startswith(head["rest"].rstrip(), head.start("rest")):
        return None
    said = text[head.end() :]
    return said if _GOES_ON.match(said) else None


def _after(line: Line, limit: int) -> list[str]:
    """The lines up to the next with a time, the next request or a second body."""
    taken: list[str] = []
    asked = graph_words.asks(line.text)
    answered = graph_words.BODY.search(line.text) is not None
    head = _PREFIX.match(line.text)
    traffic = head if head and _ANSWER.match(line.text, head.end()) else None
    for text in _lines(line, limit):
        if log_times.parse(text, line.years) and not (traffic and _message(traffic, text)):
            break
        begins = graph_words.BODY.search(text) is not None or text.strip() == "{"
        asks = graph_words.asks(text)
        other = asks and asked and not _is_told_again(asks, asked, [line.text, *taken])
        if other or (begins and answered):
            break
        asked, answered = asked or asks, answered or begins
        taken.append(text)
    return taken


def _is_told_again(asks: re.Match[str], asked: re.Match[str], lines: list[str]) -> bool:
    """Whether a request is the one before, as a stack trace names it again behind its frames."""
    return asks["url"] == asked["url"] and graph_words.status("\n".join(lines)) is None


def _lines(line: Line, limit: int) -> Iterator[str]:
    """Lines behind it, as many as a record may have beside the frames of its stack."""
    place, buffer = line.end + 1, line.buffer
    ceiling = min(len(buffer), place + line.room)
    while place < ceiling and limit > 0:
        end = buffer.find(b"\n", place, ceiling)
        if end < 0 and ceiling < len(buffer):
            return
        text = decode(buffer[place : end if end >= 0 else ceiling])
        yield text
        limit -= 0 if _STACK.match(text) else 1
        place = end + 1 if end >= 0 else ceiling


def _threads(line: str) -> set[str]:
    """What stands in square brackets at a line's beginning: thread names, but for level words."""
    return set(re.findall(r"\[([\w .:#-]{1,60})\]", line[:200])) - _LEVELS
