# SPDX-License-Identifier: MIT
"""Which permissions to grant, by name: each once, with the services and operations it is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wizard.checks import token_roles
from wizard.checks.token_roles import TokenRoles
from wizard.checks.token_roles_evidence import gaps
from wizard.findings import permission_rows
from wizard.graph import permissions, probes
from wizard.graph.permission_matrix import Row, State
from wizard.graph.permissions import Need, Operation, PermissionKind
from wizard.model import Workload
from wizard.texts import Texts


@dataclass(frozen=True)
class Wanted:
    """One permission; `purpose` is what it is for in words, `state` why it isn't there."""

    permission: str
    purpose: str
    state: State


@dataclass(frozen=True)
class WantedLists:
    """What to grant, apart by how sure it is. `unlisted` are services whose needs aren't known."""

    certain: tuple[Wanted, ...] = ()
    in_exchange: tuple[Wanted, ...] = ()  # unless Exchange itself grants them
    perhaps: tuple[Wanted, ...] = ()  # only an older edition of the list asks for them
    restore: tuple[Wanted, ...] = ()
    too_new: tuple[Wanted, ...] = ()  # granted already; only to be waited for
    delegated: tuple[Wanted, ...] = ()  # a user's, requested without consent
    unlisted: str = ""

    @property
    def lacks_only_consent(self) -> bool:
        """Whether all that is wanted stands in the list already."""
        wanted = (*self.certain, *self.in_exchange, *self.perhaps)
        return bool(wanted) and all(one.state is State.NOT_CONSENTED for one in wanted)


def of_token(seen: TokenRoles, texts: Texts) -> WantedLists:
    """What the token lacks, and the directory says about it."""
    rows = token_roles.matrix(seen)
    found = gaps(rows)
    users = [row for row in rows if row.kind is PermissionKind.DELEGATED]
    return WantedLists(
        certain=_wanted(found.certain, texts),
        in_exchange=_wanted(found.in_exchange, texts),
        perhaps=_without(_wanted(found.perhaps, texts), found.certain),
        restore=_without(_wanted(found.restore, texts), found.certain),
        too_new=_wanted(found.too_new, texts),
        delegated=_wanted([row for row in users if row.state is State.NOT_CONSENTED], texts),
        unlisted=_names(permissions.load().unlisted(seen.workloads)),
    )


def of_list(texts: Texts) -> WantedLists:
    """The whole list, where no token came and so nothing is known of what is there."""
    table = permissions.load()
    needs = table.application_needs(tuple(Workload))
    sure = [row for need in needs if table.is_confirmed(need) for row in _unknown(need)]
    backup = [row for row in sure if row.operation is not Operation.RECOVERY]
    restore = [row for row in sure if row.operation is Operation.RECOVERY]
    return WantedLists(
        certain=_wanted(backup, texts),
        restore=_without(_wanted(restore, texts), backup),
        unlisted=_names(table.unlisted(tuple(Workload))),
    )


def _unknown(need: Need) -> list[Row]:
    return [
        Row(
            need.workload,
            operation,
            need.permission,
            need.kind,
            State.UNKNOWN,
            confirmed=True,
            editions=need.editions,
        )
        for operation in need.operations
    ]


def _wanted(rows: Iterable[Row], texts: Texts) -> tuple[Wanted, ...]:
    """Each permission once, in the order of the table."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(row.asked, []).append(row)
    return tuple(
        Wanted(name, _purpose(same, texts), same[0].state) for name, same in by_name.items()
    )


def _purpose(rows: Sequence[Row], texts: Texts) -> str:
    """Services that need it for the same operations stand together."""
    services: dict[tuple[Operation, ...], list[Workload]] = {}
    for workload in dict.fromkeys(row.workload for row in rows):
        mine = {row.operation for row in rows if row.workload is workload}
        services.setdefault(tuple(one for one in Operation if one in mine), []).append(workload)
    return "; ".join(
        texts("admin_text.purpose", services=_names(found), operations=_operations(mine, texts))
        for mine, found in services.items()
    )


def _operations(operations: Sequence[Operation], texts: Texts) -> str:
    return ", ".join(permission_rows.operation_name(operation, texts) for operation in operations)


def _names(workloads: Iterable[Workload]) -> str:
    return ", ".join(probes.load().name(workload) for workload in workloads)


def _without(wanted: tuple[Wanted, ...], rows: Iterable[Row]) -> tuple[Wanted, ...]:
    """What is asked for already needs no second, weaker mention."""
    named = {row.asked for row in rows}
    return tuple(one for one in wanted if one.permission not in named)
