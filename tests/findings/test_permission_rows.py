# SPDX-License-Identifier: MIT
"""The permissions by service, as window, text and page show them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks import token_roles
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.sample_registration import SampleRegistration
from wizard.findings import permission_rows
from wizard.findings.permission_rows import Cell, Matrix, ServiceRow
from wizard.graph.permission_matrix import State
from wizard.graph.permissions import Operation
from wizard.model import CauseId, CheckResult, Finding, Outcome, Workload
from wizard.texts import Texts

FULL = Behaviour().roles or ()
NO_FILES = tuple(role for role in FULL if not role.startswith(("Files.", "Sites.")))


def observed(folder: Path, behaviour: Behaviour, **more: Any) -> Any:
    """What the check records, once through JSON as a package keeps it."""
    with running(behaviour, folder) as m365:
        seen = token_roles.CHECK.observe(m365.context(**more))
    return json.loads(json.dumps(codec.to_plain(seen)))


def result(observation: Any) -> CheckResult:
    finding = Finding(Outcome.OK, "check.token_roles.all_there")
    moment = datetime.now(UTC)
    return CheckResult("token_roles", CauseId.PERMISSIONS, finding, moment, 0.1, observation)


def shown(observation: Any, texts: Texts) -> Matrix:
    matrix = permission_rows.of_results([result(observation)], texts)
    assert matrix is not None
    return matrix


def service(matrix: Matrix, workload: Workload) -> ServiceRow:
    return next(row for row in matrix.services if row.workload is workload)


def cell(row: ServiceRow, operation: Operation) -> Cell:
    return next(one for one in row.cells if one.operation is operation)


def test_of_results_when_all_is_there_then_each_listed_service_is_ok(
    tmp_path: Path, texts: Texts
) -> None:
    matrix = shown(observed(tmp_path, Behaviour()), texts)
    outcomes = {row.workload: row.outcome for row in matrix.services}
    assert outcomes.pop(Workload.SHAREPOINT) is Outcome.COULD_NOT_CHECK
    assert outcomes.pop(Workload.GROUPS) is Outcome.COULD_NOT_CHECK  # a user's part isn't seen
    assert set(outcomes.values()) == {Outcome.OK}
    assert "10.11.2" in matrix.caption


@pytest.mark.parametrize(
    ("roles", "backup", "recovery"),
    [
        (("Sites.Read.All",), "Sites.Read.All: there", "Sites.ReadWrite.All: not in the token"),
        (("Sites.FullControl.All",), "Sites.Read.All: covered", "Sites.ReadWrite.All: covered"),
        (
            ("Mail.Read",),
            "Sites.Read.All: not in the token",
            "Sites.ReadWrite.All: not in the token",
        ),
    ],
)
def test_of_results_when_a_service_is_not_in_the_list_then_what_microsoft_names_and_never_ok(
    tmp_path: Path, texts: Texts, roles: tuple[str, ...], backup: str, recovery: str
) -> None:
    behaviour = Behaviour(roles=roles, registration=SampleRegistration())
    matrix = shown(observed(tmp_path, behaviour, workloads=(Workload.SHAREPOINT,)), texts)
    (row,) = matrix.services
    is_refused = not any(role.startswith("Sites.") for role in roles)
    assert row.outcome is (Outcome.WARNING if is_refused else Outcome.COULD_NOT_CHECK)
    assert "not compared" in row.told
    said = [permission_rows.said(line, texts) for cell in row.cells[1:] for line in cell.lines]
    assert [one.partition(" (")[0] for one in said] == [backup, recovery]
    assert all("not confirmed for NAKIVO" in one for one in said)
    found = {cell.outcome for cell in row.cells}
    found |= {line.outcome for cell in row.cells for line in cell.lines}
    assert found == {Outcome.COULD_NOT_CHECK, row.outcome}
    assert "Sites.Read.All, Sites.ReadWrite.All are what Microsoft's table" in matrix.notes[-1]


def test_of_results_when_one_lacks_then_backups_stop_and_restores_warn(
    tmp_path: Path, texts: Texts
) -> None:
    matrix = shown(observed(tmp_path, Behaviour(roles=NO_FILES)), texts)
    row = service(matrix, Workload.ONEDRIVE)
    discovery, backup, recovery = row.cells
    assert row.outcome is Outcome.PROBLEM
    assert (discovery.told, discovery.outcome) == ("1 of 2 there", Outcome.PROBLEM)
    assert (backup.told, backup.outcome) == ("0 of 1 there", Outcome.PROBLEM)
    assert (recovery.told, recovery.outcome) == ("0 of 1 there", Outcome.WARNING)
    assert permission_rows.said(backup.lines[0], texts) == "Files.Read.All: not requested"


def test_of_results_when_only_an_older_edition_asks_then_perhaps(
    tmp_path: Path, texts: Texts
) -> None:
    matrix = shown(observed(tmp_path, Behaviour(roles=NO_FILES)), texts)
    backup = cell(service(matrix, Workload.TEAMS), Operation.BACKUP)
    assert (backup.told, backup.outcome) == ("1 of 1 there, 1 perhaps missing", Outcome.WARNING)
    said = [permission_rows.said(line, texts) for line in backup.lines]
    assert "Files.Read.All: not requested (named only in edition 10.8)" in said


def test_of_results_when_nothing_is_known_to_be_needed_then_not_ok(
    tmp_path: Path, texts: Texts
) -> None:
    matrix = shown(observed(tmp_path, Behaviour()), texts)
    discovery = cell(service(matrix, Workload.TEAMS), Operation.DISCOVERY)
    assert (discovery.outcome, discovery.lines) == (Outcome.NOT_APPLICABLE, ())


def test_of_results_when_a_user_needs_some_then_the_cell_is_not_called_fine(
    tmp_path: Path, texts: Texts
) -> None:
    matrix = shown(observed(tmp_path, Behaviour()), texts)
    backup = cell(service(matrix, Workload.GROUPS), Operation.BACKUP)
    assert (backup.outcome, backup.told) == (
        Outcome.COULD_NOT_CHECK,
        "3 of 3 there; 1 of the user account not visible",
    )
    (line,) = [line for line in backup.lines if line.state is State.DELEGATED]
    assert line.outcome is Outcome.COULD_NOT_CHECK
    assert permission_rows.said(line, texts).startswith("Group.Read.All of the user account: ")


@pytest.mark.parametrize(
    ("workloads", "is_told"),
    [((Workload.GROUPS,), True), ((Workload.TEAMS,), True), ((Workload.ONEDRIVE,), False)],
)
def test_notes_when_groups_or_teams_then_the_second_credential_is_explained(
    tmp_path: Path, texts: Texts, workloads: tuple[Workload, ...], is_told: bool
) -> None:
    matrix = shown(observed(tmp_path, Behaviour(), workloads=workloads), texts)
    told = any("user name and password" in note for note in matrix.notes)
    assert told == is_told


def test_notes_when_states_differ_then_each_is_explained_once(tmp_path: Path, texts: Texts) -> None:
    lately = SampleRegistration(
        requested=("Notes.ReadWrite.All",), consent_hours_ago={"User.ReadWrite.All": 0.1}
    )
    roles = tuple(role for role in NO_FILES if not role.startswith(("Notes.", "Contacts.")))
    behaviour = Behaviour(roles=roles, registration=lately)
    notes = shown(observed(tmp_path, behaviour, workloads=(Workload.EXCHANGE,)), texts).notes
    assert [note.split(":")[0] for note in notes] == [
        "Granted only lately",
        "Requested, no admin consent",
        "Not in the token, perhaps in Exchange",
    ]


def test_notes_when_the_registration_is_closed_then_says_what_would_open_it(
    tmp_path: Path, texts: Texts
) -> None:
    matrix = shown(observed(tmp_path, Behaviour(roles=("User.Read.All",))), texts)
    assert any("could not be looked up" in n and "Application.Read.All" in n for n in matrix.notes)


def test_said_when_covered_or_new_then_by_what_and_since_when(tmp_path: Path, texts: Texts) -> None:
    lately = SampleRegistration(consent_hours_ago={"Files.ReadWrite.All": 0.1})
    matrix = shown(observed(tmp_path, Behaviour(registration=lately)), texts)
    lines = {
        line.permission: permission_rows.said(line, texts)
        for line in cell(service(matrix, Workload.ONEDRIVE), Operation.DISCOVERY).lines
    }
    assert lines["User.Read.All"] == "User.Read.All: covered (by User.ReadWrite.All)"
    assert "granted only lately (by Files.ReadWrite.All, consent of " in lines["Files.Read.All"]


def test_sentence_when_spoken_then_service_operations_and_what_lacks(
    tmp_path: Path, texts: Texts
) -> None:
    matrix = shown(observed(tmp_path, Behaviour(roles=NO_FILES)), texts)
    spoken = permission_rows.sentence(service(matrix, Workload.ONEDRIVE), texts)
    assert spoken.startswith("OneDrive for Business: Something that a backup needs is missing. ")
    assert "Backup: 0 of 1 there. Files.Read.All: not requested" in spoken
    assert "User.Read.All" not in spoken  # it is there


def test_of_document_when_stored_then_the_same_and_without_observations_none(
    tmp_path: Path, texts: Texts
) -> None:
    observation = observed(tmp_path, Behaviour(roles=NO_FILES))
    document = {"observations": {"token_roles": {"observation": observation}}}
    assert permission_rows.of_document(document, texts) == shown(observation, texts)
    assert permission_rows.of_document({}, texts) is None


@pytest.mark.parametrize("observation", [None, {"readable": True}])
def test_of_results_when_not_observed_or_of_another_version_then_none(
    texts: Texts, observation: Any
) -> None:
    assert permission_rows.of_results([result(observation)], texts) is None
    assert permission_rows.rows_of([result(observation)]) == ()


def test_rows_of_when_observed_then_the_rows_themselves(tmp_path: Path) -> None:
    observation = observed(tmp_path, Behaviour(roles=NO_FILES), workloads=(Workload.ONEDRIVE,))
    rows = permission_rows.rows_of([result(observation)])
    assert {row.permission for row in rows if row.is_lacking} == {
        "Files.Read.All",
        "Files.ReadWrite.All",
    }
