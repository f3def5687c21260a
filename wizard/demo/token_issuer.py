# SPDX-License-Identifier: MIT
"""Issues the access tokens of a sample tenant, signed with a key that lives as long as it does."""

from __future__ import annotations

import time
import uuid
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

ALGORITHM = "ES256"
LIFETIME_S = 3600
WITH_SECRET, WITH_CERTIFICATE = "1", "2"


class TokenIssuer:
    """One key, and what it signed."""

    def __init__(self, tenant_id: str, client_id: str) -> None:
        self._tenant_id, self._client_id = tenant_id, client_id
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._hidden: dict[str, str] = {}

    def issue(
        self, audience: str, roles: tuple[str, ...] | None, appidacr: str, **more: Any
    ) -> str:
        """A token as Entra shapes it, with more claims; without roles there is no such claim."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "aud": audience,
            "tid": self._tenant_id,
            "appid": self._client_id,
            "appidacr": appidacr,
            "idtyp": "app",
            "oid": str(uuid.uuid4()),
            "iat": now,
            "nbf": now,
            "exp": now + LIFETIME_S,
            "ver": "1.0",
            **more,
        }
        if roles is not None:
            claims["roles"] = list(roles)
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def hide(self, token: str) -> str:
        """A token in a form that nobody else can read, as Entra may issue it."""
        opaque = f"opaque-sample-token-{uuid.uuid4()}"
        self._hidden[opaque] = token
        return opaque

    def claims(self, token: str, audience: str) -> dict[str, Any] | None:
        """All claims of a token that this issuer signed; None when it didn't."""
        key = self._key.public_key()
        try:
            plain = self._hidden.get(token, token)
            return dict(jwt.decode(plain, key, algorithms=[ALGORITHM], audience=audience))
        except jwt.PyJWTError:
            return None
