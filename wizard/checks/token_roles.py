# SPDX-License-Identifier: MIT
"""Has the app the permissions that a backup of the chosen services needs?

A role in the token is granted, and a needed one that isn't there is not: no further right is
needed to know that. Why one is missing is told by the app's registration, where it can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from wizard import codec
from wizard.checks import token_roles_evidence, token_roles_tried
from wizard.checks.base import Check, Context, could_not_check, ok, problem, warning
from wizard.checks.base import Need as CheckNeed
from wizard.checks.token_roles_evidence import Gaps, names_of, services_of, to_consent
from wizard.checks.token_roles_tried import Tried
from wizard.errors import CannotCheck
from wizard.graph import operations, permission_matrix, permissions, token_lifetimes, words
from wizard.graph.access_token import Claims
from wizard.graph.app_registration import APPLICATION, AppRegistration
from wizard.graph.directory import NO_RIGHT
from wizard.graph.permission_matrix import Row, State
from wizard.graph.permissions import Permissions
from wizard.model import CauseId, Evidence, Finding, Value, Workload
from wizard.product import Product


@dataclass(frozen=True)
class TokenRoles:
    """What the token says, `roles` None when it has no such claim, and the app's registration.

    `registration` is None where nothing of it could be read; its credentials are another check's.
    """

    readable: bool
    roles: tuple[str, ...] | None
    scopes: tuple[str, ...]
    issued: datetime | None
    expires: datetime | None
    workloads: tuple[Workload, ...]
    registration: AppRegistration | None
    observed: datetime
    client_id: str = ""
    tried: Tried = field(default_factory=Tried)


def observe(context: Context) -> TokenRoles:
    """Read the shared sign-in's token, and the registration where that can be read."""
    signed_in = context.sign_in()
    if signed_in.token is None:
        raise CannotCheck("error.not_signed_in")
    claims = signed_in.claims
    return TokenRoles(
        claims.readable,
        claims.roles,
        claims.scopes,
        claims.issued,
        claims.expires,
        context.scope.workloads,
        _registration(context),
        datetime.now(UTC).replace(microsecond=0),
        signed_in.report.client_id,
        token_roles_tried.observe(context, claims),
    )


def _registration(context: Context) -> AppRegistration | None:
    """The token decides without it, so that it can't be read is no failure."""
    try:
        return replace(context.app_registration(), credentials=None)
    except CannotCheck:
        return None


def matrix(seen: TokenRoles) -> tuple[Row, ...]:
    """Each permission for each operation of the chosen services, and how it stands."""
    claims = Claims(seen.readable, seen.roles, seen.scopes, seen.issued, seen.expires)
    tried = token_roles_tried.by_permission(seen.tried)
    return permission_matrix.rows(
        permissions.load(), seen.workloads, claims, seen.registration, seen.observed, tried=tried
    )


def documented(seen: TokenRoles) -> tuple[Row, ...]:
    """What Microsoft names for the chosen services that the known part of the table leaves out."""
    claims = Claims(seen.readable, seen.roles, seen.scopes, seen.issued, seen.expires)
    return permission_matrix.documented(
        permissions.load(), seen.workloads, claims, seen.registration, seen.observed
    )


def refused_in_spite_of_list(seen: TokenRoles) -> tuple[Row, ...]:
    """Those of them for backups of which a request just now was refused, for want of them."""
    return tuple(
        row
        for row in documented(seen)
        if row.workload in seen.tried.refused
        and row.is_lacking
        and token_roles_evidence.is_for_backup(row)
    )


def to_ask_for(seen: TokenRoles) -> tuple[Row, ...]:
    """The same, but for an app let in at single sites: there, the refusal proves nothing."""
    is_single = permissions.load().single_sites in (seen.roles or ())
    return () if is_single else refused_in_spite_of_list(seen)


