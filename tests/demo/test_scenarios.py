# SPDX-License-Identifier: MIT
"""Every sample server, through the real engine, names the right cause first."""

from __future__ import annotations

import contextlib
import platform
import tempfile
import threading
import time
from pathlib import Path

import pytest

from wizard.checks import CHECKS
from wizard.demo.sample import open_sample
from wizard.demo.scenarios import SCENARIOS
from wizard.errors import BadInput
from wizard.findings import session_package
from wizard.fixes import apply
from wizard.host.acts import ServiceAction
from wizard.model import CauseId, Diagnosis, Outcome, Status
from wizard.session import Session
from wizard.texts import Texts


def diagnose(name: str, texts: Texts) -> Diagnosis:
    with open_sample(name, texts) as session:
        return session.diagnose()


@pytest.mark.parametrize("name", SCENARIOS)
def test_sample_when_diagnosed_then_names_its_cause_first(name: str, texts: Texts) -> None:
    diagnosis = diagnose(name, texts)
    assert diagnosis.likely_cause == SCENARIOS[name].cause
    assert [row.check for row in diagnosis.results] == [check.id for check in CHECKS]
    assert diagnosis.host.sample == name
    crashed = [row for row in diagnosis.results if row.finding.text == "engine.crashed"]
    assert crashed == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_sample_when_told_then_every_sentence_can_be_made(name: str, texts: Texts) -> None:
    diagnosis = diagnose(name, texts)
    for row in diagnosis.results:
        assert texts.summary(row.finding).endswith((".", "?", "!", "”", '"', ")")), row
        texts.advice(row.finding)
        for evidence in row.finding.evidence:
            assert texts(f"label.{evidence.label}")
    assert all(texts.because(verdict) for verdict in diagnosis.verdicts)


def test_healthy_when_diagnosed_then_nothing_is_found(texts: Texts) -> None:
    diagnosis = diagnose("healthy", texts)
    told = {row.check: texts.summary(row.finding) for row in diagnosis.results}
    unwell = {row.check for row in diagnosis.results if row.finding.outcome != Outcome.OK}
    assert {check: told[check] for check in unwell} == {}
    assert diagnosis.status == Status.OK


def test_several_when_diagnosed_then_three_causes_have_hard_evidence(texts: Texts) -> None:
    verdicts = diagnose("several", texts).verdicts
    hard = {verdict.cause for verdict in verdicts if verdict.because == "because.decisive"}
    assert hard == {CauseId.TEMP_FOLDER, CauseId.PERMISSIONS, CauseId.MEMORY}


def restart(session: Session) -> None:
    """Let the Java Transporter read its settings, which it does at its start only."""
    unit = session.product.facts.linux_transporter_unit.value
    for action in (ServiceAction.STOP, ServiceAction.START):
        session.host.control_service(unit, action, threading.Event())


def test_several_when_the_folder_is_moved_then_its_cause_is_no_problem_any_more(
    texts: Texts, tmp_path: Path
) -> None:
    with open_sample("several", texts) as session:
        session.diagnose()
        folder = str(Path(session.settings_file or "").parent / "data" / "dtmp")
        session.host.make_folder(folder, None)
        key = session.product.facts.arguments_setting.value
        file = session.settings_file or ""
        made = apply.apply(file, key, folder, session.product, data=tmp_path)
        restart(session)
        after = session.recheck(CauseId.TEMP_FOLDER)
        found = {row.check: row.finding.outcome for row in after.of_cause(CauseId.TEMP_FOLDER)}
        assert made
        session.receipts.append(made)
        packed = b"".join(entry.data for entry in session_package.plan(session, after))
        assert f'"host": "{platform.node()}"'.encode() not in packed
        assert Outcome.PROBLEM not in found.values(), found
        assert found["temp_folder"] == Outcome.OK
        assert after.likely_cause == CauseId.PERMISSIONS
        apply.undo(made, data=tmp_path)
        restart(session)
        assert session.recheck(CauseId.TEMP_FOLDER).likely_cause == CauseId.TEMP_FOLDER


def test_no_access_when_diagnosed_then_nothing_could_be_checked(texts: Texts) -> None:
    diagnosis = diagnose("no-access", texts)
    assert {row.finding.outcome for row in diagnosis.results} == {Outcome.COULD_NOT_CHECK}
    assert diagnosis.status == Status.UNKNOWN


def test_sample_when_closed_then_its_folder_is_gone(texts: Texts) -> None:
    with open_sample("healthy", texts) as session:
        folder = Path(session.settings_file or "").parent
        assert folder.is_dir()
    assert not folder.exists()


def test_sample_when_unknown_then_names_the_known_ones(texts: Texts) -> None:
    with pytest.raises(BadInput) as caught, open_sample("nope", texts):
        pass
    assert "several" in texts.advice(caught.value)[0]


def test_sample_when_closed_while_somebody_is_at_it_then_still_goes(texts: Texts) -> None:
    closing, over = threading.Event(), time.monotonic() + 0.3

    def hold(folder: Path) -> None:
        closing.wait()
        while time.monotonic() < over:
            with contextlib.suppress(OSError):
                folder.mkdir()

    with open_sample("healthy", texts) as session:
        folder = Path(str(session.scope.ca_file)).parent
        thread = threading.Thread(target=hold, args=(folder / "in use",))
        thread.start()
        over = time.monotonic() + 0.3
        closing.set()
    thread.join()
    assert not folder.exists()


def test_sample_when_there_is_no_room_for_it_then_says_so(
    monkeypatch: pytest.MonkeyPatch, texts: Texts, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(BadInput) as told, open_sample("healthy", texts):
        pass
    assert told.value.text == "error.no_sample_folder"
    assert "No such file or directory" in texts.summary(told.value)
    assert texts.advice(told.value)
