# SPDX-License-Identifier: MIT
"""How each permission stands, from what a token and a directory say of an app."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.graph import permissions
from wizard.graph.access_token import UNREADABLE, Claims
from wizard.graph.app_registration import AppRegistration, Grant, Requested
from wizard.graph.permission_matrix import GRAPH, Row, State, extra, rows
from wizard.graph.permissions import Operation, PermissionKind
from wizard.model import Workload

TABLE = permissions.load()
ISSUED = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
SHAREPOINT = "00000003-0000-0ff1-ce00-000000000000"
APPLICATION, DELEGATED = PermissionKind.APPLICATION, PermissionKind.DELEGATED
NOTHING = AppRegistration(
    enabled=True,
    single_tenant=True,
    grants=(),
    delegated=(),
    requested=(),
    credentials=None,
    unread=(),
)
BLIND = replace(NOTHING, grants=None, delegated=None, requested=None)


def token(*roles: str, scopes: tuple[str, ...] = ()) -> Claims:
    return Claims(readable=True, roles=roles or None, scopes=scopes, issued=ISSUED)


def granted(*names: str, minutes: float | None = 600, resource: str = GRAPH) -> tuple[Grant, ...]:
    """Consent so many minutes before the token; None: the directory doesn't say when."""
    moment = None if minutes is None else ISSUED - timedelta(minutes=minutes)
    return tuple(Grant(resource, f"id-of-{name}", name, moment) for name in names)


def asked(
    *names: str, kind: PermissionKind = APPLICATION, resource: str = GRAPH
) -> tuple[Requested, ...]:
    return tuple(Requested(resource, f"id-of-{name}", name, kind) for name in names)


def found(claims: Claims, registration: AppRegistration | None, *workloads: Workload) -> list[Row]:
    chosen = workloads or tuple(Workload)
    return list(rows(TABLE, chosen, claims, registration, ISSUED + timedelta(minutes=1)))


def row_of(
    permission: str,
    claims: Claims,
    registration: AppRegistration | None = None,
    kind: PermissionKind = APPLICATION,
) -> Row:
    """The first row of a permission."""
    return next(
        row
        for row in found(claims, registration)
        if row.permission == permission and row.kind is kind
    )


def state_of(permission: str, claims: Claims, registration: AppRegistration | None = None) -> State:
    return row_of(permission, claims, registration).state


def test_rows_when_asked_for_services_then_each_cell_of_the_table_once_and_in_order() -> None:
    chosen = (Workload.TEAMS, Workload.EXCHANGE)
    seen = found(token(), None, *chosen)
    cells = Counter(
        (need.workload, operation, need.permission, need.kind)
        for need in TABLE.needs
        for operation in need.operations
        if need.workload in chosen
    )
    assert Counter((row.workload, row.operation, row.permission, row.kind) for row in seen) == cells
    assert [row.workload for row in seen] == sorted(
        (row.workload for row in seen), key=chosen.index
    )


def test_state_when_in_the_token_then_granted_whatever_the_directory_says() -> None:
    for registration in (None, BLIND, NOTHING):
        assert state_of("Files.Read.All", token("Files.Read.All"), registration) is State.GRANTED


def test_state_when_a_stronger_one_is_in_the_token_then_covered_by_name() -> None:
    row = row_of("Files.Read.All", token("Files.ReadWrite.All"))
    assert (row.state, row.by) == (State.COVERED, "Files.ReadWrite.All")
    assert not row.is_lacking


def test_state_when_requested_without_consent_then_not_consented() -> None:
    app = replace(NOTHING, requested=asked("Files.Read.All"))
    assert state_of("Files.Read.All", token(), app) is State.NOT_CONSENTED


def test_state_when_a_stronger_one_is_requested_then_only_consent_lacks() -> None:
    app = replace(NOTHING, requested=asked("Files.ReadWrite.All"))
    row = row_of("Files.Read.All", token(), app)
    assert (row.state, row.by) == (State.NOT_CONSENTED, "Files.ReadWrite.All")


def test_state_when_nobody_requested_it_then_not_requested() -> None:
    app = replace(NOTHING, requested=asked("Files.Read.All"))
    assert state_of("User.Read.All", token(), app) is State.NOT_REQUESTED


def test_state_when_requested_of_another_service_then_not_requested() -> None:
    app = replace(NOTHING, requested=asked("User.Read.All", resource=SHAREPOINT))
    assert state_of("User.Read.All", token(), app) is State.NOT_REQUESTED


