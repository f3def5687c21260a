# SPDX-License-Identifier: MIT
"""The change step by step in text, on a sample server and on a computer that is left meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.person import Person
from tests.fixes.recorded import LINUX_JAVA, LINUX_TRANSPORTER, host, process
from wizard.cli import walk_actions
from wizard.cli.walk_handoff import HandoffWalk
from wizard.demo.sample import open_sample
from wizard.fixes import handoff_state, plan
from wizard.fixes.handoff import Task
from wizard.product import Product
from wizard.session import Session
from wizard.texts import Texts

BEFORE = "-Xmx1g"
ACCEPTED = {"accepted": True, "said": ""}
STILL = ("", "yes")  # the service is as it was, and the person goes on all the same


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("M365_BACKUP_WIZARD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def sample(texts: Texts) -> Iterator[Session]:
    with open_sample("temp-folder-full", texts) as session:
        yield session


def real(product: Product, texts: Texts, **answers: Any) -> Session:
    orders = {LINUX_TRANSPORTER["name"]: {"start": ACCEPTED, "stop": ACCEPTED}}
    told = {
        "services": [LINUX_TRANSPORTER],
        "files": {"/data/tmp": []},
        "processes": [],
        "control_service": orders,
    } | answers
    return Session(host("linux", **told), product, texts)


def steps(session: Session, task: Task, *answers: str) -> str:
    person = Person(session, *answers)
    HandoffWalk(session, person.terminal, person.ask, task).go()
    return person.told


def in_file(session: Session, folder: Path, *answers: str) -> str:
    person = Person(session, str(folder), "yes", *answers)
    walk_actions.move_folder(session, person.terminal, person.ask)
    return person.told


def test_change_in_a_file_goes_through_restart_look_and_watch(sample: Session) -> None:
    folder = Path(sample.settings_file or "").parent / "data" / "dtmp"
    folder.mkdir()
    (folder / "early").write_bytes(b"")
    told = in_file(sample, folder, "d", "yes", "d", "yes", "d", "", "q")
    for words in (
        "Jobs that are running now will stop",
        "This is run, as administrator: systemctl stop nkv-bhsvc.service",
        "reports that the service is stopped",
        "reports that the service is running",
        f"The running Java Transporter uses {folder}.",
        "Left at step 4 of 4.",
    ):
        assert words in told
    assert told.index("Jobs that are running now will stop") < told.index("service is stopped")


def test_order_when_not_confirmed_then_the_service_is_left_alone(sample: Session) -> None:
    made = plan.make(BEFORE, "/data/tmp", sample.product)
    told = steps(sample, Task(made, "stop", is_restart=True), "d", "no", "q")
    assert "Nothing was changed." in told
    assert [service.state for service in sample.host.services()] == ["running", "running"]


def test_file_change_that_did_not_take_effect_is_put_back_at_once(sample: Session) -> None:
    settings = Path(sample.settings_file or "")
    before = settings.read_text()
    folder = settings.parent / "data" / "dtmp"
    told = in_file(sample, folder, *STILL, "", "d", "u", *STILL, "", "d", "", "q")
    assert "has no argument for the temporary folder" in told
    assert "[u] Put the old string back" in told
    assert settings.read_text() == before
    assert "has no argument for the temporary folder again" in told
    assert "the running Java Transporter has the old folder again" in told


def test_what_was_put_back_and_not_looked_at_is_not_told_as_in_use(sample: Session) -> None:
    folder = Path(sample.settings_file or "").parent / "data" / "dtmp"
    told = in_file(sample, folder, *STILL, "", "d", "u", *STILL, "", "", "q")
    assert "was not looked at" in told
    assert "Finished: " not in told


def test_start_without_the_folder_warns_before_it_asks(sample: Session) -> None:
    folder = Path(sample.settings_file or "").parent / "data" / "dtmp"
    made = plan.make(BEFORE, str(folder), sample.product)
    told = steps(sample, Task(made, "start"), "d", "no", "q")
    assert told.index(f"There is no folder {folder}") < told.index("now?")
    folder.mkdir()
    assert "There is no folder" not in steps(sample, Task(made, "start"), "d", "no", "q")


def test_by_hand_every_step_is_shown_in_its_order(product: Product, texts: Texts) -> None:
    made = plan.make(BEFORE, "/data/tmp", product)
    told = steps(real(product, texts), Task(made), "", *STILL, *[""] * 5, "b", "x", "q")
    places = [told.index(f"Step {number} of 8") for number in range(1, 9)]
    assert places == sorted(places)
    assert told.count("Step 7 of 8") == 2
    assert "“x” is none of the keys." in told
    assert f"   {BEFORE} -DtempPath=/data/tmp" in told


def test_walk_when_left_then_goes_on_at_its_step_at_the_next_start(
    product: Product, texts: Texts, data: Path
) -> None:
    made, session = plan.make(BEFORE, "/data/tmp", product), real(product, texts)
    left = steps(session, Task(made), "", "d", "yes", "q")
    assert "Left at step 3 of 8. [a] goes on with it" in left
    assert "The Transporter service may be stopped now" in left
    person = Person(session, "", "q")
    walk_actions.offer_unfinished(session, person.terminal, person.ask)
    assert "A move of the temporary folder to /data/tmp was begun" in person.told
    assert "Step 3 of 8" in person.told
    restarted = real(product, texts)  # its service runs again
    person = Person(restarted, "", "q")
    walk_actions.offer_unfinished(restarted, person.terminal, person.ask)
    assert "The Transporter service runs again" in person.told
    assert "Step 2 of 8" in person.told


@pytest.mark.parametrize("answers", [("f",), ("", *STILL, *[""] * 6), ("", "g", "yes")])
def test_walk_when_finished_forgotten_or_given_up_then_nothing_is_left(
    answers: tuple[str, ...], product: Product, texts: Texts, data: Path
) -> None:
    session = real(product, texts)
    steps(session, Task(plan.make(BEFORE, "/data/tmp", product)), "", "q")
    assert handoff_state.load(data) is not None
    person = Person(session, *answers)
    walk_actions.offer_unfinished(session, person.terminal, person.ask)
    assert handoff_state.load(data) is None


def test_walk_when_the_string_was_not_kept_then_it_is_pasted_again(
    product: Product, texts: Texts, data: Path
) -> None:
    secret = "-Dhttp.proxyPassword=canary7"
    made, session = plan.make(secret, "/data/tmp", product), real(product, texts)
    steps(session, Task(made), "", *STILL, "q")
    assert b"canary" not in (data / handoff_state.NAME).read_bytes()
    person = Person(session, "", secret, "q")
    walk_actions.offer_unfinished(session, person.terminal, person.ask)
    assert "Paste it once more" in person.told
    assert "Step 2 of 8" in person.told


def test_walk_when_begun_on_another_computer_then_only_tells(
    product: Product, texts: Texts, data: Path
) -> None:
    made = plan.make(BEFORE, "/data/tmp", product)
    handoff_state.save(handoff_state.make(Task(made), "open", "backup02", datetime.now(UTC)), data)
    person = Person(session := real(product, texts), "")
    walk_actions.offer_unfinished(session, person.terminal, person.ask)
    assert "backup02" in person.told
    assert "Step" not in person.told


def test_walk_when_a_sample_is_left_then_nothing_is_kept(sample: Session, data: Path) -> None:
    told = steps(sample, Task(plan.make(BEFORE, "/d/t", sample.product)), *STILL, "q")
    assert not data.exists()
    assert told.endswith("Left at step 2 of 7. This is not kept: [a] begins anew.\n")


def test_by_hand_what_failed_offers_the_steps_back(product: Product, texts: Texts) -> None:
    running = process("-DtempPath=/other", java=LINUX_JAVA)
    session = real(product, texts, processes=[running])
    made = plan.make(BEFORE, "/data/tmp", product)
    told = steps(session, Task(made, "verify"), "d", "u", "q")
    assert "uses /other, not /data/tmp" in told
    assert "Putting the old string back, step 1 of 6" in told


def test_enter_passes_no_step_over_that_is_not_done(product: Product, texts: Texts) -> None:
    made = plan.make(BEFORE, "/data/tmp", product)
    told = steps(real(product, texts), Task(made, "stop"), "", "", "q")
    assert "still runs" in told
    assert "Type yes to go on all the same" in told
    assert "Step 3 of 8" not in told


def test_the_old_string_can_be_put_back_once_the_new_one_is_saved(
    product: Product, texts: Texts
) -> None:
    made = plan.make(BEFORE, "/data/tmp", product)
    assert "[u]" not in steps(real(product, texts), Task(made, "paste"), "q")
    told = steps(real(product, texts), Task(made, "start"), "u", "q")
    assert "Putting the old string back, step 1 of 6" in told


def test_the_first_step_offers_no_step_before_it(product: Product, texts: Texts) -> None:
    made = plan.make(BEFORE, "/data/tmp", product)
    assert "[b]" not in steps(real(product, texts), Task(made), "q")
    assert "“b” is none of the keys." in steps(real(product, texts), Task(made), "b", "q")


def test_walk_when_left_then_its_own_key_goes_on_with_it(
    product: Product, texts: Texts, data: Path
) -> None:
    made, session = plan.make(BEFORE, "/data/tmp", product), real(product, texts)
    steps(session, Task(made), "", "q")
    person = Person(session, "", "q")
    walk_actions.move_folder(session, person.terminal, person.ask)
    assert "Step 2 of 8" in person.told


def test_change_begun_once_is_told_with_that_time_at_every_step(
    product: Product, texts: Texts, data: Path
) -> None:
    begun = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    made = plan.make(BEFORE, "/data/tmp", product)
    steps(real(product, texts), Task(made, begun=begun), "", "q")
    kept = handoff_state.load(data)
    assert kept is not None
    assert kept.begun == begun
