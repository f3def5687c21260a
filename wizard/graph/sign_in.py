# SPDX-License-Identifier: MIT
"""Signing in as the app registration that the backup uses."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import msal

from wizard.errors import CannotCheck
from wizard.graph import (
    access_token,
    app_certificate,
    moments,
    network_data,
    proxies,
    sign_in_errors,
)
from wizard.graph.access_token import Claims
from wizard.graph.app_certificate import AppCertificate
from wizard.graph.clouds import Cloud
from wizard.graph.deadline import Stopwatch
from wizard.graph.http import SERVER_FAULTS, Http, NoAnswer
from wizard.graph.sign_in_client import SignInClient, UnusableReply
from wizard.graph.sign_in_report import (
    Credential,
    Failure,
    Report,
    SignInError,
    Variable,
    error_of,
    error_of_reply,
)
from wizard.host.base import Host
from wizard.model import Credentials, Scope, Secret

UNDERSTANDS_CHALLENGES = "CP1"
FOREIGN_TOKEN = "foreign-token"  # noqa: S105 - what is told of one
# They name another sign-in host or a region's own to programs with Microsoft's libraries.
VARIABLES = ("MSAL_FORCE_REGION", "REGION_NAME", "AZURE_AUTHORITY_HOST")
SHARE_OF_TIMEOUT = 0.4  # each of the two requests, so that both fit into a check's time-out


@dataclass(frozen=True)
class SignIn:
    """How signing in ended. The token lives in memory only; `claims` are read, not verified."""

    token: Secret | None
    claims: Claims
    report: Report


def can_sign_in(scope: Scope, credentials: Credentials) -> bool:
    """Whether there is all that a sign-in needs."""
    proof = credentials.client_secret or scope.certificate
    return bool(scope.tenant_id and scope.client_id and proof)


def sign_in(
    cloud: Cloud,
    scope: Scope,
    credentials: Credentials,
    host: Host,
    cancel: threading.Event,
    *,
    resource: str = "",
    claims: str = "",
    challengeable: bool = True,
) -> SignIn:
    """Ask for a token, anew each time: the library would remember old refusals.

    `resource` is the address of a service, as https://outlook.office365.com; without one it is
    the cloud's Graph. `claims` are those of a claims challenge. With `challengeable` the service is
    told that we understand such challenges: without, it doesn't say why a policy refuses us.

    Raises:
        CannotCheck: nothing to sign in with, or the certificate's file can't be used.
    """
    if not can_sign_in(scope, credentials):
        raise CannotCheck("error.no_credentials")
    if cancel.is_set():
        raise CannotCheck("error.stopped")
    certificate = None
    if scope.certificate:
        certificate = app_certificate.read(scope.certificate, credentials.certificate_password)
    attempt = _Attempt(cloud, scope, credentials.client_secret, certificate)
    attempt.wanted, attempt.claims = f"{resource or cloud.graph}/.default", claims
    return attempt.go(host, challengeable=challengeable)


class _Attempt:
    """One sign-in, from the credential to what came of it."""

    def __init__(
        self,
        cloud: Cloud,
        scope: Scope,
        secret: Secret | None,
        certificate: AppCertificate | None,
    ) -> None:
        self.cloud, self.scope = cloud, scope
        self.secret, self.certificate = secret, certificate
        self.authority = f"{cloud.authority}/{scope.tenant_id}"
        self.wanted, self.claims = f"{cloud.graph}/.default", ""
        self.variables: tuple[Variable, ...] = ()
        self.watch = Stopwatch()
        self.attempted = datetime.now(UTC).replace(microsecond=0)

    def go(self, host: Host, *, challengeable: bool) -> SignIn:
        """Make the attempt; every outcome is a SignIn."""
        route = proxies.choose(self.scope, host, urlsplit(self.cloud.authority).hostname or "")
        given = host.environment()
        self.variables = tuple(Variable(name, given[name]) for name in VARIABLES if given.get(name))
        limit = network_data.load().limits.sign_in_s
        seconds = min(limit, (self.scope.timeout_s or limit / SHARE_OF_TIMEOUT) * SHARE_OF_TIMEOUT)
        with Http(route, self.scope.ca_file) as http:
            client = SignInClient(http, seconds)
            first = self._tried(client, challengeable=challengeable)
            if challengeable and _may_be_our_words(first.report.error):
                plain = self._tried(client, challengeable=False)
                return plain if plain.report.signed_in else first
            return first

    def _tried(self, client: SignInClient, *, challengeable: bool) -> SignIn:
        try:
            answer = self._ask(client, challengeable=challengeable)
        except NoAnswer as error:
            return self._failed(client, Failure.NETWORK, str(error.kind), error.detail)
        except UnusableReply:
            return self._unusable(client)
        except (ValueError, KeyError, RuntimeError):
            # The library hides what Microsoft said to a wrong tenant; the client kept it.
            return self._unusable(client)
        return self._answered(client, answer)

    def _ask(self, client: SignInClient, *, challengeable: bool) -> dict[str, Any]:
        app = msal.ConfidentialClientApplication(
            self.scope.client_id,
            client_credential=self._credential(),
            authority=self.authority,
            http_client=client,
            instance_discovery=False,
            azure_region=False,  # or an environment variable would change the address
            client_capabilities=[UNDERSTANDS_CHALLENGES] if challengeable else None,
        )
        answer = app.acquire_token_for_client([self.wanted], claims_challenge=self.claims or None)
        return dict(answer or {})

    def _credential(self) -> object:
        if self.certificate:
            return {
                "private_key": self.certificate.private_key.reveal(),
                "public_certificate": self.certificate.certificate_pem,
            }
        return self.secret.reveal() if self.secret else ""

    def _answered(self, client: SignInClient, answer: dict[str, Any]) -> SignIn:
        plain = answer.get("access_token")
        if isinstance(plain, str) and plain:
            return self._token(client, Secret(plain))
        error = error_of(answer, client.last_status, self.secret)
        if error is None:
            return self._failed(client, Failure.NOT_MICROSOFT, str(client.last_status))
        return self._refused(client, error)

    def _token(self, client: SignInClient, token: Secret) -> SignIn:
        """A token of another tenant, app or service is none that Microsoft gave us."""
        claims = access_token.read(token)
        tenant, app = self.scope.tenant_id or "", self.scope.client_id or ""
        graph = self.cloud.graph if self.wanted == f"{self.cloud.graph}/.default" else ""
        now = min(self._answered_at(client), datetime.now(UTC))  # the earlier is on the safe side
        if access_token.is_foreign(claims, tenant, app, graph, now):
            return self._failed(client, Failure.NOT_MICROSOFT, FOREIGN_TOKEN)
        return SignIn(token, claims, self._report(client, signed_in=True))

    def _answered_at(self, client: SignInClient) -> datetime:
        """By the clock of what answered, or by ours."""
        told = moments.of_http(client.last.header("Date")) if client.last else None
        return told or datetime.now(UTC)

    def _unusable(self, client: SignInClient) -> SignIn:
        """No token and no regular error: what the last reply shows."""
        reply = client.last
        if reply is None:
            return self._failed(client, Failure.NOT_MICROSOFT, "")
        error = error_of_reply(reply, self.secret)
        failure = None
        if reply.status_code == 429:
            failure = Failure.THROTTLED
        elif reply.status_code in SERVER_FAULTS:
            failure = Failure.SERVICE_FAULT
        elif error is None:
            failure = Failure.NOT_MICROSOFT
        report = self._report(
            client,
            error=error,
            failure=failure,
            detail=str(reply.status_code),
            retry_after=reply.retry_after,
        )
        return SignIn(None, access_token.UNREADABLE, report)

    def _refused(self, client: SignInClient, error: SignInError) -> SignIn:
        return SignIn(None, access_token.UNREADABLE, self._report(client, error=error))

    def _failed(self, client: SignInClient, failure: Failure, *detail: str) -> SignIn:
        words = ": ".join(part for part in detail if part)
        report = self._report(client, failure=failure, detail=words)
        return SignIn(None, access_token.UNREADABLE, report)

    def _report(
        self,
        client: SignInClient,
        *,
        signed_in: bool = False,
        error: SignInError | None = None,
        failure: Failure | None = None,
        detail: str = "",
        retry_after: str = "",
    ) -> Report:
        return Report(
            url=client.last_url or self.authority,
            tenant_id=self.scope.tenant_id or "",
            client_id=self.scope.client_id or "",
            credential=Credential.CERTIFICATE if self.certificate else Credential.SECRET,
            attempted=self.attempted,
            duration_ms=self.watch.ms(),
            signed_in=signed_in,
            error=error,
            failure=failure,
            detail=detail,
            retry_after=retry_after,
            client_request_id=client.last.client_request_id if client.last else "",
            certificate_expires=self.certificate.expires if self.certificate else None,
            certificate_thumbprint=self.certificate.thumbprint if self.certificate else "",
            variables=self.variables,
        )


def _may_be_our_words(error: SignInError | None) -> bool:
    """Whether a refusal may be about how we asked, and not about what we are."""
    if error is None:
        return False
    found = sign_in_errors.load().known(error.codes)
    return found is None or found[1].page is sign_in_errors.Page.WIZARD
