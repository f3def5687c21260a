# SPDX-License-Identifier: MIT
"""Which permissions the product needs and which a token grants: graph/permissions.toml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from wizard import codec, resources
from wizard.model import Workload


class Operation(StrEnum):
    """What the product does with a service."""

    DISCOVERY = "discovery"
    BACKUP = "backup"
    RECOVERY = "recovery"


class PermissionKind(StrEnum):
    """On whose behalf: the app's own, or a user's who signs in."""

    APPLICATION = "application"
    DELEGATED = "delegated"


@dataclass(frozen=True)
class Need:
    """One cell row of the vendor's table."""

    permission: str
    workload: Workload
    operations: tuple[Operation, ...]
    kind: PermissionKind
    editions: tuple[str, ...]

    @property
    def is_for_backup(self) -> bool:
        """Whether a backup needs it, and not just a restore."""
        return bool({Operation.DISCOVERY, Operation.BACKUP} & set(self.operations))


@dataclass(frozen=True)
class Documented:
    """What Microsoft names for a service of which no row of the vendor's table is known."""

    permission: str
    workload: Workload
    operations: tuple[Operation, ...]

    @property
    def as_need(self) -> Need:
        """The same as a need that no edition of the vendor's table confirms."""
        kind = PermissionKind.APPLICATION
        return Need(self.permission, self.workload, self.operations, kind, ())


@dataclass(frozen=True)
class _Implication:
    permission: str
    covers: tuple[str, ...]


@dataclass(frozen=True)
class Permissions:
    """The whole table, with how much of it is known."""

    source: str
    edition: str
    older_edition: str
    known_up_to: str
    granted_in_exchange: tuple[str, ...]
    single_sites: str  # lets an app in at chosen sites only, and the token doesn't name them
    grants_more: tuple[str, ...]  # lets an app give itself further permissions
    needs: tuple[Need, ...]
    documented: tuple[Documented, ...]
    implies: tuple[_Implication, ...]

    def application_needs(self, workloads: Iterable[Workload]) -> tuple[Need, ...]:
        """What the app itself needs for these services."""
        wanted = set(workloads)
        return tuple(
            need
            for need in self.needs
            if need.workload in wanted and need.kind is PermissionKind.APPLICATION
        )

    def is_confirmed(self, need: Need) -> bool:
        """Whether the newest edition that was read has it."""
        return self.edition in need.editions

    def unlisted(self, workloads: Iterable[Workload]) -> tuple[Workload, ...]:
        """The services of which no row is known."""
        listed = {need.workload for need in self.needs if self.is_confirmed(need)}
        return tuple(workload for workload in workloads if workload not in listed)

    def granted(self, roles: Iterable[str]) -> frozenset[str]:
        """These permissions and all that they cover."""
        covers = {row.permission: row.covers for row in self.implies}
        found: set[str] = set()
        waiting = list(roles)
        while waiting:
            role = waiting.pop()
            if role not in found:
                found.add(role)
                waiting += covers.get(role, ())
        return frozenset(found)


@cache
def load() -> Permissions:
    """Read and check the shipped table."""
    return codec.from_plain(resources.read_toml("graph", "permissions.toml"), Permissions)