def judge(seen: TokenRoles, _product: Product) -> Finding:
    """Compare with the known part of the vendor's table."""
    table, rows = permissions.load(), matrix(seen)
    if not seen.readable:
        return could_not_check("check.token_roles.unreadable", source=table.source)
    told = _Told(table, seen, token_roles_evidence.gaps(rows), rows)
    if seen.roles is None and seen.scopes:
        return told.problem("delegated")
    if not seen.roles and not told.gaps.too_new:
        return told.problem(token_roles_evidence.no_roles(seen.registration))
    if told.gaps.certain:
        return told.missing()
    if told.gaps.in_exchange and not told.gaps.seen_in_exchange:
        return told.problem("missing_or_in_exchange", told.gaps.in_exchange, decisive=False)
    return told.nothing_missing()


class _Told:
    """Says it in one finding."""

    def __init__(
        self, table: Permissions, seen: TokenRoles, gaps: Gaps, rows: Sequence[Row]
    ) -> None:
        self.table, self.seen, self.gaps, self.rows = table, seen, gaps, rows
        self.values: dict[str, Value] = {
            "edition": table.edition,
            "older": table.older_edition,
            "known_up_to": table.known_up_to,
            "client_id": words.load().client_id(seen.client_id),
            **token_lifetimes.load().values,
        }

    def problem(self, text: str, missing: Sequence[Row] = (), *, decisive: bool = True) -> Finding:
        """Permissions that a backup needs aren't there."""
        mail = token_roles_tried.refused_mail(self.seen.tried, names_of(missing))
        more = f"{mail}{self._in_exchange()}{self._refused_sites()}"
        values = {**self._of(missing), "more": more, "why": self._untold()}
        return problem(f"check.token_roles.{text}", decisive=decisive, **self._more(values))

    def missing(self) -> Finding:
        """By the one state that all of them have; what a restore needs may cover some."""
        states = {row.state for row in self.gaps.certain}
        state = str(states.pop()) if len(states) == 1 else "mixed"
        stronger, covered = token_roles_evidence.covering(self.table, self.gaps)
        either = [name for name in names_of(self.gaps.certain) if name not in covered]
        self.values |= {"either": ", ".join([*stronger, *either])}
        portal = dict.fromkeys(row.by or row.permission for row in self.gaps.certain)
        self.values |= {"portal": ", ".join(portal), "listed": len(portal)}
        is_to_add = state != State.NOT_CONSENTED
        word = f"{state}_and_for_restore" if stronger and is_to_add else state
        if not is_to_add:
            names = to_consent(self.gaps.certain)
            self.values |= {"requested": ", ".join(names), "requests": len(names)}
        return self.problem(word.replace("-", "_"), self.gaps.certain)

    def nothing_missing(self) -> Finding:
        """Nothing that a backup surely lacks; the rest by how much it may matter."""
        if self.awaited():
            return self.too_new()
        if self.gaps.seen_in_exchange:
            return self.seen_in_exchange()
        refused = refused_in_spite_of_list(self.seen)
        if refused:
            return self.sites_refused(refused)
        if self.gaps.stood_in:
            return self.stood_in()
        return self.perhaps_missing() if self.gaps.perhaps else self.all_there()

    def awaited(self) -> list[Row]:
        """What got consent and isn't in the token yet; what is may only be new to the product."""
        held = self.table.granted(self.seen.roles or ())
        return [row for row in self.gaps.too_new if row.permission not in held]

    def too_new(self) -> Finding:
        """Consent was given, and even a new token doesn't carry it yet."""
        awaited = self.awaited()
        newest = max(row.granted for row in awaited if row.granted)
        until = newest + token_lifetimes.load().usual
        values = {
            **self._of(awaited),
            "granted": codec.to_rfc3339(newest),
            "until": codec.to_rfc3339(until),
        }
        return warning("check.token_roles.too_new", **self._more(values))

    def seen_in_exchange(self) -> Finding:
        """A request for mail was granted without a permission for it in the token."""
        values = {
            **self._of((*self.gaps.seen_in_exchange, *self.gaps.in_exchange)),
            "more": self._refused_sites(),
        }
        return warning("check.token_roles.in_exchange_seen", **self._more(values))

    def sites_refused(self, refused: Sequence[Row]) -> Finding:
        """No row of the vendor's list is known, and yet Graph refused for want of a permission."""
        is_single = self.table.single_sites in (self.seen.roles or ())
        word = "single_sites" if is_single else "sites_refused"
        values = {**self._of(refused), "documented": operations.load().date}
        return warning(f"check.token_roles.{word}", **self._more(values))

    def stood_in(self) -> Finding:
        """Named by the vendor's list and not there, but another role does for the same requests."""
        rows = self.gaps.stood_in
        others = sorted({role for row in rows for role in row.by.split(", ")})
        values = {
            **self._of(rows),
            "others": ", ".join(others),
            "roles": len(others),
            "documented": operations.load().date,
        }
        return warning("check.token_roles.stood_in", **self._more(values))

    def perhaps_missing(self) -> Finding:
        """Only the older edition asks for these; the newer one may have dropped them."""
        values = self._of(self.gaps.perhaps)
        return warning("check.token_roles.perhaps_missing", **self._more(values))

    def all_there(self) -> Finding:
        """What was compared is there; what wasn't is said."""
        unlisted = self.table.unlisted(self.seen.workloads)
        needed = [row for row in self.rows if token_roles_evidence.is_for_backup(row)]
        values: dict[str, Value] = {
            "services": services_of(unlisted),
            "count": len(names_of(row for row in needed if row.confirmed)),
        }
        if len(unlisted) == len(self.seen.workloads):
            return could_not_check("check.token_roles.not_listed", **self._more(values))
        there = "part_there" if unlisted else "all_there"
        text = f"{there}_but_restore" if self.gaps.restore else there
        return ok(f"check.token_roles.{text}", **self._more(values))

    def _more(self, values: dict[str, Value]) -> dict[str, Any]:
        return {
            "values": {**self.values, **values},
            "evidence": tuple(self._evidence()),
            "source": self.table.source,
        }

    def _evidence(self) -> Iterator[Evidence]:
        yield from token_roles_evidence.of_gaps(self.gaps)
        yield from token_roles_evidence.of_documented(refused_in_spite_of_list(self.seen))
        yield from token_roles_evidence.of_token(self.seen.roles, self.seen.expires)
        yield from token_roles_evidence.of_table(self.table, self.seen.workloads)

    def _of(self, rows: Sequence[Row]) -> dict[str, Value]:
        names = names_of(rows)
        services = services_of(dict.fromkeys(row.workload for row in rows))
        return {"missing": ", ".join(names), "count": len(names), "services": services}

    def _refused_sites(self) -> str:
        names = names_of(refused_in_spite_of_list(self.seen))
        return token_roles_tried.refused_sites(names, self.seen.roles or ())

    def _in_exchange(self) -> str:
        """A sentence more about mailbox permissions, where others are missing for certain."""
        names = names_of(self.gaps.in_exchange)
        phrase = words.load().phrase.in_exchange
        return phrase.format(missing=", ".join(names)) if names else ""

    def _untold(self) -> str:
        """Why it can't be told whether they were requested; nothing where it can."""
        phrases, registration = words.load().phrase, self.seen.registration
        why = registration.why_unread(APPLICATION) if registration else None
        if registration and not why:
            return ""
        if why and why.reason == NO_RIGHT:
            return phrases.untold_right.format(wanted=why.values.get("wanted", ""))
        return phrases.untold


CHECK = Check(
    "token_roles",
    CauseId.PERMISSIONS,
    frozenset({CheckNeed.NETWORK, CheckNeed.CREDENTIALS}),
    60.0,
    TokenRoles,
    observe,
    judge,
)
