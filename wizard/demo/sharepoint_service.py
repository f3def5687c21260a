# SPDX-License-Identifier: MIT
"""SharePoint and OneDrive of a sample tenant without sign-in: they refuse and name the tenant."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.demo.loopback import Request, Response

WANTED = 'Bearer realm="{tenant}",client_id="00000003-0000-0ff1-ce00-000000000000"'


@dataclass(frozen=True)
class SharePointService:
    """Answers as a tenant's own hosts would."""

    tenant_id: str

    def answer(self, _request: Request) -> Response:
        """The answer to one request."""
        wanted = WANTED.format(tenant=self.tenant_id)
        return Response(401, "", "text/plain", {"WWW-Authenticate": wanted})
