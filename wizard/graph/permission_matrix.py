# SPDX-License-Identifier: MIT
"""What an app has of each permission that the product needs, by service and operation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from wizard.graph import stand_ins, token_lifetimes
from wizard.graph.access_token import Claims
from wizard.graph.app_registration import AppRegistration, Grant
from wizard.graph.permissions import Need, Operation, PermissionKind, Permissions
from wizard.model import Workload

GRAPH = "00000003-0000-0000-c000-000000000000"


class State(StrEnum):
    """How one permission stands. Whatever isn't known for certain has a state of its own."""

    GRANTED = "granted"
    COVERED = "covered"  # by a stronger one
    STOOD_IN = "stood-in"  # not there; another role is documented for the same requests
    TOO_NEW = "too-new"  # granted so lately that a token in use may not have it
    NOT_CONSENTED = "not-consented"  # requested, without admin consent
    NOT_REQUESTED = "not-requested"
    MISSING = "missing"  # not granted; which of the two can't be told
    WRONG_KIND = "wrong-kind"  # a user's, where the app needs its own
    IN_EXCHANGE = "in-exchange"  # not in the token; Exchange itself may grant it, unseen
    SEEN_IN_EXCHANGE = "seen-in-exchange"  # not in the token, and yet a request for it was granted
    DELEGATED = "delegated"  # a user's; this sign-in can't see it
    UNKNOWN = "unknown"  # neither the token nor the directory could be read


LACKING = (State.NOT_CONSENTED, State.NOT_REQUESTED, State.MISSING, State.WRONG_KIND)


@dataclass(frozen=True)
class Row:
    """One permission for one operation of one service.

    `confirmed` says whether the newest edition that was read asks for it, `by` which permission
    covers it, stands in for it, or would cover it with consent, `granted` when consent was given,
    if that is known.
    """

    workload: Workload
    operation: Operation
    permission: str
    kind: PermissionKind
    state: State
    confirmed: bool
    editions: tuple[str, ...]
    by: str = ""
    granted: datetime | None = None

    @property
    def asked(self) -> str:
        """Its name where somebody must grant it: as the app registration lists it, if it does."""
        return self.by if self.by and self.state is State.NOT_CONSENTED else self.permission

    @property
    def is_lacking(self) -> bool:
        """Whether it certainly isn't there."""
        return self.state in LACKING


def rows(
    table: Permissions,
    workloads: Sequence[Workload],
    claims: Claims,
    registration: AppRegistration | None,
    now: datetime,
    *,
    tried: Mapping[str, bool] | None = None,
) -> tuple[Row, ...]:
    """All rows for these services, by service, operation, and order of the table.

    `tried` are mailbox permissions, by whether a request was granted that needs just that one.
    """
    app = _App(table, claims, registration, claims.issued or now, tried or {})
    return _all_of(app, table.needs, workloads)


def documented(
    table: Permissions,
    workloads: Sequence[Workload],
    claims: Claims,
    registration: AppRegistration | None,
    now: datetime,
) -> tuple[Row, ...]:
    """The same for what Microsoft names where the vendor's rows aren't known; it proves nothing."""
    app = _App(table, claims, registration, claims.issued or now, {})
    needs = [one.as_need for one in table.documented if one.workload in table.unlisted(workloads)]
    return _all_of(app, needs, workloads)


def _all_of(app: _App, needs: Iterable[Need], workloads: Iterable[Workload]) -> tuple[Row, ...]:
    listed = tuple(needs)
    return tuple(
        app.row(need, operation)
        for workload in workloads
        for operation in Operation
        for need in listed
        if need.workload is workload and operation in need.operations
    )


def extra(table: Permissions, roles: Collection[str]) -> tuple[str, ...]:
    """The roles without which all that the table asks for is there just as well.

    Of two that would do, the stronger one is more than needed.
    """
    kept = set(roles)
    wanted = {need.permission for need in table.needs}
    wanted |= {one.permission for one in table.documented}
    asked = table.application_needs(tuple(Workload))
    for role in sorted(kept, key=lambda name: (-len(table.granted([name])), name)):
        if role not in wanted and _met(table, asked, kept) <= _met(table, asked, kept - {role}):
            kept.remove(role)
    return tuple(sorted(set(roles) - kept))


def _met(table: Permissions, needs: Iterable[Need], roles: Collection[str]) -> set[Need]:
    """What these roles fulfil by name, by a stronger one, or by one that stands in."""
    held = table.granted(roles)
    return {
        need for need in needs if need.permission in held or stand_ins.of(need.permission, roles)
    }


