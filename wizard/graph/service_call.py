# SPDX-License-Identifier: MIT
"""One read-only request to a service's own interface beside Graph, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from wizard import codec, secret_patterns
from wizard.graph import answer
from wizard.graph.http import SERVER_FAULTS, NoAnswer, Reply

WORDS_LENGTH = 300
NOT_MICROSOFT = "not-microsoft"
THROTTLED = 429
_REQUEST_IDS = ("request-id", "SPRequestGuid")


@dataclass(frozen=True)
class ServiceCall:
    """`request` shows no object; `code` and `words` are the service's own."""

    request: str
    status: int | None = None
    granted: bool = False
    code: str = ""
    words: str = ""
    no_answer: str = ""
    detail: str = ""
    retry_after: str = ""
    request_id: str = ""
    client_request_id: str = ""
    time: str = ""  # RFC 3339
    duration_ms: float = 0.0

    @property
    def is_passing(self) -> bool:
        """Whether the service is throttling or at fault, which says nothing of the app."""
        return self.status == THROTTLED or self.status in SERVER_FAULTS


def unanswered(request: str, broken: NoAnswer) -> ServiceCall:
    """There was no answer."""
    return ServiceCall(request, no_answer=str(broken.kind), detail=broken.detail)


def answered(
    request: str, reply: Reply, *, granted: bool = False, code: str = "", words: str = ""
) -> ServiceCall:
    """There was one; a success without the service's own content is somebody else's page."""
    foreign = not granted and not code and reply.status_code in range(200, 300)
    return ServiceCall(
        request,
        status=reply.status_code,
        granted=granted,
        code=code,
        # What stands in between may send back what was sent, the token included.
        words=secret_patterns.mask(" ".join(words.split()))[:WORDS_LENGTH],
        no_answer=NOT_MICROSOFT if foreign else "",
        retry_after=reply.retry_after,
        request_id=next((found for name in _REQUEST_IDS if (found := reply.header(name))), ""),
        client_request_id=reply.client_request_id,
        time=codec.to_rfc3339(answer.moment(reply)),
        duration_ms=reply.duration_ms,
    )
