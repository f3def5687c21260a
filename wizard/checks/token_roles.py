# SPDX-License-Identifier: MIT
"""Does the token carry the permissions that a backup of the chosen services needs?

A role in the token is granted, and a needed one that isn't there is not: no further right is
needed to know that. Whether a missing one was never requested or never consented to can't be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizard import codec
from wizard.checks.base import Check, Context, could_not_check, ok, problem, warning
from wizard.checks.base import Need as CheckNeed
from wizard.errors import CannotCheck
from wizard.graph import permissions, probes
from wizard.graph.permissions import Need, Permissions
from wizard.model import CauseId, Evidence, Finding, Value, Workload
from wizard.product import Product

TOKEN = "token (read, not verified)"  # noqa: S105 - a source, not a token


@dataclass(frozen=True)
class TokenRoles:
    """What the token says; `roles` is None when it has no such claim."""

    readable: bool
    roles: tuple[str, ...] | None
    scopes: tuple[str, ...]
    expires: datetime | None
    workloads: tuple[Workload, ...]


@dataclass(frozen=True)
class _Gaps:
    """What of the table isn't in the token."""

    certain: tuple[Need, ...]
    unconfirmed: tuple[Need, ...]  # only an older edition asks for it
    restore: tuple[Need, ...]


def observe(context: Context) -> TokenRoles:
    """Read the shared sign-in's token."""
    signed_in = context.sign_in()
    if signed_in.token is None:
        raise CannotCheck("error.not_signed_in")
    claims = signed_in.claims
    return TokenRoles(
        claims.readable, claims.roles, claims.scopes, claims.expires, context.scope.workloads
    )


def judge(seen: TokenRoles, _product: Product) -> Finding:
    """Compare with the known part of the vendor's table."""
    table = permissions.load()
    if not seen.readable:
        return could_not_check("check.token_roles.unreadable", source=table.source)
    gaps = _gaps(table, seen)
    more: dict[str, Any] = {
        "evidence": tuple(_evidence(table, seen, gaps)),
        "source": table.source,
    }
    values: dict[str, Value] = {"edition": table.edition, "known_up_to": table.known_up_to}
    if seen.roles is None and seen.scopes:
        return problem("check.token_roles.delegated", values=values, **more, decisive=True)
    if not seen.roles:
        return problem("check.token_roles.no_roles", values=values, **more, decisive=True)
    if gaps.certain:
        return _missing(table, gaps.certain, more)
    if gaps.unconfirmed:
        return _perhaps_missing(table, gaps.unconfirmed, more)
    unlisted = table.unlisted(seen.workloads)
    if len(unlisted) == len(seen.workloads):
        named = {**values, "services": _services(unlisted)}
        return could_not_check("check.token_roles.not_listed", values=named, **more)
    needed = {need.permission for need in _for_backup(table, seen) if table.is_confirmed(need)}
    text = (
        "check.token_roles.all_there_but_restore" if gaps.restore else "check.token_roles.all_there"
    )
    return ok(text, values={**values, "count": len(needed)}, **more)


def _perhaps_missing(table: Permissions, needs: Sequence[Need], more: dict[str, Any]) -> Finding:
    """Only the older edition asks for these; the newer one may have dropped them."""
    values = {
        "missing": _names(needs),
        "count": len(_permissions(needs)),
        "edition": table.edition,
        "older": table.older_edition,
    }
    return warning("check.token_roles.perhaps_missing", values=values, **more)


def _missing(table: Permissions, certain: Sequence[Need], more: dict[str, Any]) -> Finding:
    """Mailbox rights may also come from Exchange itself, unseen: then it is no proof."""
    names = _permissions(certain)
    elsewhere = all(name in table.granted_in_exchange for name in names)
    values = {
        "missing": _names(certain),
        "count": len(names),
        "services": _services(dict.fromkeys(need.workload for need in certain)),
        "edition": table.edition,
    }
    text = "check.token_roles.missing_or_in_exchange" if elsewhere else "check.token_roles.missing"
    return problem(text, values=values, decisive=not elsewhere, **more)


def _gaps(table: Permissions, seen: TokenRoles) -> _Gaps:
    granted = table.granted(seen.roles or ())
    lacking = [
        need for need in table.application_needs(seen.workloads) if need.permission not in granted
    ]
    backup = [need for need in lacking if need.is_for_backup]
    return _Gaps(
        certain=tuple(need for need in backup if table.is_confirmed(need)),
        unconfirmed=tuple(need for need in backup if not table.is_confirmed(need)),
        restore=tuple(need for need in lacking if not need.is_for_backup),
    )


def _for_backup(table: Permissions, seen: TokenRoles) -> list[Need]:
    return [need for need in table.application_needs(seen.workloads) if need.is_for_backup]


def _permissions(needs: Sequence[Need]) -> list[str]:
    return list(dict.fromkeys(need.permission for need in needs))


def _names(needs: Sequence[Need]) -> str:
    return ", ".join(_permissions(needs))


def _services(workloads: Sequence[Workload] | dict[Workload, None]) -> str:
    return ", ".join(probes.load().name(workload) for workload in workloads)


def _evidence(table: Permissions, seen: TokenRoles, gaps: _Gaps) -> Iterator[Evidence]:
    for label, needs in (
        ("permission_missing", gaps.certain),
        ("permission_perhaps_missing", gaps.unconfirmed),
        ("permission_for_restore", gaps.restore),
    ):
        for name in _permissions(needs):
            rows = [need for need in needs if need.permission == name]
            services = _services(dict.fromkeys(need.workload for need in rows))
            yield Evidence(label, name, "", f"NAKIVO {rows[0].editions[-1]}: {services}")
    told = ", ".join(seen.roles) if seen.roles else "-"
    yield Evidence("roles_in_token", told, "", TOKEN)
    if seen.expires:
        yield Evidence("token_expires", codec.to_rfc3339(seen.expires), "", TOKEN)
    for workload in table.unlisted(seen.workloads):
        name = probes.load().name(workload)
        yield Evidence("service_not_listed", name, "", f"NAKIVO {table.edition}")
    yield Evidence("list_known_up_to", table.known_up_to, "", f"NAKIVO {table.edition}")
    for need in table.needs:
        if need.kind is permissions.PermissionKind.DELEGATED and need.workload in seen.workloads:
            source = f"NAKIVO {need.editions[-1]}: {probes.load().name(need.workload)}"
            yield Evidence("delegated_not_judged", need.permission, "", source)


CHECK = Check(
    "token_roles",
    CauseId.PERMISSIONS,
    frozenset({CheckNeed.NETWORK, CheckNeed.CREDENTIALS}),
    30.0,
    TokenRoles,
    observe,
    judge,
)
