# SPDX-License-Identifier: MIT
"""One read-only request to SharePoint's own interface, over real HTTPS."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from tests.support.certificates import pair
from tests.support.microsoft365 import host, running
from wizard.demo.loopback import Loopback, Request, Response
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.sample_access import SampleAccess
from wizard.graph import network_walks, sharepoint_call
from wizard.graph.resource_tokens import Resource
from wizard.graph.service_call import ServiceCall
from wizard.model import Scope, Secret

TOKEN = Secret("PLANTED-TOKEN")
MAY = SampleAccess(("Sites.FullControl.All",))


def asked(behaviour: Behaviour, folder: Path, **more: object) -> ServiceCall:
    with running(behaviour, folder) as m365:
        context = m365.context(**more)
        token = context.resource_tokens[Resource.SHAREPOINT]().token
        assert token
        base = context.tenant_hosts().sharepoint
        route = network_walks.route_to(context.scope, context.host, base)
        return sharepoint_call.ask(base, context.scope, route, token)


def served(response: Response, folder: Path) -> tuple[ServiceCall, Request]:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        seen.append(request)
        return response

    with Loopback(answer, tls=context) as server:
        base, scope = f"https://localhost:{server.port}", Scope(ca_file=str(folder / "ca.pem"))
        route = network_walks.route_to(scope, host(), base)
        call = sharepoint_call.ask(base, scope, route, TOKEN)
    assert TOKEN.reveal() not in repr(call)
    return call, seen[0]


def test_ask_when_signed_in_with_a_secret_then_refused_in_sharepoints_words(tmp_path: Path) -> None:
    call = asked(Behaviour(sharepoint=MAY), tmp_path)
    assert (call.status, call.granted, call.words) == (401, False, "Unsupported app only token.")
    assert call.request_id


def test_ask_when_signed_in_with_a_certificate_then_granted(tmp_path: Path) -> None:
    file = pair().written(tmp_path / "app.pem")
    registered = Behaviour(sharepoint=MAY, registered_certificate=pair().public_pem)
    call = asked(registered, tmp_path, certificate=file)
    assert (call.status, call.granted, call.no_answer) == (200, True, "")


def test_ask_when_sent_then_it_reads_one_id(tmp_path: Path) -> None:
    _, request = served(Response(200, '{"Id": "x"}'), tmp_path)
    assert (request.method, request.path) == ("GET", "/_api/web?$select=Id")
    assert request.body == b""


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ("Unsupported app only token.", "", "Unsupported app only token."),
        (
            '{"error_description":"Invalid issuer or signature."}',
            "",
            "Invalid issuer or signature.",
        ),
        ('{"error":"invalid_request"}', "", "invalid_request"),
        (
            '{"odata.error":{"code":"-2147","message":{"lang":"en","value":"Access denied."}}}',
            "-2147",
            "Access denied.",
        ),
        ('{"error":{"code":"-1","message":"Gone."}}', "-1", "Gone."),
        ('{"error":{"code":null,"message":null}}', "", ""),
        ("[]", "", "[]"),
    ],
)
def test_ask_when_refused_in_any_shape_then_its_words(
    tmp_path: Path, body: str, code: str, words: str
) -> None:
    call, _ = served(Response(401, body), tmp_path)
    assert (call.code, call.words, call.granted) == (code, words, False)


@pytest.mark.parametrize("body", ["<html></html>", "", "[]", '{"value": []}', '"Id"'])
def test_ask_when_a_page_answers_then_not_microsoft(tmp_path: Path, body: str) -> None:
    call, _ = served(Response(200, body), tmp_path)
    assert (call.granted, call.no_answer) == (False, "not-microsoft")
