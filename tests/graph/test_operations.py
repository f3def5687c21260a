# SPDX-License-Identifier: MIT
"""What refused requests are called, and what they would have needed, by Microsoft's own table."""

from __future__ import annotations

import pytest

from wizard import product as product_module
from wizard.graph import operations
from wizard.graph.operations import Operation

TABLE = operations.load()
GRAPH = "https://graph.microsoft.com/v1.0"


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (f"{GRAPH}/users/jo%40contoso.com/messages?$top=50", "/users/{id}/messages"),
        ("graph.microsoft.com/beta/users/jo/mailfolders/inbox", "/users/{id}/mailFolders/{id}"),
        (f"{GRAPH}/users('jo')/messages", "/users/{id}/messages"),
        (f"{GRAPH}/users(jo-1)/messages", "/users/{id}/messages"),
        (
            f"{GRAPH}/drives/b!x/root:/Salaries 2026/Jo Doe.xlsx:/content",
            "/drives/{id}/root:/{path}:/content",
        ),
        (f"{GRAPH}/users/x/drive/root:/Salaries", "/users/{id}/drive/root:/{path}"),
        (
            "https://graph.microsoft.us/v1.0/sites/contoso.sharepoint.com:/sites/HR:/lists",
            "/sites/{id}:/{path}:/lists",
        ),
        (f"{GRAPH}/users/x/drive/root/search(q='salary')", "/users/{id}/drive/root/search(…)"),
        (f"{GRAPH}/users/x/messages/microsoft.graph.delta()", "/users/{id}/messages/delta(…)"),
        (f"{GRAPH}/users/x/messages/delta(token='Canary')", "/users/{id}/messages/delta(…)"),
        (f"{GRAPH}/$batch", "/$batch"),
        (f"{GRAPH}/%24batch", "/$batch"),
        ("https://microsoftgraph.chinacloudapi.cn:443/v1.0/groups/5/", "/groups/{id}"),
        (GRAPH, "/"),
        ("https://graph.microsoft.com", "/"),
        ("", "/"),
    ],
)
def test_place_of_when_given_an_address_then_no_object_is_named(url: str, place: str) -> None:
    assert operations.place_of(url) == place


def test_place_of_when_an_address_is_endless_then_it_ends() -> None:
    assert len(operations.place_of(GRAPH + "/secret" * 100_000)) < 300


@pytest.mark.parametrize("row", TABLE.operations, ids=lambda row: row.paths[0])
def test_table_when_a_row_is_asked_for_then_an_earlier_one_does_not_hide_all_of_it(
    row: Operation,
) -> None:
    places = [path.removesuffix("/**") for path in row.paths]
    below = [f"{path.removesuffix('/**')}/x" for path in row.paths if path.endswith("/**")]
    found = [TABLE.find(method, place) for method in row.methods for place in [*places, *below]]
    assert row in found


@pytest.mark.parametrize(
    ("method", "path", "any_of"),
    [
        ("GET", "/users/x/mailFolders", "Mail.Read or Mail.ReadWrite or Mail.ReadBasic.All"),
        ("get", "/users/x/messages/y/attachments", "Mail.Read or Mail.ReadWrite"),
        ("POST", "/users/x/messages", "Mail.ReadWrite"),
        ("GET", "/users/x/calendarView/delta", "Calendars.Read or Calendars.ReadWrite"),
        ("GET", "/sites/root", "Sites.Read.All or Sites.ReadWrite.All"),
        ("GET", "/sites/h:/sites/HR:/lists/1/items", "Sites.Read.All or Sites.ReadWrite.All"),
        ("GET", "/sites/1/permissions", "Sites.FullControl.All"),
        ("PUT", "/drives/1/root:/a/b.txt:/content", "Files.ReadWrite.All or Sites.ReadWrite.All"),
        ("POST", "/drives/1/items/2:/b.txt:/createUploadSession", "Sites.ReadWrite.All"),
        ("GET", "/teams/1/channels/getAllMessages", "ChannelMessage.Read.All"),
        (
            "GET",
            "/teams/1/channels/2/messages/delta",
            "Group.Read.All or Group.ReadWrite.All or ChannelMessage.Read.All",
        ),
        ("POST", "/teams/1/channels", "Channel.Create"),
    ],
)
def test_find_when_a_request_is_known_then_any_one_of_these_does(
    method: str, path: str, any_of: str
) -> None:
    found = TABLE.find(method, operations.place_of(GRAPH + path))
    assert found
    assert found.shown == any_of


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/me/messages"),
        ("GET", "/groups/1/events"),
        ("POST", "/groups/1/threads"),
    ],
)
def test_find_when_no_application_permission_exists_then_a_user_is_needed(
    method: str, path: str
) -> None:
    found = TABLE.find(method, operations.place_of(GRAPH + path))
    assert found
    assert found.needs_user
    assert not found.granted_by(["Directory.ReadWrite.All", "Group.ReadWrite.All"])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users/1/todo/lists"),
        ("DELETE", "/users/1"),
        ("POST", "/$batch"),
        ("GET", "/groups/1/threads/2/posts/3/attachments"),
        ("GET", "/usersandmore"),
        ("GET", "/"),
    ],
)
def test_find_when_no_row_fits_then_nothing_is_known(method: str, path: str) -> None:
    assert TABLE.find(method, operations.place_of(GRAPH + path)) is None


@pytest.mark.parametrize(
    ("roles", "path", "granted"),
    [
        (["Mail.Read"], "/users/x/messages", True),
        (["Mail.ReadBasic.All"], "/users/x/messages", True),
        (["Sites.FullControl.All"], "/sites", True),  # not in the table's list, and stronger
        (["Files.Read.All"], "/sites", False),
        (["TeamSettings.Read.All"], "/teams/1", True),  # only believed to do
        (["Mail.Read"], "/users/x/drive", False),
        ([], "/users", False),
    ],
)
def test_granted_by_when_roles_are_held_then_stronger_and_believed_ones_count(
    roles: list[str], path: str, *, granted: bool
) -> None:
    found = TABLE.find("GET", operations.place_of(GRAPH + path))
    assert found
    assert found.granted_by(roles) is granted


def test_asked_for_when_the_vendors_list_names_some_then_those() -> None:
    users, sites = TABLE.find("GET", "/users"), TABLE.find("GET", "/sites")
    assert users
    assert sites
    assert users.asked_for == ("User.Read.All", "User.ReadWrite.All")
    assert sites.asked_for == ()


def test_table_when_read_then_its_source_is_known_and_no_permission_is_told_twice() -> None:
    assert TABLE.source in product_module.load().sources
    for row in TABLE.operations:
        told = (*row.any_of, *row.perhaps)
        assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://graph.microsoft.com/v1.0/users/Jo@x.com/messages?$top=1", "/users/jo@x.com"),
        ("/users('jo@x.com')/messages", "/users/jo@x.com"),
        ("/drives/b!1/items/2", "/drives/b!1"),
        ("/sites/root", ""),
        ("/users", ""),
    ],
)
def test_object_of_when_asked_then_the_address_up_to_its_first_name(url: str, named: str) -> None:
    assert operations.object_of(url) == named


def test_shown_when_names_follow_each_other_then_once() -> None:
    assert operations.shown("GET", "/users/{id}/{id}") == "GET /users/{id}/…"
    assert operations.shown("GET", "/users/{id}/messages/{id}") == "GET /users/{id}/messages/{id}"
