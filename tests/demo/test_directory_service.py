# SPDX-License-Identifier: MIT
"""The sample directory has the shapes of Graph's, page by page, and guards them by roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.directory import opened
from tests.support.microsoft365 import running
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.sample_registration import SampleKey, SampleRegistration
from wizard.graph.directory import NotRead

GRAPH = "00000003-0000-0000-c000-000000000000"
OWN = "/v1.0/servicePrincipals(appId='c0c0c0c0-5555-4666-8777-888888888888')"
APPLICATION = "/v1.0/applications(appId='c0c0c0c0-5555-4666-8777-888888888888')"
READS = ("Application.Read.All",)


def test_service_when_a_grant_names_its_resource_then_that_object_is_there(tmp_path: Path) -> None:
    with running(Behaviour(roles=READS), tmp_path) as m365, opened(m365) as directory:
        (grant,) = directory.all(f"{OWN}/appRoleAssignments")
        found = directory.one(f"/v1.0/servicePrincipals/{grant['resourceId']}", "appId")
    assert found["appId"] == GRAPH


def test_service_when_an_application_is_read_then_it_shows_no_secret(tmp_path: Path) -> None:
    there = SampleRegistration(secrets=(SampleKey(5),))
    with (
        running(Behaviour(roles=READS, registration=there), tmp_path) as m365,
        opened(m365) as directory,
    ):
        told = str(directory.one(APPLICATION, "passwordCredentials"))
        assert m365.stand_in.secret not in told


@pytest.mark.parametrize(
    ("roles", "path"),
    [
        (("Mail.Read",), OWN),
        (("Mail.Read",), APPLICATION),
        (READS, f"{OWN}/oauth2PermissionGrants"),
    ],
)
def test_service_when_the_role_is_missing_then_refuses(
    tmp_path: Path, roles: tuple[str, ...], path: str
) -> None:
    with (
        running(Behaviour(roles=roles), tmp_path) as m365,
        opened(m365) as directory,
        pytest.raises(NotRead) as caught,
    ):
        directory.one(path, "id")
    assert caught.value.reason == "app_registration.no_right"


@pytest.mark.parametrize(
    "path", ["/v1.0/servicePrincipals(appId='nobody')", "/v1.0/applications/nobody"]
)
def test_service_when_there_is_no_such_object_then_says_so(tmp_path: Path, path: str) -> None:
    with (
        running(Behaviour(roles=READS), tmp_path) as m365,
        opened(m365) as directory,
        pytest.raises(NotRead) as caught,
    ):
        directory.one(path, "id")
    assert caught.value.reason == "app_registration.not_there"