@pytest.mark.parametrize("registration", [None, BLIND])
def test_state_when_the_manifest_is_unread_then_missing_and_no_guess(
    registration: AppRegistration | None,
) -> None:
    assert state_of("User.Read.All", token("Mail.Read"), registration) is State.MISSING


@pytest.mark.parametrize(
    "app",
    [
        replace(NOTHING, requested=asked("User.Read.All", kind=DELEGATED)),
        replace(BLIND, delegated=("User.Read.All",)),
        replace(BLIND, delegated=("User.ReadWrite.All",)),
    ],
)
def test_state_when_only_a_user_has_it_then_the_wrong_kind(app: AppRegistration) -> None:
    assert state_of("User.Read.All", token(), app) is State.WRONG_KIND


def test_state_when_the_token_is_a_users_then_the_wrong_kind() -> None:
    claims = token(scopes=("User.Read.All",))
    assert state_of("User.Read.All", claims) is State.WRONG_KIND
    assert state_of("Files.Read.All", claims) is State.MISSING


def test_state_when_both_kinds_are_requested_then_only_consent_lacks() -> None:
    both = (*asked("User.Read.All"), *asked("User.Read.All", kind=DELEGATED))
    assert state_of("User.Read.All", token(), replace(NOTHING, requested=both)) is (
        State.NOT_CONSENTED
    )


@pytest.mark.parametrize("registration", [None, BLIND, NOTHING])
def test_state_when_a_mailbox_permission_lacks_then_exchange_may_grant_it(
    registration: AppRegistration | None,
) -> None:
    row = row_of("Mail.Read", token("User.Read.All"), registration)
    assert (row.state, row.is_lacking) == (State.IN_EXCHANGE, False)


def test_state_when_a_mailbox_permission_is_requested_then_consent_lacks() -> None:
    app = replace(NOTHING, requested=asked("Mail.Read"))
    assert state_of("Mail.Read", token(), app) is State.NOT_CONSENTED


@pytest.mark.parametrize("minutes", [0, 89.9, -3])
def test_state_when_granted_lately_and_not_in_the_token_then_too_new(minutes: float) -> None:
    app = replace(NOTHING, grants=granted("Files.Read.All", minutes=minutes))
    row = row_of("Files.Read.All", token(), app)
    assert (row.state, row.is_lacking) == (State.TOO_NEW, False)
    assert row.granted == ISSUED - timedelta(minutes=minutes)


def test_state_when_granted_lately_and_in_the_token_then_the_product_may_lack_it_still() -> None:
    app = replace(NOTHING, grants=granted("Files.Read.All", minutes=20))
    assert state_of("Files.Read.All", token("Files.Read.All"), app) is State.TOO_NEW


@pytest.mark.parametrize("minutes", [90, 600, None])
def test_state_when_granted_long_ago_and_in_the_token_then_granted(minutes: float | None) -> None:
    app = replace(NOTHING, grants=granted("Files.Read.All", minutes=minutes))
    assert state_of("Files.Read.All", token("Files.Read.All"), app) is State.GRANTED


def test_state_when_granted_long_ago_and_not_in_the_token_then_missing_with_its_date() -> None:
    app = replace(NOTHING, grants=granted("Files.Read.All"), requested=asked("Files.Read.All"))
    row = row_of("Files.Read.All", token(), app)
    assert (row.state, row.granted) == (State.MISSING, ISSUED - timedelta(minutes=600))


def test_state_when_a_new_grant_only_adds_to_an_old_one_then_not_too_new() -> None:
    grants = (
        *granted("Files.Read.All"),
        *granted("Files.ReadWrite.All", minutes=5),
    )
    claims = token("Files.Read.All", "Files.ReadWrite.All")
    app = replace(NOTHING, grants=grants)
    assert state_of("Files.Read.All", claims, app) is State.GRANTED
    assert state_of("Files.ReadWrite.All", claims, app) is State.TOO_NEW


def test_state_when_granted_on_another_service_then_it_does_not_count() -> None:
    app = replace(NOTHING, grants=granted("User.Read.All", resource=SHAREPOINT))
    assert state_of("User.Read.All", token(), app) is State.NOT_REQUESTED
    assert state_of("User.Read.All", UNREADABLE, app) is State.NOT_REQUESTED


