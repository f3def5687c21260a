# SPDX-License-Identifier: MIT
"""The list of permission ids is whole, and names what the product asks for."""

from __future__ import annotations

import re

from wizard.graph import app_registration, app_roles, permissions
from wizard.graph.permissions import PermissionKind

GRAPH = "00000003-0000-0000-c000-000000000000"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LIST = app_roles.load()


def test_ids_when_read_then_each_is_a_guid_and_names_one_permission() -> None:
    ids = [
        permission
        for resource in LIST.resources
        for permission in (*resource.roles.values(), *resource.scopes.values())
    ]
    ids += [resource.id for resource in LIST.resources]
    assert [one for one in ids if not GUID.fullmatch(one)] == []
    assert len(ids) == len(set(ids))


def test_ids_when_compared_with_the_products_table_then_no_application_permission_lacks() -> None:
    graph = LIST.resource(GRAPH)
    assert graph
    needs = permissions.load().needs
    wanted = {need.permission for need in needs if need.kind is PermissionKind.APPLICATION}
    assert wanted - graph.roles.keys() == set()


def test_of_role_when_known_then_its_service_and_name() -> None:
    assert LIST.of_role("810c84a8-4a9e-49e6-bf7d-12d183f40d01") == (GRAPH, "Mail.Read")
    exchange = LIST.of_role("dc890d15-9560-4a4c-9b7f-a736ec74ec40")
    assert exchange == ("00000002-0000-0ff1-ce00-000000000000", "full_access_as_app")


def test_of_role_when_two_services_use_a_name_then_ids_tell_them_apart() -> None:
    sharepoint = LIST.of_role("678536fe-1083-478a-9c59-b99265e6b0d3")
    graph = LIST.of_role("a82116e5-55eb-4c41-a434-62fe8a61c773")
    assert sharepoint
    assert graph
    assert sharepoint[1] == graph[1] == "Sites.FullControl.All"
    assert sharepoint[0] != graph[0]


def test_of_role_when_unknown_then_nothing() -> None:
    assert LIST.of_role("00000000-0000-0000-0000-000000000000") is None


def test_parts_when_read_then_each_asks_for_the_apps_own_entry_and_nothing_else() -> None:
    parts = {part.id: part.path for part in LIST.parts}
    assert set(parts) == {
        app_registration.SERVICE_PRINCIPAL,
        app_registration.GRANTS,
        app_registration.DELEGATED,
        app_registration.APPLICATION,
    }
    assert all("(appId='{client}')" in path for path in parts.values())
