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

from wizard import codec
from wizard.graph import moments
from wizard.graph.http import Reply
from wizard.model import Secret

MESSAGE_LENGTH = 500
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

    @property
    def request(self) -> str:
        """The request that was made, as it is called wherever it is shown."""
        return f"POST https://{urlsplit(self.url).netloc}/oauth2/v2.0/token"


def error_of_reply(reply: Reply, secret: Secret | None) -> SignInError | None:
    """The refusal in a reply's text, None when there is none."""
    try:
        body = codec.load_json(reply.text)
    except ValueError:
        return None
    return error_of(body, reply.status_code, secret) if isinstance(body, dict) else None


def error_of(body: Mapping[str, Any], status: int, secret: Secret | None) -> SignInError | None:
    """The refusal in an answer, None when it has none of the marks of Microsoft's."""
    description = str(body.get("error_description") or "")
    codes = _codes(body.get("error_codes"), description)
    word = str(body.get("error") or "")
    if not codes and not (word and description):
        return None
    return SignInError(
        status=status,
        word=word[:80],
        codes=codes,
        message=_clean(description, secret),
        trace_id=_text(body, "trace_id"),
        correlation_id=_text(body, "correlation_id"),
        timestamp=moments.sign_in_to_rfc3339(_text(body, "timestamp")),
    )


def _codes(listed: Any, description: str) -> tuple[int, ...]:
    codes = [code for code in listed if isinstance(code, int)] if isinstance(listed, list) else []
    told = [int(code) for code in CODE.findall(description)]
    return tuple(dict.fromkeys([*codes, *told]))


def _clean(description: str, secret: Secret | None) -> str:
    """Without the trailing ids, which have fields of their own, and never with our secret."""
    words = description.split("Trace ID:", maxsplit=1)[0]
    if secret and secret.reveal():
        words = words.replace(secret.reveal(), "***")
    return " ".join(words.split())[:MESSAGE_LENGTH]


def _text(body: Mapping[str, Any], name: str) -> str:
    return str(body.get(name) or "")[:80]
