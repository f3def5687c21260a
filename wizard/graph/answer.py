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
from wizard.graph import moments, network_data, sign_in_errors
from wizard.graph.http import SERVER_FAULTS, NoAnswer, NoAnswerKind, Reply
from wizard.graph.network_data import Expects
from wizard.graph.sign_in_report import CODE

REDIRECTIONS = range(300, 400)
WANTS_NETWORK_SIGN_IN = 511
WORDS_LENGTH = 120
_REQUEST_IDS = ("request-id", "x-ms-request-id", "SPRequestGuid")
# Sign-in errors (by their text) that say that the tenant id is wrong, or of another cloud.
OF_TENANT = ("tenant_not_found", "tenant_malformed", "tenant_missing", "other_cloud", "cross_cloud")
GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class AnswerKind(StrEnum):
    """What came back."""

    EXPECTED = "expected"
    UNEXPECTED = "unexpected"  # neither the known answer nor a page: may be the real service
    CAPTIVE = "captive"  # leads elsewhere, as a network does that wants a sign-in first
    TENANT_UNKNOWN = "tenant-unknown"  # the real service, and it doesn't know this tenant
    SIGN_IN_ERROR = "sign-in-error"  # the real service refuses for another reason than the tenant
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
    broken: NoAnswerKind | None = None
    detail: str = ""
    duration_ms: float = 0.0
    retry_after: str = ""
    code: int | None = None  # number of the sign-in error (AADSTS)
    tenant_realm: str | None = None  # the tenant that a SharePoint host says it belongs to

    @property
    def is_foreign(self) -> bool:
        """Whether something in between answered."""
        return self.kind in (AnswerKind.CAPTIVE, AnswerKind.NOT_MICROSOFT)

    @property
    def is_slow(self) -> bool:
        """Whether it took longer than it should."""
        return self.duration_ms > network_data.load().limits.slow_ms


def read(reply: Reply, expects: Expects, round_trip_ms: float) -> Answer:
    """What an answer proves; a round trip is needed to compare the clocks."""
    body = _json(reply.text)
    kind = _kind(reply, expects, body)
    return Answer(
        url=reply.url,
        kind=kind,
        status=reply.status_code,
        content_type=reply.header("Content-Type").partition(";")[0],
        words=(_error_code(body) or _title(reply.text))[:WORDS_LENGTH],
        location=_target(reply),
        request_id=_request_id(reply),
        client_request_id=reply.client_request_id,
        clock_ahead_s=clock_ahead(reply, round_trip_ms),
        duration_ms=reply.duration_ms,
        code=sign_in_code(body),
        retry_after=reply.retry_after,
        tenant_realm=_realm(reply) if expects is Expects.SHAREPOINT_UNAUTHORIZED else None,
    )


def none(url: str, error: NoAnswer) -> Answer:
    """There was no answer."""
    return Answer(url=url, kind=AnswerKind.NONE, broken=error.kind, detail=error.detail)


def clock_ahead(reply: Reply, round_trip_ms: float) -> float | None:
    """Seconds that this computer's clock is ahead of the server's; None where nothing tells it.

    The header has whole seconds, cut off, and was written half a round trip before it came. An
    answer from somebody's store has a Date of the past.
    """
    server = moments.of_http(reply.header("Date"))
    if server is None or reply.header("Age"):
        return None
    ours = reply.received - round_trip_ms / 2000
    return round(ours - (server.timestamp() + 0.5), 1)


def moment(reply: Reply) -> datetime:
    """When the answer came, by this computer's clock."""
    return datetime.fromtimestamp(reply.received, UTC)


def _kind(reply: Reply, expects: Expects, body: dict[str, Any]) -> AnswerKind:
    if reply.status_code == 429:
        return AnswerKind.THROTTLED
    if _leads_elsewhere(reply):
        return AnswerKind.CAPTIVE
    if reply.status_code in SERVER_FAULTS:
        return AnswerKind.SERVICE_FAULT
    if expects is Expects.OPENID_DOCUMENT:
        return _document_kind(reply, body)
    if _is_expected(reply, expects, body):
        return AnswerKind.EXPECTED
    return AnswerKind.UNEXPECTED if _may_be_real(reply, expects, body) else AnswerKind.NOT_MICROSOFT


def _may_be_real(reply: Reply, expects: Expects, body: dict[str, Any]) -> bool:
    """Whether a service may refuse so for a reason of its own, which its request id then names.

    Graph puts each of its refusals into JSON, the others don't.
    """
    if expects is Expects.GRAPH_UNAUTHORIZED:
        return bool(_error_code(body) and _request_id(reply))
    return bool(_request_id(reply)) or not _is_page(reply)


def _leads_elsewhere(reply: Reply) -> bool:
    """By the status that is made for it (RFC 6585), or with a redirection to another host."""
    if reply.status_code == WANTS_NETWORK_SIGN_IN:
        return True
    target = _target(reply)
    redirected = reply.status_code in REDIRECTIONS and target
    return bool(redirected and target != urlsplit(reply.url).hostname)


def _target(reply: Reply) -> str:
    """The host that a redirection leads to; as it was sent where that is no address at all."""
    location = reply.header("Location")
    try:
        return urlsplit(location).hostname or ""
    except ValueError:
        return location


def _document_kind(reply: Reply, body: dict[str, Any]) -> AnswerKind:
    if reply.status_code == 200 and "token_endpoint" in body and "issuer" in body:
        return AnswerKind.EXPECTED
    code = sign_in_code(body)
    if code is None:
        return AnswerKind.NOT_MICROSOFT
    known = sign_in_errors.load().known([code])
    is_of_tenant = known is not None and known[1].text in OF_TENANT
    return AnswerKind.TENANT_UNKNOWN if is_of_tenant else AnswerKind.SIGN_IN_ERROR


def sign_in_code(body: dict[str, Any]) -> int | None:
    """The number of Microsoft's sign-in error in an answer."""
    found = CODE.search(str(body.get("error_description", "")))
    return int(found[1]) if found else None


def _request_id(reply: Reply) -> str:
    told = next(filter(None, map(reply.header, _REQUEST_IDS)), "")
    return told[:WORDS_LENGTH]


def _is_expected(reply: Reply, expects: Expects, body: dict[str, Any]) -> bool:
    """Whether the service refuses as only it does when nobody has signed in."""
    if reply.status_code != 401:
        return False
    if expects is Expects.GRAPH_UNAUTHORIZED:
        return bool(_error_code(body) and reply.header("request-id"))
    if expects is Expects.SHAREPOINT_UNAUTHORIZED:
        return _realm(reply) is not None
    return "bearer" in reply.header("WWW-Authenticate").lower()


def _realm(reply: Reply) -> str | None:
    """The id of the tenant, which SharePoint names where it refuses."""
    found = re.search(rf'realm="({GUID})"', reply.header("WWW-Authenticate"), re.IGNORECASE)
    return found.group(1).lower() if found else None


def _is_page(reply: Reply) -> bool:
    """Whether this is meant for people, as no answer of these services is but a refusal's."""
    return reply.status_code != 401 and "html" in reply.header("Content-Type").lower()


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
