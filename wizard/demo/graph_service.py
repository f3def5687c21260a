# SPDX-License-Identifier: MIT
"""Microsoft Graph of a sample tenant: the few paths that are asked for, guarded by roles."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from wizard.demo import challenge
from wizard.demo.behaviour import Behaviour, GraphAnswer
from wizard.demo.directory_service import ROOTS, DirectoryService
from wizard.demo.loopback import Request, Response
from wizard.demo.sample_tenant import SamplePath, SampleTenant
from wizard.demo.token_issuer import TokenIssuer

NO_TOKEN = GraphAnswer(401, "InvalidAuthenticationToken", "Access token is empty.")
BAD_TOKEN = GraphAnswer(401, "InvalidAuthenticationToken", "CompactToken parsing failed.")
NO_PATH = GraphAnswer(400, "BadRequest", "Resource not found for the segment.")
TOO_MANY = GraphAnswer(429, "TooManyRequests", "Too many requests.", headers={"Retry-After": "120"})
NO_MAILBOX = GraphAnswer(
    404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox."
)
METADATA = "/v1.0/$metadata"
METADATA_BYTES = 2_500_000


@dataclass(frozen=True)
class GraphService:
    """Answers as graph.microsoft.com would."""

    behaviour: Behaviour
    tenant: SampleTenant
    issuer: TokenIssuer

    def answer(self, request: Request) -> Response:
        """The answer to one request."""
        if request.path == METADATA:
            return Response(200, _metadata(), "application/xml")
        return _respond(self._decide(request), request)

    def _decide(self, request: Request) -> GraphAnswer | dict[str, Any]:
        """An error, or the body of a granted request."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return NO_TOKEN
        base = f"https://{request.headers.get('host', '')}"
        claims = self.issuer.claims(token, base)
        if claims is None:
            return BAD_TOKEN
        challenged = challenge.refusal(self.behaviour.challenge, claims)
        if challenged:
            return challenged
        if self.behaviour.throttled:
            return TOO_MANY
        parts = urlsplit(request.path)
        scripted = [a for part, a in self.behaviour.graph_answers.items() if part in parts.path]
        if scripted:
            return scripted[0]
        return self._granted(base, parts.path, parts.query, tuple(claims.get("roles", ())))

    def _granted(
        self, base: str, path: str, query: str, roles: tuple[str, ...]
    ) -> GraphAnswer | dict[str, Any]:
        known = next((row for row in self.tenant.paths if re.match(row.path, path)), None)
        if known is None:
            return NO_PATH
        if not set(known.any_of) & set(roles):
            return self._refusal(known, roles)
        return self._body(base, path, query)

    def _refusal(self, known: SamplePath, roles: tuple[str, ...]) -> GraphAnswer:
        worded = self.tenant.refusals[known.style]
        named = {"wanted": ", ".join(known.any_of), "roles": ", ".join(roles)}
        return GraphAnswer(403, worded.code, worded.message.format(**named))

    def _body(self, base: str, path: str, query: str) -> GraphAnswer | dict[str, Any]:
        if path == "/v1.0/users":
            return self._users(base, query)
        if path.startswith(ROOTS):
            return DirectoryService(self.behaviour, self.tenant).answer(base, path, query)
        user = path.split("/")[3] if path.startswith("/v1.0/users/") else ""
        if path.endswith("/mailFolders") and user in self._without_mailbox():
            return NO_MAILBOX
        if path.endswith(("/drive", "/sites/root")):
            return {"id": self.tenant.object, "webUrl": self.tenant.site}
        found = self.tenant.group if path == "/v1.0/groups" else self.tenant.object
        return {"value": [{"id": found}]}

    def _users(self, base: str, query: str) -> dict[str, Any]:
        """As many users a page as asked for."""
        asked = parse_qs(query)
        position, count = (int(asked.get(name, ["0"])[0]) for name in ("$skiptoken", "$top"))
        if "mail" in asked.get("$select", [""])[0]:
            mails = self.tenant.mailboxes()[position : position + count]
            return {"value": [{"mail": mail} for mail in mails]}
        end, select = position + count, asked.get("$select", [""])[0]
        users = self.tenant.users[position:end]
        body: dict[str, Any] = {"value": [self._user(user, select) for user in users]}
        if end < len(self.tenant.users):
            body["@odata.nextLink"] = (
                f"{base}/v1.0/users?$top={count}&$select={select}&$skiptoken={end}"
            )
        return body

    def _user(self, user: str, select: str) -> dict[str, Any]:
        """A user with what is asked for; who has no mailbox has no plan for one."""
        services = ["SharePoint"] if user in self._without_mailbox() else ["SharePoint", "exchange"]
        plans = [{"service": one, "capabilityStatus": "Enabled"} for one in services]
        known = {"id": user, "assignedPlans": plans}
        return {name: known[name] for name in select.split(",")}

    def _without_mailbox(self) -> tuple[str, ...]:
        return self.tenant.users[: self.behaviour.users_without_mailbox]


@cache
def _metadata() -> str:
    """A public document of the size that Graph's own has."""
    entry = '<Property Name="sample" Type="Edm.String"/>\n'
    return f"<Schema>\n{entry * (METADATA_BYTES // len(entry))}</Schema>\n"


def _respond(decided: GraphAnswer | dict[str, Any], request: Request) -> Response:
    trace = str(uuid.uuid4())
    echoed = request.headers.get("client-request-id", "")
    ids = {"request-id": trace, "client-request-id": echoed}
    if isinstance(decided, dict):
        return Response(200, json.dumps(decided), headers=ids)
    if decided.raw is not None:
        return Response(decided.status, decided.raw, "text/html", decided.headers)
    return Response(
        decided.status, json.dumps(_error(decided, ids)), headers={**ids, **decided.headers}
    )


def _error(decided: GraphAnswer, ids: Mapping[str, str]) -> dict[str, Any]:
    inner = {"date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"), **ids}
    if decided.inner_code:
        inner["code"] = decided.inner_code
    return {"error": {"code": decided.code, "message": decided.message, "innerError": inner}}
