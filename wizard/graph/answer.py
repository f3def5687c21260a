# SPDX-License-Identifier: MIT
"""Whether the real service answers without sign-in, or a page of somebody in between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from wizard import codec
from wizard.graph import moments
from wizard.graph.http import SERVER_FAULTS, NoAnswer, NoAnswerKind, Reply
from wizard.graph.network_data import Expects


class AnswerKind(StrEnum):
    """What came back."""

    EXPECTED = "expected"
    TENANT_UNKNOWN = "tenant-unknown"  # the real service, and it doesn't know this tenant
    NOT_MICROSOFT = "not-microsoft"  # a page of something in between
    THROTTLED = "throttled"
    SERVICE_FAULT = "service-fault"
    NONE = "none"


@dataclass(frozen=True)
class Answer:
    """One answer without sign-in. `clock_ahead_s` is how far this computer's clock is ahead."""

    url: str
    kind: AnswerKind
    status: int | None = None
    content_type: str = ""
    words: str = ""  # error code of the service, or the title of the page
    location: str = ""  # host that a redirection leads to
    request_id: str = ""
    client_request_id: str = ""
    clock_ahead_s: float | None = None
    tenant_graph_host: str | None = None  # the Graph host that the tenant's own document names
    broken: NoAnswerKind | None = None
    detail: str = ""
    duration_ms: float = 0.0
    retry_after: str = ""


def read(reply: Reply, expects: Expects) -> Answer:
    """What an answer proves."""
    body = _json(reply.text)
    kind = _kind(reply, expects, body)
    graph_host = body.get("msgraph_host") if kind is AnswerKind.EXPECTED else None
    return Answer(
        url=reply.url,
        kind=kind,
        status=reply.status_code,
        content_type=reply.header("Content-Type").partition(";")[0],
        words=_error_code(body) or _title(reply.text),
        location=urlsplit(reply.header("Location")).hostname or "",
        request_id=reply.header("request-id") or reply.header("x-ms-request-id"),
        client_request_id=reply.client_request_id,
        clock_ahead_s=clock_ahead(reply),
        tenant_graph_host=graph_host if isinstance(graph_host, str) else None,
        duration_ms=reply.duration_ms,
        retry_after=reply.header("Retry-After"),
    )


def none(url: str, error: NoAnswer) -> Answer:
    """There was no answer."""
    return Answer(url=url, kind=AnswerKind.NONE, broken=error.kind, detail=error.detail)


def clock_ahead(reply: Reply) -> float | None:
    """Seconds that this computer's clock is ahead of the server's; None without a Date.

    The header has whole seconds, cut off, and was written half a round trip ago.
    """
    server = moments.of_http(reply.header("Date"))
    if server is None:
        return None
    ours = reply.received - reply.duration_ms / 2000
    return round(ours - (server.timestamp() + 0.5), 1)


def moment(reply: Reply) -> datetime:
    """When the answer came, by this computer's clock."""
    return datetime.fromtimestamp(reply.received, UTC)


def _kind(reply: Reply, expects: Expects, body: dict[str, Any]) -> AnswerKind:
    if reply.status_code == 429:
        return AnswerKind.THROTTLED
    if reply.status_code in SERVER_FAULTS:
        return AnswerKind.SERVICE_FAULT
    if expects is Expects.GRAPH_UNAUTHORIZED:
        return _graph_kind(reply, body)
    if reply.status_code == 200 and "token_endpoint" in body and "issuer" in body:
        return AnswerKind.EXPECTED
    known_error = "AADSTS" in str(body.get("error_description", ""))
    return AnswerKind.TENANT_UNKNOWN if known_error else AnswerKind.NOT_MICROSOFT


def _graph_kind(reply: Reply, body: dict[str, Any]) -> AnswerKind:
    """Only Graph refuses in this shape and with an id of the request."""
    real = reply.status_code == 401 and _error_code(body) and reply.header("request-id")
    return AnswerKind.EXPECTED if real else AnswerKind.NOT_MICROSOFT


def _error_code(body: dict[str, Any]) -> str:
    error = body.get("error", "")
    code = error.get("code", "") if isinstance(error, dict) else error
    return code if isinstance(code, str) else ""


def _json(text: str) -> dict[str, Any]:
    try:
        body = codec.load_json(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _title(text: str) -> str:
    """The title of a page, so that somebody recognises whose it is."""
    found = re.search(r"<title[^>]*>([^<]{1,120})", text[:20000], re.IGNORECASE)
    return " ".join(found.group(1).split()) if found else ""
