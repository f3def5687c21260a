# SPDX-License-Identifier: MIT
"""SharePoint and OneDrive of a sample tenant: without sign-in they refuse and name the tenant."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from wizard.demo.behaviour import Behaviour
from wizard.demo.loopback import Request, Response
from wizard.demo.sample_tenant import SampleTenant
from wizard.demo.token_issuer import WITH_SECRET, TokenIssuer

WANTED = 'Bearer realm="{tenant}",client_id="00000003-0000-0ff1-ce00-000000000000"'
SITE = "/_api/web"
SECRET_REFUSED = {"error_description": "Unsupported app only token."}
REFUSED = {
    "odata.error": {
        "code": "-2147024891, System.UnauthorizedAccessException",
        "message": {"lang": "en-US", "value": "Attempted to perform an unauthorized operation."},
    }
}


@dataclass(frozen=True)
class SharePointService:
    """Answers as a tenant's own hosts would."""

    behaviour: Behaviour
    tenant: SampleTenant
    issuer: TokenIssuer

    def answer(self, request: Request) -> Response:
        """The answer to one request."""
        ids = {"SPRequestGuid": str(uuid.uuid4())}
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        base = f"https://{request.headers.get('host', '')}"
        claims = self.issuer.claims(token, base) if scheme.lower() == "bearer" else None
        if claims is None or not request.path.startswith(SITE):
            wanted = WANTED.format(tenant=self.tenant.tenant_id)
            return Response(401, "", "text/plain", {"WWW-Authenticate": wanted, **ids})
        if claims["appidacr"] == WITH_SECRET:
            return Response(401, json.dumps(SECRET_REFUSED), headers=ids)
        if not claims.get("roles"):
            return Response(403, json.dumps(REFUSED), headers=ids)
        return Response(200, json.dumps({"Id": self.tenant.object}), headers=ids)