def test_state_when_the_token_is_unreadable_then_the_directory_decides() -> None:
    app = replace(NOTHING, grants=granted("Files.ReadWrite.All"), requested=asked("User.Read.All"))
    covered = row_of("Files.Read.All", UNREADABLE, app)
    assert (covered.state, covered.by) == (State.COVERED, "Files.ReadWrite.All")
    assert state_of("Files.ReadWrite.All", UNREADABLE, app) is State.GRANTED
    assert state_of("User.Read.All", UNREADABLE, app) is State.NOT_CONSENTED
    assert state_of("Notes.Read.All", UNREADABLE, app) is State.NOT_REQUESTED


@pytest.mark.parametrize(
    "registration", [None, BLIND, replace(BLIND, requested=asked("User.Read.All"))]
)
def test_state_when_token_and_grants_are_unread_then_unknown(
    registration: AppRegistration | None,
) -> None:
    states = {row.state for row in found(UNREADABLE, registration) if row.kind is APPLICATION}
    assert states == {State.UNKNOWN}


@pytest.mark.parametrize(
    ("app", "state"),
    [
        (None, State.DELEGATED),
        (NOTHING, State.DELEGATED),  # the product may use another app for its user
        (replace(NOTHING, delegated=("Group.Read.All",)), State.GRANTED),
        (replace(NOTHING, delegated=("Group.ReadWrite.All",)), State.COVERED),
        (replace(NOTHING, requested=asked("Group.Read.All", kind=DELEGATED)), State.NOT_CONSENTED),
        (replace(BLIND, requested=asked("Group.Read.All", kind=DELEGATED)), State.DELEGATED),
    ],
)
def test_state_when_a_user_needs_it_then_as_far_as_the_directory_tells(
    app: AppRegistration | None, state: State
) -> None:
    row = row_of("Group.Read.All", token("Group.Read.All"), app, DELEGATED)
    assert row.state is state


def test_row_when_only_the_older_edition_has_it_then_not_confirmed() -> None:
    assert not row_of("Group.Read.All", token()).confirmed
    assert row_of("Files.Read.All", token()).confirmed


NAMES = sorted({need.permission for need in TABLE.needs})


@given(roles=st.sets(st.sampled_from(NAMES)), asked_for=st.sets(st.sampled_from(NAMES)))
def test_rows_when_any_token_then_what_it_carries_is_never_lacking(
    roles: set[str], asked_for: set[str]
) -> None:
    app = replace(NOTHING, requested=asked(*asked_for))
    held = TABLE.granted(roles)
    for row in found(token(*sorted(roles)), app):
        if row.kind is APPLICATION:
            is_there = row.state in (State.GRANTED, State.COVERED)
            assert is_there == (row.permission in held), row


def test_extra_when_the_table_names_all_then_none() -> None:
    assert extra(TABLE, NAMES) == ()


@pytest.mark.parametrize(
    ("roles", "more"),
    [
        (["User.Read.All", "Mail.Send"], ("Mail.Send",)),
        (["Mail.Send"], ("Mail.Send",)),
        (["Directory.Read.All"], ()),  # it alone lets users be read
        (["Directory.Read.All", "User.Read.All"], ("Directory.Read.All",)),
        (["Directory.Read.All", "Directory.ReadWrite.All"], ("Directory.ReadWrite.All",)),
        (["MailboxSettings.ReadWrite"], ()),
        (["MailboxSettings.Read", "MailboxSettings.ReadWrite"], ("MailboxSettings.ReadWrite",)),
        (["User.ReadWrite.All", "User.Read.All"], ()),
        ([], ()),
    ],
)
def test_extra_when_others_do_as_well_then_named(roles: list[str], more: tuple[str, ...]) -> None:
    assert extra(TABLE, roles) == more


@given(st.sets(st.sampled_from([*NAMES, "Directory.ReadWrite.All", "Directory.Read.All", "X.Y"])))
def test_extra_when_all_of_it_is_taken_away_then_nothing_needed_is_lost(roles: set[str]) -> None:
    left = roles - set(extra(TABLE, roles))
    wanted = set(NAMES)
    assert TABLE.granted(left) & wanted == TABLE.granted(roles) & wanted


def test_rows_when_operations_are_named_then_those_of_the_vendors_table() -> None:
    seen = found(token(), None, Workload.ONEDRIVE)
    assert [(row.operation, row.permission) for row in seen] == [
        (Operation.DISCOVERY, "User.Read.All"),
        (Operation.DISCOVERY, "Files.Read.All"),
        (Operation.BACKUP, "Files.Read.All"),
        (Operation.RECOVERY, "Files.ReadWrite.All"),
    ]
