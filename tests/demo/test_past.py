# SPDX-License-Identifier: MIT
"""Does a sample have a past of its own, and can the way to a new temporary folder be played?"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.checks.told import values_of
from wizard.demo.sample import open_sample
from wizard.demo.scenarios import SCENARIOS
from wizard.fixes import apply
from wizard.history import FILE
from wizard.host.acts import ServiceAction
from wizard.model import CauseId, Finding
from wizard.session import Session
from wizard.texts import Texts


def finding(session: Session, check: str) -> Finding:
    diagnosis = session.recheck(CauseId.TEMP_FOLDER)
    return next(row.finding for row in diagnosis.results if row.check == check)


def test_sample_when_its_disk_fills_up_then_rate_and_files_of_both_kinds_are_told(
    texts: Texts,
) -> None:
    with open_sample("temp-folder-full", texts) as session:
        told = values_of(finding(session, "temp_space"))
    assert told["full_in"] == pytest.approx(12.7, abs=0.1)
    assert (told["dead_files"], told["fresh_files"]) == (3, 1)


@pytest.mark.parametrize("name", SCENARIOS)
def test_sample_when_checked_then_its_history_stays_in_its_folder(name: str, texts: Texts) -> None:
    with open_sample(name, texts) as session:
        history = session.find_history()
        assert history is not None
        assert history.path == Path(session.settings_file or "").parent / FILE
        before = len(history.read().looks)
        session.recheck(CauseId.TEMP_FOLDER)
        assert len(history.read().looks) == before + bool(SCENARIOS[name].readable)
    assert not history.path.exists()


def test_sample_when_the_setting_is_changed_then_not_in_use_until_the_service_is_restarted(
    texts: Texts, tmp_path: Path
) -> None:
    with open_sample("temp-folder-moved", texts) as session:
        file, facts = session.settings_file or "", session.product.facts
        folder = str(Path(file).parent / "server" / "new-tmp")
        Path(folder).mkdir()
        apply.apply(file, facts.arguments_setting.value, folder, session.product, data=tmp_path)
        before = finding(session, "temp_folder")
        unit, never = facts.linux_transporter_unit.value, threading.Event()
        session.host.control_service(unit, ServiceAction.STOP, never)
        stopped = finding(session, "temp_folder")
        session.host.control_service(unit, ServiceAction.START, never)
        after = finding(session, "temp_folder")
    assert (before.text, before.values["wanted"]) == ("check.temp_folder.not_restarted", folder)
    assert stopped.text == "check.temp_folder.assumed_by_setting"
    assert (after.text, after.values["folder"]) == ("check.temp_folder.moved", folder)
