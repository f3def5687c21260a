# SPDX-License-Identifier: MIT
"""Which services have tokens of their own, and what each is asked for by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.microsoft365 import running
from wizard import codec
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.sample_access import SampleAccess
from wizard.errors import CannotCheck
from wizard.graph import app_roles, clouds, resource_tokens
from wizard.graph.resource_tokens import Resource, ResourceToken
from wizard.graph.tenant_hosts import Origin, TenantHosts
from wizard.model import Credentials, Secret, Workload

SHAREPOINT_ID = "00000003-0000-0ff1-ce00-000000000000"
KNOWN = TenantHosts("https://fabrikam.sharepoint.com", "", Origin.GRAPH)
GUESSED = TenantHosts("https://fabrikam.sharepoint.com", "", Origin.TENANT_NAME)


def test_load_when_read_then_each_service_has_an_id_of_the_known_list() -> None:
    known = {resource.id for resource in app_roles.load().resources}
    assert {one.resource for one in resource_tokens.load().services} == set(Resource)
    assert {one.app_id for one in resource_tokens.load().services} < known


@pytest.mark.parametrize(
    ("workload", "needed"),
    [
        (Workload.EXCHANGE, {Resource.EXCHANGE}),
        (Workload.GROUPS, {Resource.EXCHANGE, Resource.SHAREPOINT}),
        (Workload.ONEDRIVE, {Resource.SHAREPOINT}),
        (Workload.SHAREPOINT, {Resource.SHAREPOINT}),
        (Workload.TEAMS, {Resource.SHAREPOINT, Resource.TEAMS}),
    ],
)
def test_of_when_a_service_is_chosen_then_what_it_stands_on(
    workload: Workload, needed: set[Resource]
) -> None:
    assert set(resource_tokens.load().of([workload])) == needed


@pytest.mark.parametrize(
    ("hosts", "asked"),
    [(KNOWN, KNOWN.sharepoint), (GUESSED, SHAREPOINT_ID), (None, SHAREPOINT_ID)],
)
def test_address_when_the_host_is_not_certain_then_by_id(
    hosts: TenantHosts | None, asked: str
) -> None:
    cloud = clouds.choose("global")
    assert resource_tokens.address(Resource.SHAREPOINT, cloud, hosts) == asked


@pytest.mark.parametrize("name", ["global", "usgov", "china"])
def test_address_when_exchange_then_its_host_in_each_cloud(name: str) -> None:
    cloud = clouds.choose(name)
    assert resource_tokens.address(Resource.EXCHANGE, cloud, None) == cloud.exchange
    assert cloud.exchange != clouds.choose("dod").exchange


def test_context_when_asked_twice_then_one_token_per_service(tmp_path: Path) -> None:
    access = SampleAccess(("full_access_as_app",))
    with running(Behaviour(exchange=access), tmp_path) as m365:
        tokens = m365.context().resource_tokens
        first, second = tokens[Resource.EXCHANGE](), tokens[Resource.EXCHANGE]()
        of_teams = tokens[Resource.TEAMS]()
    assert first is second
    assert first.claims.roles == ("full_access_as_app",)
    assert of_teams.claims.roles is None


def test_context_when_the_app_cannot_sign_in_then_no_service_is_asked(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        wrong = m365.context(credentials=Credentials(Secret("wrong")))
        with pytest.raises(CannotCheck) as told:
            wrong.resource_tokens[Resource.EXCHANGE]()
    assert told.value.text == "error.not_signed_in"


def test_recorded_when_a_token_came_then_it_is_not_in_it(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        signed_in = m365.context().resource_tokens[Resource.EXCHANGE]()
    kept = resource_tokens.recorded(Resource.EXCHANGE, signed_in)
    plain = json.dumps(codec.to_plain(kept))
    assert codec.from_plain(json.loads(plain), ResourceToken) == kept
    assert signed_in.token is not None
    for part in signed_in.token.reveal().split("."):
        assert part not in plain + repr(kept)
