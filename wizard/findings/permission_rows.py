# SPDX-License-Identifier: MIT
"""Each service's permissions for discovery, backup and recovery: needed, there, and why not.

Made of what the check of the token recorded, so that the window, the text, the page and a stored
diagnosis show the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from wizard import codec
from wizard.checks import token_roles
from wizard.checks.token_roles import TokenRoles
from wizard.errors import BadInput
from wizard.graph import operations, permissions, probes, token_lifetimes
from wizard.graph.app_registration import APPLICATION
from wizard.graph.permission_matrix import Row, State
from wizard.graph.permissions import Operation, PermissionKind
from wizard.model import CheckResult, Outcome, Value, Workload
from wizard.texts import Texts

_THERE = (State.GRANTED, State.COVERED, State.TOO_NEW)
_WORST_FIRST = (Outcome.PROBLEM, Outcome.WARNING, Outcome.COULD_NOT_CHECK, Outcome.OK)


@dataclass(frozen=True)
class Line:
    """One permission in one cell; `word` is its state, `note` what must be known beside it."""

    permission: str
    kind: PermissionKind
    state: State
    outcome: Outcome
    word: str
    note: str
    granted: datetime | None = None


@dataclass(frozen=True)
class Cell:
    """One operation of a service. Without lines, nothing is known to be needed for it."""

    operation: Operation
    outcome: Outcome
    told: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ServiceRow:
    """One service with its three operations. A service whose list isn't known has no cells."""

    workload: Workload
    name: str
    outcome: Outcome
    told: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """All services that were looked at; `notes` say what the states mean that occur."""

    caption: str
    services: tuple[ServiceRow, ...]
    notes: tuple[str, ...]


def of_results(results: Iterable[CheckResult], texts: Texts) -> Matrix | None:
    """The permissions that these rows know of; None where no token was looked at."""
    return _of({row.check: row.observation for row in results}, texts)


def of_document(document: Mapping[str, Any], texts: Texts) -> Matrix | None:
    """The permissions that a diagnosis as JSON knows of."""
    observed = document.get("observations") or {}
    return _of({check: row["observation"] for check, row in observed.items()}, texts)


def rows_of(results: Iterable[CheckResult]) -> tuple[Row, ...]:
    """The same without words."""
    seen = _seen({row.check: row.observation for row in results})
    return token_roles.matrix(seen) if seen else ()


def operation_name(operation: Operation, texts: Texts) -> str:
    """What an operation is called."""
    return texts(f"matrix.operation.{operation}")


def said(line: Line, texts: Texts) -> str:
    """One permission with its state and what must be known beside it."""
    values: dict[str, Value] = {"permission": line.permission, "word": line.word, "note": line.note}
    if line.kind is PermissionKind.DELEGATED:
        values["permission"] = texts("matrix.user_permission", values)
    return texts("matrix.line_note" if line.note else "matrix.line", values)


def sentence(service: ServiceRow, texts: Texts) -> str:
    """All of one service in one sentence, for a screen reader."""
    return ". ".join((f"{service.name}: {service.told}", *_spoken(service, texts)))


def _spoken(service: ServiceRow, texts: Texts) -> Iterator[str]:
    for cell in service.cells:
        name = operation_name(cell.operation, texts)
        yield texts("matrix.spoken", operation=name, told=cell.told)
        yield from (said(line, texts) for line in cell.lines if line.outcome is not Outcome.OK)


def _seen(observations: Mapping[str, Any]) -> TokenRoles | None:
    plain = observations.get(token_roles.CHECK.id)
    if plain is None:
        return None
    try:
        return codec.from_plain(plain, TokenRoles)
    except BadInput:  # of another version
        return None


def _of(observations: Mapping[str, Any], texts: Texts) -> Matrix | None:
    seen = _seen(observations)
    if seen is None:
        return None
    table, rows = permissions.load(), token_roles.matrix(seen)
    values: dict[str, Value] = {
        "edition": table.edition,
        "older": table.older_edition,
        "known_up_to": table.known_up_to,
        "minutes": token_lifetimes.load().usual_minutes,
    }
    return Matrix(
        texts("matrix.caption", values),
        tuple(_service(workload, seen, rows, texts) for workload in seen.workloads),
        tuple(_notes(seen, rows, texts, values)),
    )


def _service(workload: Workload, seen: TokenRoles, rows: Sequence[Row], texts: Texts) -> ServiceRow:
    name, own = probes.load().name(workload), [row for row in rows if row.workload is workload]
    if not own:
        named = [row for row in token_roles.documented(seen) if row.workload is workload]
        told = texts("matrix.not_listed")
        refused = token_roles.refused_in_spite_of_list(seen)
        cells = tuple(_unconfirmed(one, named, refused, texts) for one in Operation)
        outcome = _worst(cell.outcome for cell in cells) if named else Outcome.COULD_NOT_CHECK
        return ServiceRow(workload, name, outcome, told, cells if named else ())
    cells = tuple(
        _cell(operation, [row for row in own if row.operation is operation], texts)
        for operation in Operation
    )
    outcome = _worst(cell.outcome for cell in cells)
    return ServiceRow(workload, name, outcome, texts(f"matrix.outcome.{outcome}"), cells)


