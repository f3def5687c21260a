# SPDX-License-Identifier: MIT
"""Exchange Web Services of a sample tenant: without sign-in they say which sign-in they want."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from wizard.demo.behaviour import Behaviour
from wizard.demo.loopback import Request, Response
from wizard.demo.sample_tenant import SampleTenant
from wizard.demo.token_issuer import TokenIssuer

WANTED = 'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", token_types="app_asserted"'
POLICY_HEADER = "X-EWS-Policy-Reason"
PERMISSION = "full_access_as_app"
BODY = "<m:GetFolderResponse><m:ResponseCode>{code}</m:ResponseCode></m:GetFolderResponse>"
_MAILBOX = re.compile(rb"<t:PrimarySmtpAddress>([^<]+)</")


@dataclass(frozen=True)
class ExchangeService:
    """Answers as outlook.office365.com would."""

    behaviour: Behaviour
    tenant: SampleTenant
    issuer: TokenIssuer

    def answer(self, request: Request) -> Response:
        """The answer to one request."""
        ids = {"request-id": str(uuid.uuid4())}
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        base = f"https://{request.headers.get('host', '')}"
        claims = self.issuer.claims(token, base) if scheme.lower() == "bearer" else None
        if claims is None:
            return Response(401, "", "text/plain", {"WWW-Authenticate": WANTED, **ids})
        if self.behaviour.exchange.policy:
            named = {POLICY_HEADER: self.behaviour.exchange.policy}
            return Response(403, "", "text/plain", {**ids, **named})
        if PERMISSION not in claims.get("roles", ()):
            return Response(403, "", "text/plain", ids)
        code = self._code(request.body)
        status = 200 if code == "NoError" else 500
        return Response(status, BODY.format(code=code), "text/xml", ids)

    def _code(self, body: bytes) -> str:
        found = _MAILBOX.search(body)
        named = found.group(1).decode() if found else ""
        there = self.tenant.mailboxes()[self.behaviour.users_without_mailbox :]
        return "NoError" if named in there else "ErrorNonExistentMailbox"
