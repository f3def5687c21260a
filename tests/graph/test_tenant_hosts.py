# SPDX-License-Identifier: MIT
"""The tenant's own hosts: told by the person, a cloud file, Graph, or guessed as a last resort."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.microsoft365 import running
from wizard.demo.microsoft365 import Behaviour, GraphAnswer
from wizard.errors import BadInput, CannotCheck
from wizard.graph import clouds, network_walks, tenant_hosts
from wizard.graph.clouds import Cloud
from wizard.graph.tenant_hosts import Origin, TenantHosts
from wizard.model import Scope, Secret

GLOBAL, FRANCE = clouds.choose("global"), clouds.choose("france")
OWN = replace(GLOBAL, id="own", sharepoint="https://share.test:8443", onedrive="")


def by_graph() -> str:
    return "fabrikam.sharepoint.com"


def nobody() -> str:
    raise CannotCheck("sharepoint_host.no_sign_in")


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ("contoso.sharepoint.com", "contoso.sharepoint.com"),
        (" HTTPS://Contoso.SharePoint.com/sites/x ", "contoso.sharepoint.com"),
        ("contoso-my.sharepoint.com", "contoso.sharepoint.com"),
        ("contoso-admin.sharepoint.us", "contoso.sharepoint.us"),
        ("bücher.sharepoint.com", None),
        ("contoso", None),
        ("contoso sharepoint.com", None),
        ("contoso.sharepoint.com:8443", None),
        ("", None),
        ("..", None),
    ],
)
def test_check_option_when_given_then_its_host_or_refused(given: str, host: str | None) -> None:
    if host is None:
        with pytest.raises(BadInput):
            tenant_hosts.check_option(given)
    else:
        assert tenant_hosts.check_option(given) == host


@pytest.mark.parametrize(
    ("cloud", "scope", "graph", "found"),
    [
        (GLOBAL, Scope(sharepoint_host="contoso.sharepoint.com"), True, ("contoso", "option")),
        (GLOBAL, Scope(), True, ("fabrikam", "graph")),
        (GLOBAL, Scope(tenant_id="contoso.onmicrosoft.com"), True, ("fabrikam", "graph")),
        (GLOBAL, Scope(tenant_id="contoso.onmicrosoft.com"), False, ("contoso", "tenant-name")),
        (GLOBAL, Scope(tenant_id="contoso.com"), False, None),
        (GLOBAL, Scope(tenant_id="mail.contoso.onmicrosoft.com"), False, None),
        (GLOBAL, Scope(), False, None),
        (FRANCE, Scope(tenant_id="contoso.onmicrosoft.com"), False, None),
    ],
)
def test_find_when_several_may_tell_then_the_surest(
    cloud: Cloud, scope: Scope, graph: bool, found: tuple[str, str] | None
) -> None:
    ask = by_graph if graph else nobody
    if found is None:
        with pytest.raises(CannotCheck):
            tenant_hosts.find(cloud, scope, ask)
        return
    name, origin = found
    assert tenant_hosts.find(cloud, scope, ask) == TenantHosts(
        f"https://{name}.sharepoint.com", f"https://{name}-my.sharepoint.com", Origin(origin)
    )


def test_find_when_cloud_file_then_its_addresses_as_they_are() -> None:
    found = tenant_hosts.find(OWN, Scope(), nobody)
    assert found == TenantHosts("https://share.test:8443", "", Origin.CLOUD_FILE)


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (Behaviour(), None),
        (Behaviour(roles=("Mail.Read",)), "sharepoint_host.not_told"),
        (Behaviour(wrong_page=True), "sharepoint_host.not_told"),
        (
            Behaviour(graph_answers={"/sites/root": GraphAnswer(200, raw='{"webUrl": "x y"}')}),
            "sharepoint_host.not_told",
        ),
        (
            Behaviour(graph_answers={"/sites/root": GraphAnswer(200, raw="[1]")}),
            "sharepoint_host.not_told",
        ),
        (Behaviour(listening=False), "sharepoint_host.no_answer"),
    ],
)
def test_ask_graph_when_asked_then_the_host_or_why_not(
    tmp_path: Path, behaviour: Behaviour, reason: str | None
) -> None:
    with running(behaviour, tmp_path) as m365:
        own = m365.sign_in().token or Secret("of nobody")
        route = network_walks.route_to(m365.scope, m365.computer, m365.cloud.graph)
        if reason is None:
            host = tenant_hosts.ask_graph(m365.cloud, m365.scope, route, own, 5)
            assert host == "sample.sharepoint.example"
        else:
            with pytest.raises(CannotCheck) as told:
                tenant_hosts.ask_graph(m365.cloud, m365.scope, route, own, 5)
            assert told.value.text == reason
