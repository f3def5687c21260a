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
    client_id: str | None = None
    identity: str | None = None  # "app" or "user", where the token says for whom it is


GRAPH_ID = "00000003-0000-0000-c000-000000000000"  # in every tenant
UNREADABLE = Claims(readable=False)


def read(token: Secret) -> Claims:
    """The claims; Microsoft is free to issue tokens that nobody else can read."""
    try:
        plain = jwt.decode(token.reveal(), options={"verify_signature": False})
    except jwt.PyJWTError:
        return UNREADABLE
    if not _is_recognised(plain):
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
        client_id=_text(plain, "appid") or _text(plain, "azp"),
        identity=_text(plain, "idtyp"),
    )


def _is_recognised(plain: Mapping[str, Any]) -> bool:
    """Whether it is built as known: without that, nothing can be told from roles not found."""
    roles = plain.get("roles", [])
    are_words = isinstance(roles, list)
    return are_words and isinstance(plain.get("aud"), str)


def is_foreign(claims: Claims, tenant_id: str, client_id: str, graph: str, now: datetime) -> bool:
    """Whether it is another token than the one asked for; what it doesn't say is no proof.

    A tenant given by its domain can't be compared. `graph` is empty where another service's token
    was asked for, whose audience may be written in several ways.
    """
    is_other_tenant = (
        claims.tenant_id and _is_id(tenant_id) and _differ(claims.tenant_id, tenant_id)
    )
    is_other_app = claims.client_id and _differ(claims.client_id, client_id)
    audience = (claims.audience or "").rstrip("/")
    known = (graph.rstrip("/").lower(), GRAPH_ID)
    is_other_service = graph and audience and audience.lower() not in known
    is_over = claims.expires and claims.expires <= now
    is_users = claims.identity == "user"
    return any((is_other_tenant, is_other_app, is_other_service, is_over, is_users))


def _is_id(text: str) -> bool:
    return "." not in text


def _differ(one: str, other: str) -> bool:
    return one.lower() != other.lower()


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
