# SPDX-License-Identifier: MIT
"""Which permissions to grant, by name: each once, with the services and operations it is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wizard.checks import token_roles
from wizard.checks.token_roles import TokenRoles
from wizard.checks.token_roles_evidence import gaps
from wizard.findings import permission_rows
from wizard.graph import permissions, probes
from wizard.graph.permission_matrix import Row, State
from wizard.graph.permissions import Need, Operation, PermissionKind
from wizard.model import Finding, Workload
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
    rejected: tuple[Wanted, ...] = ()  # refused requests of the backup need them
    documented: tuple[Wanted, ...] = ()  # refused just now; not confirmed for the product
    in_exchange: tuple[Wanted, ...] = ()  # unless Exchange itself grants them
    perhaps: tuple[Wanted, ...] = ()  # only an older edition of the list asks for them
    restore: tuple[Wanted, ...] = ()
    too_new: tuple[Wanted, ...] = ()  # granted already; only to be waited for
    delegated: tuple[Wanted, ...] = ()  # a user's, requested without consent
    unlisted: str = ""

    @property
    def lacks_only_consent(self) -> bool:
        """Whether all that is wanted stands in the list already."""
        wanted = (*self.certain, *self.rejected, *self.documented)
        wanted += (*self.in_exchange, *self.perhaps)
        return bool(wanted) and all(one.state is State.NOT_CONSENTED for one in wanted)

    @property
    def requested(self) -> WantedLists:
        """The same without what would have to be added first."""
        asked = tuple(one for one in self.restore if one.state is State.NOT_CONSENTED)
        return replace(self, restore=asked)

    @property
    def is_of_vendors_list(self) -> bool:
        """Whether any of it stands in the vendor's list of permissions."""
        return replace(self, rejected=(), documented=()) != WantedLists()


def of_token(seen: TokenRoles, texts: Texts) -> WantedLists:
    """What the token lacks, and the directory says about it."""
    rows = token_roles.matrix(seen)
    found = gaps(rows)
    users = [row for row in rows if row.kind is PermissionKind.DELEGATED]
    documented = token_roles.to_ask_for(seen)
    asked = {row.workload for row in documented}
    unlisted = [one for one in permissions.load().unlisted(seen.workloads) if one not in asked]
    return WantedLists(
        certain=_wanted(found.certain, texts),
        documented=_wanted(documented, texts),
        in_exchange=_wanted(found.in_exchange, texts),
        perhaps=_without(_wanted(found.perhaps, texts), found.certain),
        restore=_without(_wanted(found.restore, texts), found.certain),
        too_new=_wanted(found.too_new, texts),
        delegated=_wanted([row for row in users if row.state is State.NOT_CONSENTED], texts),
        unlisted=_names(unlisted),
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


def of_refusals(
    refusals: Iterable[Finding], known: WantedLists, texts: Texts
) -> tuple[Wanted, ...]:
    """What refused requests need, as far as it isn't asked for already."""
    asked = [one.permission for one in (*known.certain, *known.in_exchange)]
    covered = permissions.load().granted(asked)
    by_name: dict[str, list[Finding]] = {}
    for refusal in refusals:
        name = str(refusal.values["permission"])
        if name not in covered:
            by_name.setdefault(name, []).append(refusal)
    return tuple(
        Wanted(
            name,
            "; ".join(texts("admin_text.purpose_rejected", one.values) for one in same),
            _refused_state(same[0]),
        )
        for name, same in by_name.items()
    )


def _refused_state(refusal: Finding) -> State:
    if refusal.text == "check.rejected_operations.missing_now":
        return State.MISSING
    is_unknown = refusal.text == "check.rejected_operations.needed"
    return State.UNKNOWN if is_unknown else State.IN_EXCHANGE


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
    for name in list(by_name):
        stronger = _stronger(name, by_name)
        if stronger:
            by_name[stronger] += by_name.pop(name)
    return tuple(
        Wanted(name, _purpose(same, texts), same[0].state) for name, same in by_name.items()
    )


def _stronger(name: str, asked: dict[str, list[Row]]) -> str | None:
    """Another one that is asked for in the same state, and covers it."""
    state = asked[name][0].state
    return next(
        (
            other
            for other, rows in asked.items()
            if other != name
            and rows[0].state is state
            and name in permissions.load().granted([other])
        ),
        None,
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
