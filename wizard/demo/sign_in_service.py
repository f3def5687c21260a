# SPDX-License-Identifier: MIT
"""The sign-in host of a sample tenant: the OpenID document and the token endpoint."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from wizard.demo import challenge
from wizard.demo.behaviour import Behaviour, Challenge, TokenAnswer
from wizard.demo.loopback import Request, Response
from wizard.demo.sample_access import SampleAccess
from wizard.demo.sample_tenant import SampleTenant
from wizard.demo.token_issuer import WITH_CERTIFICATE, WITH_SECRET, TokenIssuer

SLOW_S = 60.0
DOCUMENT = "/v2.0/.well-known/openid-configuration"
TOKEN = "/oauth2/v2.0/token"  # noqa: S105 - a path
NO_TENANT = "common"
PAGE = "<html><head><title>Service unavailable</title></head><body></body></html>"
CLOCK_TOLERANCE_S = 300
INVALID_CLIENT_STATUS = 401
BLOCKED_BY_POLICY = 53003


@dataclass(frozen=True)
class SignInService:
    """Answers as login.microsoftonline.com would; `services` are those beside Graph, by name."""

    behaviour: Behaviour
    tenant: SampleTenant
    issuer: TokenIssuer
    services: Mapping[str, SampleAccess] = field(default_factory=dict)

    def answer(self, request: Request) -> Response:
        """The answer to one request."""
        path = urlsplit(request.path).path
        tenant, _, rest = path.lstrip("/").partition("/")
        host = request.headers.get("host", "")
        if tenant not in (self.tenant.tenant_id, NO_TENANT):
            return self._error(90002, tenant_id=tenant)
        if f"/{rest}" == DOCUMENT:
            return self._document(host, tenant)
        if f"/{rest}" == TOKEN and request.method == "POST":
            return self._token(request, host)
        return Response(404, PAGE, "text/html")

    def _document(self, host: str, tenant: str) -> Response:
        base = f"https://{host}/{tenant}"
        document = {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}{TOKEN}",
            "jwks_uri": f"{base}/discovery/v2.0/keys",
            "msgraph_host": host.partition(":")[0],
            "cloud_instance_name": "sample",
            "tenant_region_scope": None,
        }
        return Response(200, json.dumps(document))

    def _token(self, request: Request, host: str) -> Response:
        held = {
            TokenAnswer.HANG: Response(200, "{}", seconds=SLOW_S),
            TokenAnswer.DRIP: Response(200, "{" + " " * 600 + "}", seconds=SLOW_S, drip=True),
            TokenAnswer.THROTTLED: Response(429, "", headers={"Retry-After": "30"}),
            TokenAnswer.FAULT: Response(503, PAGE, "text/html"),
            TokenAnswer.PAGE: Response(200, PAGE, "text/html"),
        }
        if self.behaviour.token_answer in held:
            return held[self.behaviour.token_answer]
        form = dict(parse_qsl(request.body.decode()))
        audience = form.get("scope", "").removesuffix("/.default")
        refused = self._refusal(form, f"https://{host}/{self.tenant.tenant_id}{TOKEN}")
        if refused or self.behaviour.token_error:
            return self._error(refused or self.behaviour.token_error or 0)
        asked = _claims(form.get("claims", ""))
        if challenge.answered(asked) and self.behaviour.challenge is Challenge.BLOCKED:
            return self._error(BLOCKED_BY_POLICY)
        there = self.services.get(audience)
        if there and there.token_error:
            return self._error(there.token_error)
        method = WITH_CERTIFICATE if "client_assertion" in form else WITH_SECRET
        return self._granted(audience, method, challenge.token_claims(asked))

    def _granted(self, audience: str, appidacr: str, more: dict[str, Any]) -> Response:
        there = self.services.get(audience)
        roles = there.roles if there else self.behaviour.roles
        token = self.issuer.issue(audience, roles, appidacr, **more)
        if self.behaviour.token_answer is TokenAnswer.UNREADABLE:
            token = self.issuer.hide(token)
        answer = {"token_type": "Bearer", "expires_in": 3599, "access_token": token}
        return Response(200, json.dumps(answer), headers={"Cache-Control": "no-store"})

    def _refusal(self, form: dict[str, str], audience: str) -> int | None:
        """The number of the error that Entra would give, None when all is right."""
        if form.get("client_id") != self.tenant.client_id:
            return 700016
        if "client_assertion" in form:
            return self._assertion_refusal(form["client_assertion"], audience)
        return None if form.get("client_secret") == self.tenant.secret else 7000215

    def _assertion_refusal(self, assertion: str, audience: str) -> int | None:
        """Checked against the registered certificate, and by this server's own clock."""
        pem = self.behaviour.registered_certificate
        key = x509.load_pem_x509_certificate(pem.encode()).public_key() if pem else None
        if not isinstance(key, RSAPublicKey):
            return 700027
        try:
            claims = jwt.decode(
                assertion,
                key,
                algorithms=["PS256", "RS256"],
                audience=audience,
                options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
        except jwt.PyJWTError:
            return 700027
        now = time.time() + self.behaviour.clock_offset_s
        early = now < claims.get("nbf", claims["iat"]) - CLOCK_TOLERANCE_S
        return 700024 if early or now > claims["exp"] + CLOCK_TOLERANCE_S else None

    def _error(self, code: int, tenant_id: str | None = None) -> Response:
        known = self.tenant.sign_in_errors
        entry = known.get(str(code), known["0"])
        told = entry.text.format(
            client_id=self.tenant.client_id, tenant_id=tenant_id or self.tenant.tenant_id
        )
        trace, correlation = str(uuid.uuid4()), str(uuid.uuid4())
        stamp = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        ids = f"Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}"
        body = {
            "error": entry.word,
            "error_description": f"AADSTS{code}: {told} {ids}",
            "error_codes": [code],
            "timestamp": stamp,
            "trace_id": trace,
            "correlation_id": correlation,
        }
        if code == BLOCKED_BY_POLICY:
            body |= {"suberror": "message_only", "claims": challenge.policy_claims()}
        status = INVALID_CLIENT_STATUS if entry.word == "invalid_client" else 400
        return Response(status, json.dumps(body))


def _claims(text: str) -> dict[str, Any]:
    """What is asked for of the access token."""
    wanted = json.loads(text or "{}").get("access_token")
    return dict(wanted or {})
