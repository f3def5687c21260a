# SPDX-License-Identifier: MIT
"""One read-only request to Exchange Web Services, over real HTTPS."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from tests.support.microsoft365 import host, running
from wizard import codec
from wizard.demo.loopback import Loopback, Request, Response
from wizard.demo.microsoft365 import Behaviour, GraphAnswer, StandIn
from wizard.demo.sample_access import SampleAccess
from wizard.demo.sample_tenant import SampleTenant
from wizard.graph import clouds, exchange_call, network_walks
from wizard.graph.clouds import Cloud
from wizard.graph.resource_tokens import Resource
from wizard.graph.service_call import ServiceCall
from wizard.model import Scope, Secret

MAY = SampleAccess(("full_access_as_app",))
DISABLED = "EWS is disabled for this user or tenant"


def asked(behaviour: Behaviour, folder: Path) -> ServiceCall | None:
    with running(behaviour, folder) as m365:
        context = m365.context()
        of_graph = context.sign_in().token
        of_exchange = context.resource_tokens[Resource.EXCHANGE]().token
        assert of_graph
        assert of_exchange
        route = network_walks.route_to(context.scope, context.host, m365.cloud.exchange)
        among = exchange_call.mailboxes(m365.cloud, context.scope, route, of_graph)
        return exchange_call.ask(m365.cloud, context.scope, route, of_exchange, among or ())


def test_ask_when_exchange_lets_it_then_granted_and_nobody_is_named(tmp_path: Path) -> None:
    call = asked(Behaviour(exchange=MAY), tmp_path)
    assert call is not None
    assert (call.granted, call.status, call.code) == (True, 200, "NoError")
    told = json.dumps(codec.to_plain(call)) + repr(call)
    assert codec.from_plain(codec.to_plain(call), ServiceCall) == call
    for mailbox in SampleTenant.load().mailboxes():
        assert mailbox not in told


def test_ask_when_settings_forbid_it_then_in_exchanges_words(tmp_path: Path) -> None:
    call = asked(Behaviour(exchange=SampleAccess(MAY.roles, policy=DISABLED)), tmp_path)
    assert call is not None
    assert (call.granted, call.status, call.words) == (False, 403, DISABLED)
    assert call.request_id


def test_ask_when_the_first_have_no_mailbox_then_the_next_is_tried(tmp_path: Path) -> None:
    call = asked(Behaviour(exchange=MAY, users_without_mailbox=2), tmp_path)
    assert call is not None
    assert call.granted


def test_ask_when_none_has_a_mailbox_then_said(tmp_path: Path) -> None:
    call = asked(Behaviour(exchange=MAY, users_without_mailbox=3), tmp_path)
    assert call is not None
    assert (call.granted, call.code) == (False, "ErrorNonExistentMailbox")


def test_ask_when_graph_tells_no_user_then_nothing_is_asked(tmp_path: Path) -> None:
    refused = {"/users": GraphAnswer(403, "Authorization_RequestDenied", "no")}
    assert asked(Behaviour(exchange=MAY, graph_answers=refused), tmp_path) is None


@pytest.fixture
def serve(tmp_path: Path) -> Callable[[Callable[[Request], Response]], ServiceCall]:
    """An Exchange that answers as told, asked for one mailbox with an awkward name."""

    def run(answer: Callable[[Request], Response]) -> ServiceCall:
        authority = trustme.CA()
        ca_file = tmp_path / "ca.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        with Loopback(answer, tls=_context(authority)) as server:
            url = f"https://localhost:{server.port}"
            cloud = Cloud("own", "x", url, url, url, url)
            scope = Scope(ca_file=str(ca_file))
            route = network_walks.route_to(scope, host(), url)
            found = exchange_call.ask(cloud, scope, route, Secret("PLANTED-TOKEN"), ("a&b@x.test",))
        assert found is not None
        assert "PLANTED-TOKEN" not in repr(found)
        return found

    return run


def _context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


Serve = Callable[[Callable[[Request], Response]], ServiceCall]


def test_ask_when_sent_then_it_reads_an_id_alone_and_writes_nothing(serve: Serve) -> None:
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        seen.append(request)
        return Response(500, "<e:ResponseCode xmlns:e='x'>ErrorAccessDenied</e:ResponseCode>")

    call = serve(answer)
    (request,) = seen
    body = request.body.decode()
    assert (request.method, request.path) == ("POST", "/EWS/Exchange.asmx")
    assert "<t:BaseShape>IdOnly</t:BaseShape>" in body
    assert body.count("<m:GetFolder>") == 1
    assert "a&amp;b@x.test" in body
    assert (call.status, call.code, call.granted) == (500, "ErrorAccessDenied", False)


@pytest.mark.parametrize("body", ["<html>Sign in to the network</html>", "", "{}", "<" * 100])
def test_ask_when_a_page_answers_then_not_microsoft(serve: Serve, body: str) -> None:
    call = serve(lambda _: Response(200, body))
    assert (call.granted, call.no_answer) == (False, "not-microsoft")


def test_ask_when_the_good_code_comes_with_a_refusal_then_not_granted(serve: Serve) -> None:
    call = serve(lambda _: Response(403, "<ResponseCode>NoError</ResponseCode>"))
    assert not call.granted


@pytest.mark.parametrize(
    ("body", "marks", "told"),
    [
        ('{"value": []}', {"request-id": "x"}, ()),
        ('{"value": []}', {}, None),
        ('{"value": [], "@odata.nextLink": "https://x.test"}', {"request-id": "x"}, None),
        ('{"value": [{"mail": null}]}', {"request-id": "x"}, None),
        ("<html>", {"request-id": "x"}, None),
    ],
)
def test_mailboxes_when_none_is_named_then_only_an_empty_tenant_is_told_as_that(
    tmp_path: Path, body: str, marks: dict[str, str], told: tuple[str, ...] | None
) -> None:
    behaviour = Behaviour(graph_answers={"/users": GraphAnswer(200, raw=body, headers=marks)})
    with running(behaviour, tmp_path) as m365:
        route = network_walks.route_to(m365.scope, host(), m365.cloud.graph)
        token = m365.sign_in().token
        assert token is not None
        assert exchange_call.mailboxes(m365.cloud, m365.scope, route, token) == told


def test_ask_when_nobody_listens_then_no_answer(tmp_path: Path) -> None:
    behaviour = Behaviour(listening=False)
    with StandIn(behaviour, tmp_path) as stand_in:
        cloud = clouds.choose(stand_in.cloud_file)
        scope = Scope(ca_file=stand_in.ca_file)
        route = network_walks.route_to(scope, host(), cloud.exchange)
        token = Secret("PLANTED-TOKEN")
        call = exchange_call.ask(cloud, scope, route, token, ("a@x.test",))
        assert exchange_call.mailboxes(cloud, scope, route, token) is None
    assert call is not None
    assert call.no_answer == "connection"
