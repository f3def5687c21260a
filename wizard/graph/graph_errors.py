# SPDX-License-Identifier: MIT
"""What an error of Microsoft Graph means: resources/graph/graph_errors.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from wizard import codec, resources, secret_patterns
from wizard.graph import bounded, claims_challenge, moments
from wizard.graph.http import Reply
from wizard.model import CauseId
from wizard.product import Confidence

MESSAGE_LENGTH = 1000
MOST_INNER_CODES = 10
UNKNOWN = "unknown"


class Kind(StrEnum):
    """What sort of fault an answer tells of; the same 403 can be any of several."""

    PERMISSION = "permission"
    CONSENT = "consent"
    CREDENTIAL = "credential"
    APP = "app"
    CONDITIONAL_ACCESS = "conditional-access"
    LICENCE = "licence"
    OBJECT_LEVEL = "object-level"
    WRONG_CLOUD = "wrong-cloud"
    THROTTLED = "throttled"
    SERVICE_FAULT = "service-fault"
    TOKEN = "token"  # noqa: S105 - a kind, not a token
    PROTECTED_API = "protected-api"
    HISTORIC = "historic"
    ITEM = "item"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class GraphError:
    """An error in fields; `inner_codes` from the outside in."""

    status: int
    code: str = ""
    inner_codes: tuple[str, ...] = ()
    message: str = ""
    request_id: str = ""
    date: str = ""
    retry_after: str = ""
    challenge: str = ""
    claims: str = ""  # what the challenge asks for, as JSON

    @property
    def is_graphs_own(self) -> bool:
        """Whether it has both marks of Graph's answers: filters on the way know codes, too."""
        return bool(self.code and self.request_id)

    @property
    def asked(self) -> str:
        """The word of a challenge, and whether claims stand beside it."""
        return f"{self.challenge} with claims" if self.claims else self.challenge

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, without regard to case."""
        return tuple(code.lower() for code in (self.code, *self.inner_codes))


@dataclass(frozen=True)
class KnownAnswer:
    """One row of the catalogue."""

    id: str
    statuses: tuple[int, ...]
    codes: tuple[str, ...]
    message: str
    challenge: str
    kind: Kind
    confidence: Confidence
    of_one: bool = False

    @property
    def is_of_one(self) -> bool:
        """Whether it is about one mailbox, site, drive or account, and others may fare better."""
        return self.of_one or self.kind is Kind.OBJECT_LEVEL

    @property
    def text_id(self) -> str:
        """The id of its summary and advice."""
        return f"graph_error.{self.id}"

    def fits(self, error: GraphError) -> bool:
        """Whether all that this row names is in the error."""
        codes = {code.lower() for code in self.codes}
        return (
            (not self.statuses or error.status in self.statuses)
            and (not codes or not codes.isdisjoint(error.codes))
            and _found(self.message, error.message)
            and _found(self.challenge, error.asked)
        )


@dataclass(frozen=True)
class _KindCause:
    kind: Kind
    cause: CauseId


_NO_ROW = KnownAnswer(UNKNOWN, (), (), "", "", Kind.UNKNOWN, Confidence.OWN)


@dataclass(frozen=True)
class GraphErrors:
    """The whole catalogue."""

    source: str
    date: str
    wanted: str
    sent: str
    reason: str
    kinds: tuple[_KindCause, ...]
    errors: tuple[KnownAnswer, ...]

    def reading(self, error: GraphError) -> KnownAnswer:
        """The first row that fits; what none fits is unknown, never something near."""
        return next((row for row in self.errors if row.fits(error)), _NO_ROW)

    def cause(self, kind: Kind) -> CauseId:
        """The cause that a kind of error belongs to."""
        return next(row.cause for row in self.kinds if row.kind == kind)

    def permissions_wanted(self, error: GraphError) -> str:
        """The permissions each of which would suffice, where the answer names them."""
        found = re.search(self.wanted, error.message)
        return found.group(1) if found else ""

    def challenge_reason(self, error: GraphError) -> str:
        """Why a token was challenged, where the answer says so."""
        found = re.search(self.reason, error.message)
        return found.group(1) if found else ""

    def permissions_sent(self, error: GraphError) -> str | None:
        """The permissions that the answer saw in the token, None where it names none."""
        found = re.search(self.sent, error.message)
        return found.group(1) if found else None


@cache
def load() -> GraphErrors:
    """Read and check the shipped catalogue."""
    return codec.from_plain(resources.read_toml("graph", "graph_errors.toml"), GraphErrors)


def of_reply(reply: Reply) -> GraphError:
    """The error in a reply, whatever shape its body has."""
    error = of_body(reply.status_code, reply.text)
    challenge = claims_challenge.read(reply.header("WWW-Authenticate"))
    return GraphError(
        status=error.status,
        code=error.code,
        inner_codes=error.inner_codes,
        message=error.message,
        request_id=bounded.name(reply.header("request-id")) or error.request_id,
        date=bounded.time(moments.http_to_rfc3339(reply.header("Date"))) or error.date,
        retry_after=bounded.time(reply.retry_after),
        challenge=challenge.word,
        claims=reply.masked(challenge.claims),
    )


def of_body(status: int, text: str) -> GraphError:
    """The error in the text of an answer; an empty or foreign text leaves just the status."""
    body = _object(text)
    error = body.get("error", body.get("odata.error"))
    if isinstance(error, str):  # the shape of sign-in errors
        return GraphError(
            status, bounded.name(error), message=_message(body.get("error_description"))
        )
    error = error if isinstance(error, dict) else {}
    inner, codes = _inner(error)
    return GraphError(
        status=status,
        code=bounded.name(error.get("code")),
        inner_codes=codes,
        message=_message(error.get("message")),
        request_id=bounded.name(inner.get("request-id")),
        date=bounded.time(inner.get("date")),
    )


def _inner(error: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The first inner error and the codes of all of them, from the outside in."""
    first: dict[str, Any] = {}
    codes: list[str] = []
    node: Any = error
    while isinstance(node := node.get("innerError", node.get("innererror")), dict):
        first = first or node
        codes.append(bounded.name(node.get("code")))
    return first, tuple(code for code in codes if code)[:MOST_INNER_CODES]


def _message(raw: Any) -> str:
    text = raw.get("value") if isinstance(raw, dict) else raw
    # What stands between us and Graph may send back what was sent, the token included.
    return secret_patterns.mask(" ".join(str(text or "").split())[:MESSAGE_LENGTH])


def _object(text: str) -> dict[str, Any]:
    try:
        body = codec.load_json(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _found(pattern: str, text: str) -> bool:
    return not pattern or re.search(pattern, text, re.IGNORECASE) is not None
