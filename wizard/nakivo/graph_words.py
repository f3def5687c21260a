# SPDX-License-Identifier: MIT
"""How logs write requests to Microsoft Graph, their status and the start of an answer's body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from wizard.model import Value

_HOST = r"(?:[\w-]{0,40}graph\.microsoft\.(?:com|us|de)|microsoftgraph\.chinacloudapi\.cn)"
_MARKS = ("graph.microsoft.", "microsoftgraph.")  # one of these is in every host
_BEFORE_MARK = 100  # more than what a request can have before it
_METHODS = "GET|POST|PUT|PATCH|DELETE"
# What an expression begins with is told first, and what may not stand before it behind that: then
# the engine passes over all other places at once.
_METHOD_WORD = re.compile(rf"[GPD](?<!\w.)(?:{'|'.join(m[1:] for m in _METHODS.split('|'))})\b")
# A host without a path is no request: a proxy's or a resolver's words have it, too.
_REQUEST = re.compile(
    rf"(?:(?P<method>\b(?:{_METHODS}))\b[\s\"':=,(\[]{{1,5}}"
    r"(?:(?:url|uri|URL|URI)[\"'\s:=]{1,5})?)?"
    rf"(?P<url>(?:https?:\\{{0,7}}/\\{{0,7}}/)?{_HOST}(?::\d+)?\\{{0,7}}/(?!(?:v1\.0|beta)/\$metadata)[^\s\"'<>,;)\]}}]{{0,2000}})"
)
# As it goes over the wire: the path in one line, the host in a later one.
_ON_THE_WIRE = re.compile(
    rf"(?P<method>\b(?:{_METHODS})) (?P<path>/(?:v1\.0|beta)/\S{{0,2000}}) HTTP/[\d.]{{1,3}}"
    rf"(?:[^\n]{{0,300}}\n){{1,12}}?[Hh]ost:\s{{0,3}}(?P<host>{_HOST})\b"
)
_METHOD = re.compile(
    rf"(?i:method)\\{{0,7}}[\"'\s:=]{{1,5}}\\{{0,7}}[\"']?(?P<method>{_METHODS})\b"
)
_REASONS = (
    "Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Conflict|Gone|Locked|"
    "Precondition Failed|Too Many Requests|Internal Server Error|Bad Gateway|"
    "Service Unavailable|Gateway Time-?[Oo]ut"
)
_COUNTED = "items?|messages|users|groups|sites|entries|results|bytes|ms|records|objects|files|pages"
_STATUS = re.compile(
    r"(?:HTTP/[\d.]{1,3}[\"\s]{1,3}|<-{2,3}\s|(?i:http|status|code|returned|response|error|failed|answered)"
    r"(?i:\s?code)?\\{0,7}[\"'\s:=(\[]{1,4}(?:(?i:with|was|is)\s)?(?:(?i:status|http)\s?(?i:code\s)?)?)"
    rf"(?P<told>[1-5]\d\d)\b(?![.:]\d|\s(?:{_COUNTED})\b)|\b(?P<named>[45]\d\d)[\s:(-]{{1,4}}(?:{_REASONS})\b"
    rf"|(?:graph\.microsoft\.|\.chinacloudapi\.)\S{{0,2000}}\s(?:[-=]>\s)?(?P<behind>[1-5]\d\d)\b(?![.:]\d|\s(?:{_COUNTED})\b)"
)
_STATUS_MARKS = ("graph.microsoft.", ".chinacloudapi.")
_NUMBER = re.compile(r"[1-5](?<!\d.)\d\d\b")
_BEFORE_NUMBER = 60  # more than what tells that a number is a status can have before it
_SLASHES = re.compile(r"\\+/")
_CLOCK = re.compile(r"\d\d:\d\d:\d\d[.,]\d+")
SUCCESS = re.compile(r"2(?<!\w.)\d\d OK\b|HTTP/[\d.]{1,3}[\"\s]{1,3}2\d\d\b|<-{2,3}\s2\d\d\b")
QUOTE = r"\\{0,7}\""
BODY = re.compile(
    rf"\{{\s{{0,40}}{QUOTE}error{QUOTE}\s{{0,10}}:\s{{0,10}}\{{|\{{error=\{{(?:code|message)="
)


def asks(text: str) -> re.Match[str] | None:
    """The first address of a request in a text."""
    return next(iter(_requests(text)), None)


def request(text: str) -> dict[str, Value]:
    """Method and address of the first request in a text, one with a method before others."""
    found = _requests(text)
    if not found:
        wire = _ON_THE_WIRE.search(text) if _first(_MARKS, text, 0) >= 0 else None
        url = f"https://{wire['host']}{wire['path']}" if wire else ""
        return {"method": wire["method"], "url": url} if wire else {}
    best = found[-1] if found[-1]["method"] else found[0]
    url = _SLASHES.sub("/", best["url"]) if "\\" in best["url"] else best["url"]
    fields: dict[str, Value] = {"url": url.rstrip("\\.:")}
    method = best["method"] or next((m["method"] for m in _METHOD.finditer(text)), None)
    return ({"method": method} if method else {}) | fields


@lru_cache(maxsize=16)  # a line is asked as such, and as the record that it often is by itself
def status(text: str) -> int | None:
    """The HTTP status; the time at the beginning of the line is no status."""
    head, _, rest = text.partition("\n")
    first = None
    for number in _numbers(f"{_CLOCK.sub('', head)}\n{rest}"):
        if number >= 400:
            return number
        first = first or number
    return first


def _first(marks: Iterable[str], text: str, place: int) -> int:
    """Where the first of some words stands behind a place, -1 where there is none."""
    found = [at for mark in marks if (at := text.find(mark, place)) >= 0]
    return min(found, default=-1)


@lru_cache(maxsize=16)
def _requests(text: str) -> tuple[re.Match[str], ...]:
    """The requests in a text, up to the first with a method."""
    place, found = 0, list[re.Match[str]]()
    while (mark := _first(_MARKS, text, place)) >= 0:
        match = _REQUEST.search(text, _begin(text, max(place, mark - _BEFORE_MARK), mark))
        if match is None:
            break
        found.append(match)
        if match["method"]:
            break
        place = match.end()
    return tuple(found)


def _begin(text: str, floor: int, mark: int) -> int:
    """Where a request can begin at the earliest: with a method, or else without any space."""
    method = _METHOD_WORD.search(text, floor, mark)
    bare = max(floor, text.rfind(" ", floor, mark) + 1)
    return min(bare, method.start()) if method else bare


def _numbers(text: str) -> Iterator[int]:
    """Every number that is a status by what stands around it."""
    place = 0
    while number := _NUMBER.search(text, place):
        mark = _first(_STATUS_MARKS, text, place)
        begin = number.start() - _BEFORE_NUMBER
        begin = begin if mark < 0 else min(begin, mark)
        match = _STATUS.search(text, max(place, begin))
        if match is None:
            return
        yield int(match["told"] or match["named"] or match["behind"])
        place = match.end()
