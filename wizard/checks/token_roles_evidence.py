# SPDX-License-Identifier: MIT
"""What shows that permissions are there or aren't: each by name, with the services it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from wizard import codec
from wizard.graph import probes, words
from wizard.graph.app_registration import AppRegistration
from wizard.graph.permission_matrix import GRAPH, Row, State
from wizard.graph.permissions import Operation, PermissionKind, Permissions
from wizard.model import Evidence, Workload

TOKEN = "token"  # noqa: S105 - a source, not a token

_LABELS = {
    State.MISSING: "permission_missing",
    State.NOT_CONSENTED: "permission_not_consented",
    State.NOT_REQUESTED: "permission_not_requested",
    State.WRONG_KIND: "permission_wrong_kind",
}


@dataclass(frozen=True)
class Gaps:
    """What of the table the app hasn't, or not yet."""

    certain: tuple[Row, ...]
    in_exchange: tuple[Row, ...]
    seen_in_exchange: tuple[Row, ...]  # a request for it was granted
    too_new: tuple[Row, ...]
    stood_in: tuple[Row, ...]  # another role is documented to do
    perhaps: tuple[Row, ...]  # only an older edition asks for it
    restore: tuple[Row, ...]  # needed for nothing else


def gaps(rows: Iterable[Row]) -> Gaps:
    """The rows of the app's own permissions that aren't simply there."""
    own = [row for row in rows if row.kind is PermissionKind.APPLICATION]
    backup = [row for row in own if is_for_backup(row)]
    needed = [row for row in backup if row.confirmed]
    for_backup = {(row.workload, row.permission) for row in backup}
    return Gaps(
        certain=tuple(row for row in needed if row.is_lacking),
        in_exchange=tuple(row for row in needed if row.state is State.IN_EXCHANGE),
        seen_in_exchange=tuple(row for row in needed if row.state is State.SEEN_IN_EXCHANGE),
        too_new=tuple(row for row in needed if row.state is State.TOO_NEW),
        stood_in=tuple(row for row in needed if row.state is State.STOOD_IN),
        perhaps=tuple(row for row in backup if row.is_lacking and not row.confirmed),
        restore=tuple(
            row
            for row in own
            if _is_not_there(row) and (row.workload, row.permission) not in for_backup
        ),
    )


def no_roles(registration: AppRegistration | None) -> str:
    """Why there is nothing at all: where the manifest could be read, it tells."""
    asked = registration.requested if registration else None
    if asked is None:
        return "no_roles"
    application = [one for one in asked if one.kind is PermissionKind.APPLICATION]
    if any(one.resource_id == GRAPH for one in application):
        return "no_roles_not_consented"
    return "no_roles_not_requested"


def is_for_backup(row: Row) -> bool:
    """Whether a backup needs it of the app itself, and not just a restore."""
    return row.operation is not Operation.RECOVERY and row.kind is PermissionKind.APPLICATION


def _is_not_there(row: Row) -> bool:
    return row.is_lacking or row.state is State.IN_EXCHANGE


def names_of(rows: Iterable[Row]) -> list[str]:
    """Each permission once."""
    return list(dict.fromkeys(row.permission for row in rows))


def covering(table: Permissions, found: Gaps) -> tuple[list[str], list[str]]:
    """Those for restores that cover missing ones, and the ones they cover."""
    names, restore = names_of(found.certain), names_of(found.restore)
    covers = {name: table.granted([name]) & set(names) for name in restore}
    stronger = [name for name in restore if covers[name]]
    return stronger, [name for name in names if any(name in covers[s] for s in stronger)]


def to_consent(rows: Iterable[Row]) -> list[str]:
    """Each as the app registration asks for it, which may be by a stronger one."""
    return list(dict.fromkeys(row.asked for row in rows))


def services_of(workloads: Iterable[Workload]) -> str:
    """Services as Microsoft calls them."""
    return ", ".join(probes.load().name(workload) for workload in workloads)


def of_gaps(found: Gaps) -> Iterator[Evidence]:
    """Each permission once: what is surely missing for one service needs no second "perhaps"."""
    certain = names_of(found.certain)
    backup = (*found.certain, *found.perhaps)
    for state, label in _LABELS.items():
        rows = [row for row in found.certain if row.state is state]
        if state is State.NOT_CONSENTED:
            yield from _requested(label, rows)
        else:
            yield from _named(label, names_of(rows), backup)
    yield from _named("permission_in_exchange", names_of(found.in_exchange), found.in_exchange)
    seen = found.seen_in_exchange
    yield from _named("permission_seen_in_exchange", names_of(seen), seen)
    yield from _new(found.too_new)
    yield from _named("permission_stood_in", names_of(found.stood_in), found.stood_in)
    perhaps = [name for name in names_of(found.perhaps) if name not in certain]
    yield from _named("permission_perhaps_missing", perhaps, backup)
    told = to_consent(row for row in found.certain if row.state is State.NOT_CONSENTED)
    restore = [name for name in names_of(found.restore) if name not in told]
    yield from _named("permission_for_restore", restore, found.restore)


def of_documented(refused: Sequence[Row]) -> Iterator[Evidence]:
    """What Microsoft names for requests that were refused, and no known row of the list."""
    for name in names_of(refused):
        asking = [row.workload for row in refused if row.permission == name]
        services = services_of(dict.fromkeys(asking))
        yield Evidence("permission_documented", name, "", services)


def _named(label: str, names: Iterable[str], rows: Sequence[Row]) -> Iterator[Evidence]:
    for name in names:
        asking = [row for row in rows if row.permission == name]
        yield Evidence(label, name, "", _asked_for(asking))


def _requested(label: str, rows: Sequence[Row]) -> Iterator[Evidence]:
    for name in to_consent(rows):
        asking = [row for row in rows if row.asked == name]
        yield Evidence(label, name, "", _asked_for(asking))


def _new(rows: Sequence[Row]) -> Iterator[Evidence]:
    for row in {row.permission: row for row in rows}.values():
        told = words.load().phrase.consent_of
        moment = codec.to_rfc3339(row.granted) if row.granted else ""
        yield Evidence("permission_too_new", row.permission, "", told.format(granted=moment))


def of_token(roles: tuple[str, ...] | None, expires: datetime | None) -> Iterator[Evidence]:
    """What the token itself says."""
    phrases = words.load().phrase
    told = ", ".join(roles) if roles else phrases.nothing
    yield Evidence("roles_in_token", told, "", phrases.token)
    if expires:
        yield Evidence("token_expires", codec.to_rfc3339(expires), "", TOKEN)


def of_table(table: Permissions, workloads: Sequence[Workload]) -> Iterator[Evidence]:
    """What was not compared."""
    for workload in table.unlisted(workloads):
        name = probes.load().name(workload)
        yield Evidence("service_not_listed", name, "", f"NAKIVO {table.edition}")


def _asked_for(rows: Sequence[Row]) -> str:
    """The newest edition of the list that has each row, and the services the rows are for."""
    editions = dict.fromkeys(row.editions[-1] for row in rows)
    return "; ".join(
        f"NAKIVO {edition}: "
        + services_of(dict.fromkeys(row.workload for row in rows if row.editions[-1] == edition))
        for edition in editions
    )
