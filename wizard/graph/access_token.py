# SPDX-License-Identifier: MIT
"""What an access token says of itself; read, never verified, since only Microsoft can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt

from wizard.graph import bounded
from wizard.model import Secret


@dataclass(frozen=True)
class Claims:
    """The claims that matter. `roles` is None when the token has no such claim."""

    readable: bool
    roles: tuple[str, ...] | None = None
    scopes: tuple[str, ...] = ()
    issued: datetime | None = None
    expires: datetime | None = None
    appidacr: str | None = None  # "1": signed in with a secret, "2": with a certificate
    tenant_id: str | None = None
    audience: str | None = None


UNREADABLE = Claims(readable=False)


def read(token: Secret) -> Claims:
    """The claims; Microsoft is free to issue tokens that nobody else can read."""
    try:
        plain = jwt.decode(token.reveal(), options={"verify_signature": False})
    except jwt.PyJWTError:
        return UNREADABLE
    return Claims(
        readable=True,
        roles=_words(plain.get("roles")),
        scopes=tuple(map(bounded.name, str(plain.get("scp") or "").split())),
        issued=_moment(plain.get("iat")),
        expires=_moment(plain.get("exp")),
        appidacr=_text(plain, "appidacr") or _text(plain, "azpacr"),
        tenant_id=_text(plain, "tid"),
        audience=_text(plain, "aud"),
    )


def _words(claim: Any) -> tuple[str, ...] | None:
    if not isinstance(claim, list):
        return None
    return tuple(sorted(filter(None, map(bounded.name, claim))))


def _text(plain: Mapping[str, Any], name: str) -> str | None:
    value = plain.get(name)
    return bounded.place(value) if isinstance(value, str) else None


def _moment(claim: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(claim, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
