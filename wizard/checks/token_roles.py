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
from wizard.graph import permissions, probes, words
from wizard.graph.permissions import Need, Permissions
from wizard.model import CauseId, Evidence, Finding, Value, Workload
from wizard.product import Product

TOKEN = "token"  # noqa: S105 - a source, not a token


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
        return _missing(table, gaps, more)
    if gaps.unconfirmed:
        return _perhaps_missing(table, gaps.unconfirmed, more)
    unlisted = table.unlisted(seen.workloads)
    values["services"] = _services(unlisted)
    if len(unlisted) == len(seen.workloads):
        return could_not_check("check.token_roles.not_listed", values=values, **more)
    needed = {need.permission for need in _for_backup(table, seen) if table.is_confirmed(need)}
    there = "part_there" if unlisted else "all_there"
    text = (
        f"check.token_roles.{there}_but_restore" if gaps.restore else f"check.token_roles.{there}"
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


def _missing(table: Permissions, gaps: _Gaps, more: dict[str, Any]) -> Finding:
    """Mailbox rights may also come from Exchange itself, unseen: then it is no proof."""
    certain, names = gaps.certain, _permissions(gaps.certain)
    elsewhere = all(name in table.granted_in_exchange for name in names)
    stronger, covered = _covering(table, names, _permissions(gaps.restore))
    values = {
        "stronger": ", ".join(stronger),
        "covered": ", ".join(covered),
        "missing": _names(certain),
        "count": len(names),
        "services": _services(dict.fromkeys(need.workload for need in certain)),
        "edition": table.edition,
    }
    word = "missing_and_for_restore" if stronger else "missing"
    text = "check.token_roles.missing_or_in_exchange" if elsewhere else f"check.token_roles.{word}"
    return problem(text, values=values, decisive=not elsewhere, **more)


def _covering(
    table: Permissions, names: Sequence[str], for_restore: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Those for restores that cover missing ones, and the ones they cover."""
    covers = {name: table.granted([name]) & set(names) for name in for_restore}
    stronger = [name for name in for_restore if covers[name]]
    return stronger, [name for name in names if any(name in covers[one] for one in stronger)]


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
    yield from _gap_evidence(gaps)
    phrases = words.load().phrase
    told = ", ".join(seen.roles) if seen.roles else phrases.nothing
    yield Evidence("roles_in_token", told, "", phrases.token)
    if seen.expires:
        yield Evidence("token_expires", codec.to_rfc3339(seen.expires), "", TOKEN)
    for workload in table.unlisted(seen.workloads):
        name = probes.load().name(workload)
        yield Evidence("service_not_listed", name, "", f"NAKIVO {table.edition}")
    yield Evidence("list_known_up_to", table.known_up_to, "", f"NAKIVO {table.edition}")
    for need in table.needs:
        if need.kind is permissions.PermissionKind.DELEGATED and need.workload in seen.workloads:
            yield Evidence("delegated_not_judged", need.permission, "", _asked_for([need]))


def _gap_evidence(gaps: _Gaps) -> Iterator[Evidence]:
    """Each permission once: what is surely missing for one service needs no second "perhaps"."""
    certain = _permissions(gaps.certain)
    backup = (*gaps.certain, *gaps.unconfirmed)
    perhaps = [need for need in gaps.unconfirmed if need.permission not in certain]
    for label, names, needs in (
        ("permission_missing", certain, backup),
        ("permission_perhaps_missing", _permissions(perhaps), backup),
        ("permission_for_restore", _permissions(gaps.restore), gaps.restore),
    ):
        for name in names:
            rows = [need for need in needs if need.permission == name]
            yield Evidence(label, name, "", _asked_for(rows))


def _asked_for(needs: Sequence[Need]) -> str:
    """The newest edition of the list that has each row, and the services the rows are for."""
    editions = dict.fromkeys(need.editions[-1] for need in needs)
    return "; ".join(
        f"NAKIVO {edition}: "
        + _services([need.workload for need in needs if need.editions[-1] == edition])
        for edition in editions
    )


CHECK = Check(
    "token_roles",
    CauseId.PERMISSIONS,
    frozenset({CheckNeed.NETWORK, CheckNeed.CREDENTIALS}),
    30.0,
    TokenRoles,
    observe,
    judge,
)
