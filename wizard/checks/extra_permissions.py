# SPDX-License-Identifier: MIT
"""Has the app more permissions than the known part of the list asks for? Never a fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.checks.base import Check, Context, Need, could_not_check, not_applicable, ok
from wizard.errors import CannotCheck
from wizard.graph import permissions, words
from wizard.graph.permission_matrix import extra
from wizard.graph.permissions import Permissions
from wizard.model import CauseId, Evidence, Finding, Value
from wizard.product import Product


@dataclass(frozen=True)
class Held:
    """The application permissions in the token."""

    readable: bool
    roles: tuple[str, ...]


def observe(context: Context) -> Held:
    """Read the shared sign-in's token."""
    signed_in = context.sign_in()
    if signed_in.token is None:
        raise CannotCheck("error.not_signed_in")
    return Held(signed_in.claims.readable, signed_in.claims.roles or ())


def judge(seen: Held, _product: Product) -> Finding:
    """Name what could be taken away without a loss that is known."""
    table = permissions.load()
    if not seen.readable:
        return could_not_check("check.extra_permissions.unreadable", source=table.source)
    if not seen.roles:
        return not_applicable("check.extra_permissions.no_roles", source=table.source)
    return _told(table, extra(table, seen.roles))


def _told(table: Permissions, more: Sequence[str]) -> Finding:
    granting = [role for role in more if role in table.grants_more]
    values: dict[str, Value] = {
        "count": len(more),
        "extra": ", ".join(more),
        "granting": ", ".join(granting),
        "edition": table.edition,
        "known_up_to": table.known_up_to,
    }
    evidence = [Evidence("extra_permission", role, "", words.load().phrase.token) for role in more]
    word = "may_grant" if granting else "some" if more else "none"
    return ok(
        f"check.extra_permissions.{word}",
        values=values,
        evidence=tuple(evidence),
        source=table.source,
    )


CHECK = Check(
    "extra_permissions",
    CauseId.PERMISSIONS,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    30.0,
    Held,
    observe,
    judge,
)
