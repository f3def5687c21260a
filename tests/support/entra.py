# SPDX-License-Identifier: MIT
"""A sign-in host whose answers a test sets while it runs, over real HTTPS, and of any name."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import trustme

from tests.support.microsoft365 import host
from wizard.demo.loopback import Loopback, Request, Response
from wizard.demo.token_issuer import TokenIssuer
from wizard.graph import clouds, sign_in
from wizard.graph.clouds import Cloud
from wizard.graph.sign_in import SignIn
from wizard.host.recorded import RecordedHost
from wizard.model import Credentials, Scope, Secret

TENANT = "5a5a5a5a-1111-4222-8333-444444444444"
CLIENT = "c0c0c0c0-5555-4666-8777-888888888888"
HTTPS_PORT = 443
PIECE = 65536

TokenReply = Callable[[dict[str, str]], Response]


def error(code: int, word: str, text: str, status: int | None = None) -> Response:
    """A refusal in Entra's shape; without a number where the code is 0."""
    told = f"AADSTS{code}: {text}" if code else text
    stamp = "2026-11-20 02:11:45Z"
    ids = f"Trace ID: 1111-t Correlation ID: 2222-c Timestamp: {stamp}"
    body = {
        "error": word,
        "error_description": f"{told}\r\n{ids}",
        "error_codes": [code] if code else [],
        "timestamp": stamp,
        "trace_id": "1111-t",
        "correlation_id": "2222-c",
        "error_uri": f"https://login.microsoftonline.com/error?code={code}",
    }
    return Response(status or (401 if word == "invalid_client" else 400), json.dumps(body))


@dataclass
class Entra:
    """The running host. `token` answers the token endpoint, `document` the document if set."""

    folder: Path
    issuer: TokenIssuer = field(default_factory=lambda: TokenIssuer(TENANT, CLIENT))
    token: TokenReply | None = None
    document: Response | None = None
    graph: Callable[[Request], Response] | None = None  # what lies elsewhere, below /v1.0
    asked: list[Request] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def ca_file(self) -> str:
        """Who is to be trusted."""
        return str(self.folder / "ca.pem")

    @property
    def cloud_file(self) -> str:
        """The cloud that this host is."""
        file, base = self.folder / "entra.toml", f"https://localhost:{self.port}"
        keys = ("authority", "graph", "exchange", "sharepoint", "onedrive")
        file.write_text('name = "Test"\n' + "".join(f'{key} = "{base}"\n' for key in keys))
        return str(file)

    def sign_in(
        self, cloud: Cloud | None = None, computer: RecordedHost | None = None, **more: object
    ) -> SignIn:
        """Sign in with real msal."""
        secrets = more.pop("credentials", Credentials(Secret("right")))
        given = {"tenant_id": TENANT, "client_id": CLIENT, "ca_file": self.ca_file}
        assert isinstance(secrets, Credentials)
        scope = Scope(**{**given, **more})  # type: ignore[arg-type]
        return sign_in.sign_in(
            cloud or clouds.choose(self.cloud_file),
            scope,
            secrets,
            computer or host(),
            threading.Event(),
        )

    def answer(self, request: Request) -> Response:
        """The answer to one request."""
        self.asked.append(request)
        path = urlsplit(request.path).path
        if self.graph and path.startswith("/v1.0/"):
            return self.graph(request)
        if request.method == "GET":
            return self.document or _document(request, path)
        self.forms.append(form := dict(parse_qsl(request.body.decode())))
        return self.token(form) if self.token else self.granted(form)

    def granted(self, form: dict[str, str]) -> Response:
        """A token for what the form asks for."""
        audience = form["scope"].removesuffix("/.default")
        token = self.issuer.issue(audience, ("User.Read.All",), "1")
        answer = {"token_type": "Bearer", "expires_in": 3599, "access_token": token}
        return Response(200, json.dumps(answer))


def _document(request: Request, path: str) -> Response:
    base = f"https://{request.headers['host']}/{path.split('/')[1]}"
    document = {
        "issuer": f"{base}/v2.0",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
    }
    return Response(200, json.dumps(document))


@contextmanager
def entra(folder: Path, *names: str) -> Iterator[Entra]:
    """A running host that shows a certificate for localhost and for these names."""
    made = Entra(folder)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(made.ca_file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", *names).configure_cert(context)
    with pytest.MonkeyPatch.context() as patch, Loopback(made.answer, tls=context) as server:
        patch.setenv("SSL_CERT_FILE", str(folder / "no-authorities.pem"))
        made.port = server.port
        yield made


class _Forward(socketserver.BaseRequestHandler):
    onward_port: int

    def handle(self) -> None:
        with socket.create_connection(("localhost", self.onward_port)) as onward:
            other = {self.request: onward, onward: self.request}
            with contextlib.suppress(OSError):
                while True:
                    for ready in select.select(list(other), [], [])[0]:
                        piece = ready.recv(PIECE)
                        if not piece:
                            return
                        other[ready].sendall(piece)


class _Forwarder(socketserver.ThreadingTCPServer):
    daemon_threads, block_on_close, allow_reuse_address = True, False, True


@contextmanager
def usual_port(address: str, port: int) -> Iterator[None]:
    """Let the usual port of an address of this computer lead to a port of localhost."""
    handler = type("_To", (_Forward,), {"onward_port": port})
    try:
        server = _Forwarder((address, HTTPS_PORT), handler)
    except OSError as refused:
        pytest.skip(f"port {HTTPS_PORT} of {address} can't be taken: {refused.strerror}")
    with server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield
        server.shutdown()
