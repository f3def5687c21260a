# SPDX-License-Identifier: MIT
"""How a sign-in ended, in fields that may be recorded and shown: no token, no secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from wizard import codec, secret_patterns
from wizard.graph import claims_challenge, echoes, moments
from wizard.graph.http import Reply
from wizard.model import Secret

MESSAGE_LENGTH = 500
WORD_LENGTH = 80
POLICIES = "capolids"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_TEXTS = ("error", "error_description", "trace_id", "correlation_id", "timestamp", "claims")
CODE = re.compile(r"AADSTS(\d{4,8})")


@dataclass(frozen=True)
class SignInError:
    """One refusal. `word` is the stable part, `message` Microsoft's text without the ids."""

    status: int
    word: str
    codes: tuple[int, ...]
    message: str
    trace_id: str
    correlation_id: str
    timestamp: str
    policies: tuple[str, ...] = ()  # ids of the Conditional Access policies that refused


class Failure(StrEnum):
    """Why neither a token nor an error of Microsoft's came."""

    NETWORK = "network"
    THROTTLED = "throttled"
    SERVICE_FAULT = "service-fault"
    NOT_MICROSOFT = "not-microsoft"


class Credential(StrEnum):
    """What the app signs in with."""

    SECRET = "secret"  # noqa: S105 - a kind, not a secret
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class Variable:
    """An environment variable that changes where programs with Microsoft's libraries sign in."""

    name: str
    value: str


@dataclass(frozen=True)
class Report:
    """How signing in ended, without the token: what may be recorded and shown."""

    url: str
    tenant_id: str
    client_id: str
    credential: Credential
    attempted: datetime
    duration_ms: float
    signed_in: bool
    error: SignInError | None = None
    failure: Failure | None = None
    detail: str = ""
    retry_after: str = ""
    client_request_id: str = ""
    certificate_expires: datetime | None = None
    certificate_thumbprint: str = ""
    variables: tuple[Variable, ...] = ()  # that are set here; this program heeds none of them

    @property
    def request(self) -> str:
        """The request that was made, as it is called wherever it is shown."""
        return f"POST https://{urlsplit(self.url).netloc}/{{tenant}}/oauth2/v2.0/token"


def error_of_reply(reply: Reply, secret: Secret | None) -> SignInError | None:
    """The refusal in a reply's text, None when there is none."""
    try:
        body = codec.load_json(reply.text)
    except ValueError:
        return None
    return error_of(body, reply.status_code, secret) if isinstance(body, dict) else None


def error_of(body: Mapping[str, Any], status: int, secret: Secret | None) -> SignInError | None:
    """The refusal in an answer, None when it has none of the marks of Microsoft's."""
    texts = {name: _masked(str(body.get(name) or ""), secret) for name in _TEXTS}
    codes = _codes(body.get("error_codes"), texts["error_description"])
    if not codes and not (texts["error"] and texts["error_description"]):
        return None
    return SignInError(
        status=status,
        word=texts["error"][:WORD_LENGTH],
        codes=codes,
        message=_without_ids(texts["error_description"]),
        trace_id=texts["trace_id"][:WORD_LENGTH],
        correlation_id=texts["correlation_id"][:WORD_LENGTH],
        timestamp=moments.sign_in_to_rfc3339(texts["timestamp"][:WORD_LENGTH]),
        policies=tuple(filter(GUID.fullmatch, claims_challenge.values(texts["claims"], POLICIES))),
    )


def _codes(listed: Any, description: str) -> tuple[int, ...]:
    codes = [code for code in listed if isinstance(code, int)] if isinstance(listed, list) else []
    told = [int(code) for code in CODE.findall(description)]
    return tuple(dict.fromkeys([*codes, *told]))


def _without_ids(description: str) -> str:
    """Without the trailing ids, which have fields of their own."""
    words = description.split("Trace ID:", maxsplit=1)[0]
    return " ".join(words.split())[:MESSAGE_LENGTH]


def _masked(text: str, secret: Secret | None) -> str:
    """Without our secret, in whatever form what answered may have sent it back."""
    return secret_patterns.mask(echoes.without(text, secret.reveal() if secret else ""))
