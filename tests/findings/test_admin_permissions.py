# SPDX-License-Identifier: MIT
"""Which permissions to grant: names, services, operations and why each isn't there."""

from __future__ import annotations

from datetime import UTC, datetime

from wizard.checks.token_roles import TokenRoles
from wizard.findings import admin_permissions
from wizard.graph.app_registration import AppRegistration, Grant, Requested
from wizard.graph.permission_matrix import GRAPH, State
from wizard.graph.permissions import PermissionKind
from wizard.model import Workload
from wizard.texts import Texts

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
EXCHANGE = (Workload.EXCHANGE,)
REST = ("MailboxSettings.Read", "Calendars.Read", "Contacts.Read", "Notes.Read.All")


def token(
    *roles: str,
    workloads: tuple[Workload, ...] = EXCHANGE,
    registration: AppRegistration | None = None,
) -> TokenRoles:
    return TokenRoles(True, roles or None, (), NOW, None, workloads, registration, NOW)


def registered(*permissions: str, kind: PermissionKind) -> AppRegistration:
    """An app that asks for these, with consent to none."""
    asked = tuple(Requested(GRAPH, "-", name, kind) for name in permissions)
    return AppRegistration(True, True, (), (), asked, None, ())


def test_of_token_when_one_is_missing_for_two_services_then_once_with_both(texts: Texts) -> None:
    seen = token("Mail.Read", workloads=(Workload.GROUPS, Workload.ONEDRIVE))
    wanted = {one.permission: one for one in admin_permissions.of_token(seen, texts).certain}
    assert wanted["Files.Read.All"].purpose == (
        "Microsoft 365 Groups, OneDrive for Business: Discovery, Backup"
    )
    assert wanted["Files.Read.All"].state is State.MISSING


def test_of_token_when_only_mailbox_rights_are_missing_then_exchange_may_have_given_them(
    texts: Texts,
) -> None:
    lists = admin_permissions.of_token(token("User.Read.All", "Notes.Read.All"), texts)
    assert lists.certain == ()
    assert "Mail.Read" in [one.permission for one in lists.in_exchange]
    assert "Mail.ReadWrite" in [one.permission for one in lists.restore]


def test_of_token_when_consent_is_lacking_then_nothing_has_to_be_added(texts: Texts) -> None:
    asked = registered("User.Read.All", kind=PermissionKind.APPLICATION)
    lists = admin_permissions.of_token(token("Mail.Read", *REST, registration=asked), texts)
    assert [(one.permission, one.state) for one in lists.certain] == [
        ("User.Read.All", State.NOT_CONSENTED)
    ]


def test_of_token_when_it_is_there_as_a_users_then_said_so(texts: Texts) -> None:
    asked = registered("User.Read.All", kind=PermissionKind.DELEGATED)
    lists = admin_permissions.of_token(token("Mail.Read", *REST, registration=asked), texts)
    assert [one.state for one in lists.certain] == [State.WRONG_KIND]


def test_of_token_when_granted_a_moment_ago_then_only_to_be_waited_for(texts: Texts) -> None:
    granted = (Grant(GRAPH, "-", "User.Read.All", NOW),)
    known = AppRegistration(True, True, granted, (), (), None, ())
    seen = token("User.Read.All", "Mail.Read", *REST, registration=known)
    lists = admin_permissions.of_token(seen, texts)
    assert lists.certain == ()
    assert [one.permission for one in lists.too_new] == ["User.Read.All"]


def test_of_token_when_only_the_older_list_asks_then_apart(texts: Texts) -> None:
    seen = token("User.Read.All", "Files.Read.All", "Notes.Read.All", workloads=(Workload.GROUPS,))
    lists = admin_permissions.of_token(seen, texts)
    assert lists.certain == ()
    assert [one.permission for one in lists.perhaps] == ["Group.Read.All"]


def test_of_token_when_all_is_there_then_every_list_is_empty(texts: Texts) -> None:
    full = ("User.Read.All", "Mail.ReadWrite", "Calendars.ReadWrite", "Contacts.ReadWrite")
    seen = token(*full, "Notes.ReadWrite.All", "MailboxSettings.Read")
    assert admin_permissions.of_token(seen, texts) == admin_permissions.WantedLists()


def test_of_list_when_no_token_came_then_the_whole_known_list(texts: Texts) -> None:
    lists = admin_permissions.of_list(texts)
    names = [one.permission for one in lists.certain]
    assert {"Mail.Read", "Files.Read.All", "User.ReadWrite.All"} <= set(names)
    assert "User.Read.All" not in names  # the stronger one covers it
    assert len(names) == len(set(names))
    assert {one.state for one in lists.certain} == {State.UNKNOWN}
    assert {one.permission for one in lists.restore}.isdisjoint(names)
    assert lists.unlisted == "SharePoint Online"


def test_of_token_when_a_stronger_one_is_requested_then_named_as_the_portal_lists_it(
    texts: Texts,
) -> None:
    asked = registered("Files.ReadWrite.All", kind=PermissionKind.APPLICATION)
    seen = token("User.Read.All", workloads=(Workload.ONEDRIVE,), registration=asked)
    found = admin_permissions.of_token(seen, texts)
    assert [one.permission for one in found.certain] == ["Files.ReadWrite.All"]
    assert found.restore == ()
