# SPDX-License-Identifier: MIT
"""How logs write requests to Microsoft Graph, their status and the start of an answer's body."""

from __future__ import annotations

import re

from wizard.model import Value

_HOST = r"(?:[\w-]{0,40}graph\.microsoft\.(?:com|us|de)|microsoftgraph\.chinacloudapi\.cn)"
_MARKS = ("graph.microsoft.", "microsoftgraph.")  # one of these is in every host
_METHODS = "GET|POST|PUT|PATCH|DELETE"
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
SUCCESS = re.compile(r"\b2\d\d OK\b|(?:HTTP/[\d.]{1,3}[\"\s]{1,3}|<-{2,3}\s)2\d\d\b")
QUOTE = r"\\{0,7}\""
BODY = re.compile(
    rf"\{{\s{{0,40}}{QUOTE}error{QUOTE}\s{{0,10}}:\s{{0,10}}\{{|\{{error=\{{(?:code|message)="
)


def asks(text: str) -> re.Match[str] | None:
    """The first address of a request in a text."""
    return _REQUEST.search(text) if any(mark in text for mark in _MARKS) else None


def request(text: str) -> dict[str, Value]:
    """Method and address of the first request in a text, one with a method before others."""
    if not any(mark in text for mark in _MARKS):
        return {}
    found = list(_REQUEST.finditer(text))
    if not found:
        wire = _ON_THE_WIRE.search(text)
        url = f"https://{wire['host']}{wire['path']}" if wire else ""
        return {"method": wire["method"], "url": url} if wire else {}
    best = next((m for m in found if m["method"]), found[0])
    fields: dict[str, Value] = {"url": re.sub(r"\\+/", "/", best["url"]).rstrip("\\.:")}
    method = best["method"] or next((m["method"] for m in _METHOD.finditer(text)), None)
    return ({"method": method} if method else {}) | fields


def status(text: str) -> int | None:
    """The HTTP status; the time at the beginning of the line is no status."""
    first, _, rest = text.partition("\n")
    head = re.sub(r"\d\d:\d\d:\d\d[.,]\d+", "", first)
    found = [
        int(m["told"] or m["named"] or m["behind"]) for m in _STATUS.finditer(f"{head}\n{rest}")
    ]
    return next((number for number in found if number >= 400), found[0] if found else None)
