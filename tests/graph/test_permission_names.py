# SPDX-License-Identifier: MIT
"""Names of permissions: from the shipped list, and from the tenant for ids that aren't in it."""

from __future__ import annotations

from pathlib import Path

from tests.support.directory import opened
from tests.support.microsoft365 import running
from wizard.demo.microsoft365 import Behaviour, GraphAnswer
from wizard.demo.sample_registration import SampleRegistration
from wizard.graph.app_registration import AppRegistration
from wizard.graph.permission_names import Names
from wizard.graph.permissions import PermissionKind

OWN_APP, OWN_ROLE = "aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"
READS = ("Application.Read.All",)
MAIL_READ = "810c84a8-4a9e-49e6-bf7d-12d183f40d01"


def registered(folder: Path, behaviour: Behaviour) -> AppRegistration:
    with running(behaviour, folder) as m365:
        return m365.context().app_registration()


def test_of_role_when_the_list_has_it_then_nobody_is_asked(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, opened(m365) as directory:
        assert Names(directory).of_role("whatever", MAIL_READ)[1] == "Mail.Read"
        assert not directory.answered


def test_grants_when_a_role_is_of_an_unlisted_service_then_the_tenant_names_both(
    tmp_path: Path,
) -> None:
    there = SampleRegistration(foreign_grants=((OWN_APP, OWN_ROLE),))
    grants = registered(tmp_path, Behaviour(roles=READS, registration=there)).grants
    assert grants
    named = {grant.role_id: (grant.resource_id, grant.permission) for grant in grants}
    assert named[OWN_ROLE] == (OWN_APP, "Sample.Role0")


def test_grants_when_the_tenant_does_not_name_it_either_then_it_stays_without_a_name(
    tmp_path: Path,
) -> None:
    roles = (*READS, "Newer.Than.The.List")
    refused = {"/servicePrincipals/": GraphAnswer(403, "Authorization_RequestDenied", "")}
    grants = registered(tmp_path, Behaviour(roles=roles, graph_answers=refused)).grants
    assert grants
    assert [grant.permission for grant in grants] == ["Application.Read.All", ""]


def test_requested_when_it_is_a_users_permission_then_the_service_names_it(
    tmp_path: Path,
) -> None:
    there = SampleRegistration(requested_of_user=("Group.Read.All",))
    requested = registered(tmp_path, Behaviour(roles=READS, registration=there)).requested
    assert requested
    assert [(asked.permission, asked.kind) for asked in requested] == [
        ("Application.Read.All", PermissionKind.APPLICATION),
        ("Group.Read.All", PermissionKind.DELEGATED),
    ]