def _unconfirmed(
    operation: Operation, named: Sequence[Row], refused: Sequence[Row], texts: Texts
) -> Cell:
    """What Microsoft names for an operation: there or not, it is neither fine nor missing.

    Where a request was refused just now, it deserves a look.
    """
    own = [row for row in named if row.operation is operation]
    lines = tuple(_unconfirmed_line(_line(r, texts), texts, is_refused=r in refused) for r in own)
    there = sum(row.state in _THERE for row in own)
    told = texts("matrix.documented", there=there, count=len(own))
    return Cell(operation, _worst(line.outcome for line in lines), told, lines)


def _unconfirmed_line(line: Line, texts: Texts, *, is_refused: bool) -> Line:
    refused = texts("matrix.documented_refused") if is_refused else ""
    parts = (line.note, refused, texts("matrix.documented_note"))
    word = texts("matrix.documented_lack") if line.state is State.MISSING else line.word
    outcome = Outcome.WARNING if is_refused else Outcome.COULD_NOT_CHECK
    return replace(line, outcome=outcome, word=word, note=", ".join(filter(None, parts)))


def _cell(operation: Operation, rows: Sequence[Row], texts: Texts) -> Cell:
    """A user's permission that can't be seen leaves the cell open, if nothing worse does."""
    own = [row for row in rows if row.kind is PermissionKind.APPLICATION]
    lines = tuple(_line(row, texts) for row in rows)
    return Cell(operation, _worst(map(outcome_of, rows)), _told(rows, own, texts), lines)


def _told(rows: Sequence[Row], own: Sequence[Row], texts: Texts) -> str:
    sure = [row for row in own if row.confirmed]
    told = texts("matrix.nothing")
    if sure:
        there = sum(row.state in _THERE for row in sure)
        told = texts("matrix.there", there=there, count=len(sure))
    perhaps = sum(row.is_lacking and not row.confirmed for row in own)
    if perhaps:
        told = texts("matrix.perhaps", told=told, perhaps=perhaps)
    users = sum(row.state is State.DELEGATED for row in rows)
    return texts("matrix.user", told=told, users=users) if users else told


def _worst(outcomes: Iterable[Outcome]) -> Outcome:
    found = set(outcomes)
    return next((one for one in _WORST_FIRST if one in found), Outcome.NOT_APPLICABLE)


def outcome_of(row: Row) -> Outcome:
    """How a state weighs: what only a restore or an older edition needs stops no backup."""
    if row.is_lacking:
        stops = row.confirmed and row.operation is not Operation.RECOVERY
        return Outcome.PROBLEM if stops else Outcome.WARNING
    if row.state is State.TOO_NEW:
        return Outcome.WARNING
    return Outcome.OK if row.state in _THERE else Outcome.COULD_NOT_CHECK


def _line(row: Row, texts: Texts) -> Line:
    word = texts(f"matrix.state.{row.state}")
    note = ", ".join(_beside(row, texts))
    return Line(row.permission, row.kind, row.state, outcome_of(row), word, note, row.granted)


def _beside(row: Row, texts: Texts) -> Iterator[str]:
    if row.by:
        is_asked = row.state in (State.NOT_CONSENTED, State.WRONG_KIND)
        yield texts("matrix.requested_as" if is_asked else "matrix.covered_by", by=row.by)
    if row.granted and row.state not in (State.GRANTED, State.COVERED):
        yield texts("matrix.granted_at", granted=codec.to_rfc3339(row.granted))
    if row.editions and not row.confirmed:
        yield texts("matrix.older_only", older=row.editions[-1])


def _notes(
    seen: TokenRoles, rows: Sequence[Row], texts: Texts, values: Mapping[str, Value]
) -> Iterator[str]:
    found = {row.state for row in rows}
    for state in State:
        if state in found and texts.has(f"matrix.meaning.{state}"):
            yield texts(f"matrix.meaning.{state}", values)
    why = seen.registration.why_unread(APPLICATION) if seen.registration else None
    if why and State.MISSING in found:
        yield texts("matrix.unread", reason=texts(f"{why.reason}.summary", why.values))
    named = token_roles.documented(seen)
    if named:
        yield texts("matrix.documented_meaning", _of_documented(named))
    if {Workload.GROUPS, Workload.TEAMS} & set(seen.workloads):
        yield texts("matrix.second_credential")


def _of_documented(named: Sequence[Row]) -> dict[str, Value]:
    services = dict.fromkeys(probes.load().name(row.workload) for row in named)
    permission = dict.fromkeys(row.permission for row in named)
    return {
        "services": ", ".join(services),
        "permissions": ", ".join(permission),
        "documented": operations.load().date,
    }
