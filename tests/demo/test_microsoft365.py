# SPDX-License-Identifier: MIT
"""The stand-in has the shapes of Entra and Graph, and guards its paths by roles."""

from __future__ import annotations

import json
import re
import socket
import tomllib
import uuid
from pathlib import Path
from typing import Any

import jwt
import pytest

from tests.support.microsoft365 import running
from wizard.demo.microsoft365 import Behaviour, GraphAnswer, StandIn
from wizard.demo.sample_tenant import SampleTenant
from wizard.graph import clouds, proxies
from wizard.graph.http import Http, Reply
from wizard.model import Scope

ROUTE = proxies.Route(proxies.ProxyChoice(None, "", 0, "", ()))


def form(stand_in: StandIn, **change: str) -> dict[str, str]:
    return {
        "client_id": stand_in.client_id,
        "client_secret": stand_in.secret,
        "scope": f"{stand_in.graph}/.default",
        "grant_type": "client_credentials",
        **change,
    }


def token(stand_in: StandIn, http: Http, **change: str) -> Reply:
    url = f"{stand_in.authority}/{stand_in.tenant_id}/oauth2/v2.0/token"
    return http.post(url, form(stand_in, **change), {}, 5)


def call(stand_in: StandIn, http: Http, path: str) -> Reply:
    access = json.loads(token(stand_in, http).text)["access_token"]
    return http.get(f"{stand_in.graph}{path}", {"Authorization": f"Bearer {access}"}, 5)


def answered(behaviour: Behaviour, folder: Path, path: str) -> Reply:
    """Graph's answer for a path after a sign-in."""
    with running(behaviour, folder) as m365, Http(ROUTE, m365.scope.ca_file) as http:
        return call(m365.stand_in, http, path)


def test_stand_in_when_started_then_its_files_lead_to_it(tmp_path: Path) -> None:
    with StandIn(Behaviour(), tmp_path) as stand_in:
        cloud = clouds.choose(stand_in.cloud_file)
        assert (cloud.authority, cloud.graph) == (stand_in.authority, stand_in.graph)
        assert Path(stand_in.ca_file).read_text().startswith("-----BEGIN CERTIFICATE-----")
    assert tomllib.loads(Path(stand_in.cloud_file).read_text())["name"] == "Sample Microsoft 365"


def test_stand_in_when_closed_then_nobody_listens(tmp_path: Path) -> None:
    with StandIn(Behaviour(), tmp_path) as stand_in:
        port = int(stand_in.graph.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("localhost", port), 2)


def test_token_when_signed_in_then_a_jwt_with_the_roles(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, Http(ROUTE, m365.scope.ca_file) as http:
        answer = json.loads(token(m365.stand_in, http).text)
    claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
    assert claims["roles"] == list(SampleTenant.load().roles)
    assert claims["aud"] == m365.stand_in.graph
    assert answer["token_type"] == "Bearer"


def test_token_when_refused_then_entras_shape(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, Http(ROUTE, m365.scope.ca_file) as http:
        reply = token(m365.stand_in, http, client_secret="wrong")
    body = json.loads(reply.text)
    assert reply.status_code == 401
    assert body["error_codes"] == [7000215]
    assert body["error"] == "invalid_client"
    assert re.match(r"AADSTS7000215: .* Trace ID: .* Timestamp: ", body["error_description"])
    assert uuid.UUID(body["trace_id"])


@pytest.mark.parametrize(
    ("path", "role", "code"),
    [
        ("/v1.0/users", "User.Read.All", "Authorization_RequestDenied"),
        ("/v1.0/users/1/mailFolders", "Mail.Read", "ErrorAccessDenied"),
        ("/v1.0/users/1/drive", "Files.Read.All", "accessDenied"),
        ("/v1.0/teams/1/channels", "Group.Read.All", "Forbidden"),
        ("/v1.0/sites/root", "Sites.Read.All", "accessDenied"),
    ],
)
def test_graph_when_role_is_there_then_granted_and_without_it_refused_in_the_services_words(
    tmp_path: Path, path: str, role: str, code: str
) -> None:
    assert answered(Behaviour(roles=(role,)), tmp_path, path).status_code == 200
    reply = answered(Behaviour(roles=("Other.Role",)), tmp_path, path)
    error: dict[str, Any] = json.loads(reply.text)["error"]
    assert (reply.status_code, error["code"]) == (403, code)
    assert reply.header("request-id") == error["innerError"]["request-id"]


def test_graph_when_token_is_another_stand_ins_then_refused(tmp_path: Path) -> None:
    with (
        running(Behaviour(), tmp_path) as one,
        Http(ROUTE, one.scope.ca_file) as http,
    ):
        access = json.loads(token(one.stand_in, http).text)["access_token"]
    with (
        running(Behaviour(), tmp_path) as other,
        Http(ROUTE, other.scope.ca_file) as http,
    ):
        sent = {"Authorization": f"Bearer {access}"}
        reply = http.get(f"{other.stand_in.graph}/v1.0/users", sent, 5)
    assert reply.status_code == 401


def test_graph_when_scripted_then_that_answer(tmp_path: Path) -> None:
    scripted = {"/users": GraphAnswer(418, "teapot", "no", "inner", {"Retry-After": "1"})}
    reply = answered(Behaviour(graph_answers=scripted), tmp_path, "/v1.0/users")
    error = json.loads(reply.text)["error"]
    assert (reply.status_code, error["code"], error["innerError"]["code"]) == (
        418,
        "teapot",
        "inner",
    )
    assert reply.header("Retry-After") == "1"


def test_graph_when_users_are_listed_then_one_a_page(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, Http(ROUTE, m365.scope.ca_file) as http:
        at, seen = "/v1.0/users?$top=1&$select=id", []
        while at:
            body = json.loads(call(m365.stand_in, http, at).text)
            seen += [user["id"] for user in body["value"]]
            at = body.get("@odata.nextLink", "").removeprefix(m365.stand_in.graph)
    assert tuple(seen) == SampleTenant.load().users


def test_scope_when_stand_in_then_no_secret_in_its_repr(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        assert m365.stand_in.secret not in repr(m365.credentials)
        assert isinstance(m365.scope, Scope)
