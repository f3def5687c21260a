# SPDX-License-Identifier: MIT
"""The tenant's own document decides the cloud; who is asked, in which order, and for how long."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme

from tests.support.microsoft365 import host
from wizard.demo.loopback import Loopback, Request, Response
from wizard.errors import BadInput
from wizard.graph import clouds, network_data, tenant_cloud
from wizard.graph.answer import AnswerKind
from wizard.graph.clouds import Cloud
from wizard.graph.http import NoAnswerKind
from wizard.graph.tenant_cloud import Basis, CloudChoice
from wizard.model import Scope

TENANT = "5a5a5a5a-1111-4222-8333-444444444444"
NOT_KNOWN = {"error": "invalid_tenant", "error_description": "AADSTS90002: Tenant not found."}
GRAPHS = {"one": "graph.one.test", "two": "graph.two.test", "three": "graph.three.test"}


def document(graph: str, **more: str | None) -> Response:
    body = {
        "issuer": f"https://login.test/{TENANT.upper()}/v2.0",
        "token_endpoint": "https://login.test/token",
        "msgraph_host": graph,
        "cloud_instance_name": "test",
        "tenant_region_scope": "EU",
        "tenant_region_sub_scope": None,
    }
    return Response(200, json.dumps(body | more))


UNKNOWN = Response(400, json.dumps(NOT_KNOWN))


@dataclass
class SignInHosts:
    """Real servers, one for each cloud's sign-in host, and what each was asked."""

    folder: Path
    stack: ExitStack
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        authority = trustme.CA()
        self.ca_file = str(self.folder / "ca.pem")
        authority.cert_pem.write_to_path(self.ca_file)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(self.context)

    def cloud(
        self, name: str, answer: Response, *, listening: bool = True, after_s: float = 0.0
    ) -> Cloud:
        """A cloud whose sign-in host answers so."""

        def told(request: Request) -> Response:
            self.asked.append(f"{name} {request.path}")
            time.sleep(after_s)
            return answer

        server = Loopback(told, tls=self.context, listening=listening)
        port = self.stack.enter_context(server).port
        graph = f"https://{GRAPHS[name]}"
        return Cloud(name, name.title(), f"https://localhost:{port}", graph, graph, graph)

    def choose(self, *candidates: Cloud, tenant: str | None = TENANT) -> CloudChoice:
        scope = Scope(tenant_id=tenant, ca_file=self.ca_file)
        return tenant_cloud.choose(scope, host(), candidates)


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[SignInHosts]:
    with ExitStack() as stack:
        yield SignInHosts(tmp_path, stack)


def test_choose_when_the_usual_cloud_has_the_tenant_then_no_other_hears_of_it(
    hosts: SignInHosts,
) -> None:
    one = hosts.cloud("one", document(GRAPHS["one"]))
    two = hosts.cloud("two", document(GRAPHS["two"]))
    found = hosts.choose(one, two)
    assert (found.cloud, found.basis) == (one, Basis.DOCUMENT)
    assert hosts.asked == [f"one /{TENANT}/v2.0/.well-known/openid-configuration"]


def test_choose_when_a_domain_was_given_then_the_issuer_tells_the_id(hosts: SignInHosts) -> None:
    found = hosts.choose(hosts.cloud("one", document(GRAPHS["one"])), tenant="contoso.test")
    assert "/contoso.test/" in hosts.asked[0]
    (told,) = found.documents
    assert (told.tenant_id, told.instance, told.region) == (TENANT, "test", "EU")
    assert told.sub_region == ""
    assert told.client_request_id


def test_choose_when_the_document_names_another_clouds_graph_then_that_cloud(
    hosts: SignInHosts,
) -> None:
    """The hosts decide, whatever the document says of a region, and whoever told it."""
    one = hosts.cloud("one", document("GRAPH.two.test", tenant_region_scope="NA"))
    two = hosts.cloud("two", UNKNOWN)
    assert hosts.choose(one, two).cloud == two
    assert len(hosts.asked) == 1


def test_choose_when_the_usual_cloud_does_not_know_the_tenant_then_the_others_are_asked(
    hosts: SignInHosts,
) -> None:
    one, two = hosts.cloud("one", UNKNOWN), hosts.cloud("two", document(GRAPHS["two"]))
    found = hosts.choose(one, two)
    assert (found.cloud, found.basis) == (two, Basis.DOCUMENT)
    kinds = [told.kind for told in found.documents]
    assert kinds == [AnswerKind.TENANT_UNKNOWN, AnswerKind.EXPECTED]


def test_choose_when_the_usual_sign_in_host_is_closed_then_the_others_are_asked(
    hosts: SignInHosts,
) -> None:
    one = hosts.cloud("one", UNKNOWN, listening=False)
    two = hosts.cloud("two", document(GRAPHS["two"]))
    found = hosts.choose(one, two)
    assert found.cloud == two
    assert found.documents[0].broken is NoAnswerKind.CONNECTION


