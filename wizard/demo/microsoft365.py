# SPDX-License-Identifier: MIT
"""A loopback stand-in for Microsoft 365: sign-in and Graph over real HTTPS, own authority."""

from __future__ import annotations

import contextlib
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

import trustme

from wizard.demo import handshake
from wizard.demo.behaviour import Behaviour, GraphAnswer, ServerCertificate, TokenAnswer
from wizard.demo.exchange_service import ExchangeService
from wizard.demo.graph_service import GraphService
from wizard.demo.loopback import HOST, Answer, Loopback, Request, Response
from wizard.demo.sample_access import SampleAccess
from wizard.demo.sample_tenant import SampleTenant
from wizard.demo.sharepoint_service import SharePointService
from wizard.demo.sign_in_service import SignInService
from wizard.demo.token_issuer import TokenIssuer
from wizard.graph import resource_tokens
from wizard.graph.resource_tokens import Resource

__all__ = ["Behaviour", "GraphAnswer", "ServerCertificate", "StandIn", "TokenAnswer"]

AUTHORITY_NAME = "Sample Authority"
INSPECTION_NAME = "Example Corp TLS Inspection"
SERVER_NAME = "Sample Microsoft 365"
NO_SUCH_HOST = "microsoft365-sample.invalid"  # .invalid never resolves, by RFC 2606
WRONG_PAGE = "<html><head><title>Sign in to the network</title></head><body></body></html>"


class StandIn:
    """A running stand-in; a context manager. Its two files are written to the folder."""

    def __init__(self, behaviour: Behaviour, folder: Path) -> None:
        tenant = SampleTenant.load()
        issuer = TokenIssuer(tenant.tenant_id, tenant.client_id)
        self.tenant_id, self.client_id = tenant.tenant_id, tenant.client_id
        self.secret = tenant.secret
        self.ca_file = str(folder / "sample-authority.pem")
        self.cloud_file = str(folder / "sample-cloud.toml")
        self._behaviour = behaviour
        self._running = contextlib.ExitStack()
        context = self._certificates()
        exchange = ExchangeService(behaviour, tenant, issuer)
        self._exchange = self._server(exchange.answer, context)
        own_hosts = SharePointService(behaviour, tenant, issuer)
        self._sharepoint = self._server(own_hosts.answer, context)
        self._onedrive = self._server(own_hosts.answer, context)
        sign_in = SignInService(behaviour, tenant, issuer, self._services())
        self._sign_in = self._server(sign_in.answer, context)
        self._graph = self._server(GraphService(behaviour, tenant, issuer).answer, context)
        self.authority, self.graph = self._url(self._sign_in), self._url(self._graph)
        self._write_cloud()

    def __enter__(self) -> StandIn:
        with contextlib.ExitStack() as starting:
            for server in (self._sign_in, self._graph, self._exchange):
                starting.enter_context(server)
            for server in (self._sharepoint, self._onedrive):
                starting.enter_context(server)
            self._running = starting.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.close()

    def _services(self) -> dict[str, SampleAccess]:
        """What the app gets at the services beside Graph, by what a token is asked for."""
        behaviour, known = self._behaviour, resource_tokens.load()
        return {
            self._url(self._exchange): behaviour.exchange,
            self._url(self._sharepoint): behaviour.sharepoint,
            known.service(Resource.SHAREPOINT).app_id: behaviour.sharepoint,
            known.service(Resource.TEAMS).app_id: behaviour.teams,
        }

    def _url(self, server: Loopback) -> str:
        host = HOST if self._behaviour.name_resolves else NO_SUCH_HOST
        return f"https://{host}:{server.port}"

    def _server(self, answer: Answer, context: ssl.SSLContext) -> Loopback:
        behaviour = self._behaviour
        told = _wrong_page if behaviour.wrong_page else answer
        return Loopback(
            _slowly(told, behaviour.hang_s) if behaviour.hang_s else told,
            tls=context,
            listening=behaviour.listening,
            clock_offset_s=behaviour.clock_offset_s,
        )

    def _certificates(self) -> ssl.SSLContext:
        """The authority's file, and a server certificate of it or of one that nobody trusts."""
        authority = trustme.CA(organization_name=AUTHORITY_NAME)
        authority.cert_pem.write_to_path(self.ca_file)
        if self._behaviour.untrusted_authority:
            authority = trustme.CA(organization_name=INSPECTION_NAME)
        issued = _issue(authority, self._behaviour.server_certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        issued.configure_cert(context)
        handshake.prove(context)
        return context

    def _write_cloud(self) -> None:
        rows = {
            "name": SERVER_NAME,
            "authority": self.authority,
            "graph": self.graph,
            "exchange": self._url(self._exchange),
            "sharepoint": self._url(self._sharepoint),
            "onedrive": self._url(self._onedrive),
        }
        text = "".join(f'{key} = "{value}"\n' for key, value in rows.items())
        Path(self.cloud_file).write_text(text, encoding="utf-8")


def _issue(authority: trustme.CA, shown: ServerCertificate) -> trustme.LeafCert:
    now, day = datetime.now(UTC), timedelta(days=1)
    begin, end = {
        ServerCertificate.EXPIRED: (now - 30 * day, now - day),
        ServerCertificate.NOT_YET_VALID: (now + day, now + 30 * day),
    }.get(shown, (now - 30 * day, now + 60 * day))
    host = "elsewhere.example" if shown is ServerCertificate.OTHER_NAME else HOST
    return authority.issue_cert(
        host,
        common_name=host,
        organization_name=SERVER_NAME,
        not_before=begin,
        not_after=end,
    )


def _slowly(answer: Answer, seconds: float) -> Answer:
    return lambda request: replace(answer(request), seconds=seconds)


def _wrong_page(_request: Request) -> Response:
    return Response(200, WRONG_PAGE, "text/html")
