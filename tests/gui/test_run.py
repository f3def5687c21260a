# SPDX-License-Identifier: MIT
"""The checks under way: what counts, statuses so far, a re-check, and a run that fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import FINE, FOUND, MakeSession, scripted
from wizard.checks.base import ok, problem, warning
from wizard.errors import BadInput, WizardError
from wizard.gui.bridge import Bridge
from wizard.gui.run import Run
from wizard.model import CauseId, Finding, Scope, Status
from wizard.session import Session


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.drop_all()


def finish(qtbot: QtBot, run: Run) -> None:
    qtbot.waitUntil(lambda: not run.is_running)


def test_a_scan_counts_its_checks_and_ends_with_a_diagnosis(
    qtbot: QtBot, bridge: Bridge, make_session: MakeSession
) -> None:
    run = Run(make_session(), bridge, bridge)
    counts = set()
    run.changed.connect(lambda: counts.add((run.done, run.total)))
    run.scan()
    finish(qtbot, run)
    assert counts >= {(0, 7), (7, 7)}
    assert run.diagnosis is not None
    assert run.waiting == ()
    assert run.status(CauseId.TEMP_FOLDER) == Status.PROBLEM
    assert run.status(CauseId.ANTIVIRUS) == Status.UNKNOWN


def test_a_second_scan_is_not_begun_while_one_runs(
    qtbot: QtBot, bridge: Bridge, make_session: MakeSession
) -> None:
    asked: list[int] = []

    def count() -> Finding:
        asked.append(1)
        return ok(FINE)

    run = Run(make_session([scripted("memory", CauseId.MEMORY, count)]), bridge, bridge)
    run.scan()
    run.scan()
    finish(qtbot, run)
    assert asked == [1]


def test_a_recheck_runs_only_its_cause_and_keeps_the_other_rows(
    qtbot: QtBot, bridge: Bridge, make_session: MakeSession
) -> None:
    memory = [warning(FOUND), problem(FOUND)]
    dns = [ok(FINE)]
    checks = [
        scripted("memory", CauseId.MEMORY, memory.pop),
        scripted("dns", CauseId.CONNECTIVITY, dns.pop),
    ]
    run = Run(make_session(checks), bridge, bridge)
    run.scan()
    finish(qtbot, run)
    assert run.status(CauseId.MEMORY) == Status.PROBLEM
    run.recheck(CauseId.MEMORY)
    assert run.checks_run(CauseId.MEMORY)
    assert not run.checks_run(CauseId.CONNECTIVITY)
    finish(qtbot, run)
    assert run.status(CauseId.MEMORY) == Status.WARNING
    assert run.status(CauseId.CONNECTIVITY) == Status.OK


def test_a_run_that_cannot_begin_says_why(
    qtbot: QtBot, bridge: Bridge, make_session: MakeSession
) -> None:
    session: Session = make_session()
    session.scope = Scope(cloud="no-such-cloud")
    run = Run(session, bridge, bridge)
    told: list[WizardError] = []
    run.failed.connect(told.append)
    run.scan()
    finish(qtbot, run)
    assert [type(error) for error in told] == [BadInput]
    assert run.diagnosis is None


def test_nothing_is_known_of_a_cause_before_its_first_row(
    bridge: Bridge, make_session: MakeSession
) -> None:
    run = Run(make_session(), bridge, bridge)
    assert run.status(CauseId.MEMORY) is None
    assert not run.checks_run(CauseId.MEMORY)