def test_choose_when_the_usual_sign_in_host_is_slow_then_its_answer_still_counts(
    hosts: SignInHosts,
) -> None:
    limit = network_data.load().limits.cloud_s
    slow = limit * tenant_cloud.SHARE_OF_FIRST + 0.5
    one = hosts.cloud("one", document(GRAPHS["one"]), after_s=slow)
    found = hosts.choose(one, hosts.cloud("two", UNKNOWN))
    assert (found.cloud, found.basis) == (one, Basis.DOCUMENT)
    assert found.documents[0].limit_s == limit


def test_choose_when_clouds_share_a_sign_in_host_then_it_is_asked_once(hosts: SignInHosts) -> None:
    one, two = hosts.cloud("one", UNKNOWN), hosts.cloud("two", document(GRAPHS["three"]))
    three = Cloud("three", "Three", two.authority, f"https://{GRAPHS['three']}", "", "")
    assert hosts.choose(one, two, three).cloud == three
    assert len(hosts.asked) == 2


@pytest.mark.parametrize(
    ("answer", "basis"),
    [
        (UNKNOWN, Basis.NOBODY_KNOWS_TENANT),
        (document("graph.new.test"), Basis.UNKNOWN_GRAPH),
        (Response(200, "<title>Filter</title>", "text/html"), Basis.NO_ANSWER),
        (Response(503, ""), Basis.NO_ANSWER),
    ],
)
def test_choose_when_nobody_settles_it_then_the_usual_cloud_and_why(
    hosts: SignInHosts, answer: Response, basis: Basis
) -> None:
    one, two = hosts.cloud("one", answer), hosts.cloud("two", answer)
    found = hosts.choose(one, two)
    assert (found.cloud, found.basis) == (one, basis)
    assert len(found.documents) == 2


def test_choose_when_sign_in_hosts_hang_then_it_ends_in_its_seconds(hosts: SignInHosts) -> None:
    held = Response(200, "{}", seconds=60)
    one, two = hosts.cloud("one", held), hosts.cloud("two", held)
    begun = time.monotonic()
    found = hosts.choose(one, two)
    assert time.monotonic() - begun < network_data.load().limits.cloud_s + 0.5
    assert found.basis is Basis.NO_ANSWER
    assert {told.broken for told in found.documents} == {NoAnswerKind.TIMEOUT}


def test_choose_when_the_usual_sign_in_host_hangs_then_another_still_tells(
    hosts: SignInHosts,
) -> None:
    one = hosts.cloud("one", Response(200, "{}", seconds=60))
    two = hosts.cloud("two", document(GRAPHS["two"]))
    assert hosts.choose(one, two).cloud == two


def test_choose_when_only_a_cloud_without_known_hosts_has_the_tenant_then_its_document_is_told(
    hosts: SignInHosts,
) -> None:
    one, two = hosts.cloud("one", UNKNOWN), hosts.cloud("two", document("graph.new.test"))
    found = hosts.choose(one, replace(two, graph="", exchange="", sharepoint=""))
    assert (found.cloud, found.basis) == (one, Basis.UNKNOWN_GRAPH)
    assert found.documents[1].graph_host == "graph.new.test"


def test_choose_when_such_a_document_names_no_graph_then_that_cloud_is_not_chosen(
    hosts: SignInHosts,
) -> None:
    one, two = hosts.cloud("one", UNKNOWN), hosts.cloud("two", document(""))
    assert hosts.choose(one, replace(two, graph="")).cloud == one


def test_sign_in_only_when_read_then_asked_over_https() -> None:
    hosts = [urlsplit(cloud.authority).hostname for cloud in clouds.sign_in_only()]
    assert hosts == ["login.sovcloud-identity.sg"]
    assert all(clouds.is_https(cloud.authority) for cloud in clouds.sign_in_only())


def test_choose_when_no_tenant_was_given_then_nobody_is_asked(hosts: SignInHosts) -> None:
    one = hosts.cloud("one", document(GRAPHS["two"]))
    found = hosts.choose(one, hosts.cloud("two", UNKNOWN), tenant=None)
    assert (found.cloud, found.basis, hosts.asked) == (one, Basis.NO_TENANT, [])


def test_choose_when_named_by_hand_then_nobody_is_asked(hosts: SignInHosts) -> None:
    one = hosts.cloud("one", document(GRAPHS["one"]))
    scope = Scope(cloud="usgov", tenant_id=TENANT, ca_file=hosts.ca_file)
    found = tenant_cloud.choose(scope, host(), (one,))
    assert (found.cloud.id, found.basis) == ("usgov", Basis.BY_HAND)
    assert hosts.asked == []


def test_choose_when_a_wrong_cloud_is_named_by_hand_then_refused() -> None:
    with pytest.raises(BadInput):
        tenant_cloud.choose(Scope(cloud="mars"), host())


def test_known_clouds_when_compared_then_each_is_told_by_its_graph_host() -> None:
    graphs = [urlsplit(cloud.graph).hostname for cloud in clouds.known()]
    assert len(set(graphs)) == len(graphs)
    assert clouds.known()[0].id == clouds.DEFAULT