class _App:
    """What is known of the app: from its token, and from the directory where that was read."""

    def __init__(
        self,
        table: Permissions,
        claims: Claims,
        registration: AppRegistration | None,
        at: datetime,
        tried: Mapping[str, bool],
    ) -> None:
        self.table, self.claims, self.at, self.tried = table, claims, at, tried
        self.roles = sorted(claims.roles or ())
        self.grants = _graph_grants(registration)
        self.delegated = registration.delegated if registration else None
        self.requested = registration.requested if registration else None

    def row(self, need: Need, operation: Operation) -> Row:
        """How a need of the table is met."""
        row = Row(
            need.workload,
            operation,
            need.permission,
            need.kind,
            State.UNKNOWN,
            self.table.is_confirmed(need),
            need.editions,
        )
        if need.kind is PermissionKind.DELEGATED:
            return self._of_user(row)
        return self._of_app(row)

    def _of_app(self, row: Row) -> Row:
        """The token decides where it can be read; the directory says what lies behind it."""
        grant = self._grant(row.permission)
        granted = grant.granted if grant else None
        by = self._stronger(row.permission, self.roles)
        if by is None and grant and not self.claims.readable:
            by = self._stronger(row.permission, [grant.permission])
        if granted and self._is_new(granted):
            return replace(row, state=State.TOO_NEW, by=by or "", granted=granted)
        if by is not None:
            return replace(row, state=_held(by), by=by, granted=granted)
        others = stand_ins.of(row.permission, self.roles)
        if others:
            return replace(row, state=State.STOOD_IN, by=", ".join(others))
        if grant:  # the directory knows of consent, and yet the token lacks it
            return replace(row, state=State.MISSING, granted=granted)
        state = self._lack(row.permission)
        asked = self._named_by_portal(state)
        return replace(row, state=state, by=self._stronger(row.permission, asked) or "")

    def _named_by_portal(self, state: State) -> list[str]:
        """What the portal's page lists in the place of what isn't there as it should be."""
        if state is State.NOT_CONSENTED:
            return self._requested(PermissionKind.APPLICATION)
        if state is State.WRONG_KIND:
            return [*self._requested(PermissionKind.DELEGATED), *self._of_users()]
        return []

    def _lack(self, permission: str) -> State:
        """Why an application permission isn't there, as far as that can be told."""
        is_sure = self.claims.readable or self.grants is not None
        if is_sure and self._is_requested(permission, PermissionKind.APPLICATION):
            return State.NOT_CONSENTED
        if is_sure and self._is_wrong_kind(permission):
            return State.WRONG_KIND
        if is_sure and permission in self.table.granted_in_exchange:
            is_there = self.tried.get(permission)
            if is_there is not False:
                return State.SEEN_IN_EXCHANGE if is_there else State.IN_EXCHANGE
        if is_sure and self.requested is not None:
            return State.NOT_REQUESTED
        return State.MISSING if is_sure else State.UNKNOWN

    def _of_user(self, row: Row) -> Row:
        by = self._stronger(row.permission, self._of_users())
        if by is not None:
            return replace(row, state=_held(by), by=by)
        is_requested = self._is_requested(row.permission, PermissionKind.DELEGATED)
        if self.delegated is not None and is_requested:
            return replace(row, state=State.NOT_CONSENTED)
        return replace(row, state=State.DELEGATED)

    def _is_wrong_kind(self, permission: str) -> bool:
        is_requested = self._is_requested(permission, PermissionKind.DELEGATED)
        return is_requested or permission in self.table.granted(self._of_users())

    def _of_users(self) -> tuple[str, ...]:
        return (*self.claims.scopes, *(self.delegated or ()))

    def _is_requested(self, permission: str, kind: PermissionKind) -> bool:
        """Whether the manifest asks for it, or for one that covers it."""
        return permission in self.table.granted(self._requested(kind))

    def _requested(self, kind: PermissionKind) -> list[str]:
        return [
            asked.permission
            for asked in self.requested or ()
            if asked.kind is kind and asked.resource_id == GRAPH
        ]

    def _stronger(self, permission: str, held: Iterable[str]) -> str | None:
        """The one of those held that covers it, empty when it is itself held, None without one."""
        names = list(held)
        if permission in names:
            return ""
        return next((name for name in names if permission in self.table.granted([name])), None)

    def _grant(self, permission: str) -> Grant | None:
        """The oldest consent that covers it: from then on the app has it."""
        covering = [
            grant
            for grant in self.grants or ()
            if permission in self.table.granted([grant.permission])
        ]
        return min(covering, key=_moment, default=None)

    def _is_new(self, granted: datetime) -> bool:
        return self.at - granted < token_lifetimes.load().usual


def _held(by: str) -> State:
    return State.COVERED if by else State.GRANTED


def _moment(grant: Grant) -> float:
    """When it was granted; one of unknown time counts as old."""
    return grant.granted.timestamp() if grant.granted else 0.0


def _graph_grants(registration: AppRegistration | None) -> tuple[Grant, ...] | None:
    if registration is None or registration.grants is None:
        return None
    return tuple(grant for grant in registration.grants if grant.resource_id == GRAPH)
