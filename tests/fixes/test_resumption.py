# SPDX-License-Identifier: MIT
"""Whether an unfinished change may go on, and where, on the computer as it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fixes.recorded import LINUX_TRANSPORTER, host
from wizard.fixes import apply, handoff_state, plan, resumption
from wizard.fixes.handoff import Task
from wizard.fixes.resumption import Prospect, Resumption
from wizard.host.recorded import RecordedHost
from wizard.product import Product
from wizard.texts import Texts

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
KEY = "system.transporter.modern.arguments"
RUNNING = host("linux", services=[LINUX_TRANSPORTER])
STOPPED = host("linux", services=[{**LINUX_TRANSPORTER, "state": "stopped"}])


def kept(data: Path, product: Product, **changes: Any) -> None:
    made = plan.make("-Xmx1g", "/data/tmp", product)
    state = handoff_state.make(Task(made), "paste", "backup01", NOW)
    handoff_state.save(replace(state, **changes), data)


def found(
    data: Path, product: Product, computer: RecordedHost = STOPPED, *, days: float = 0.1
) -> Resumption:
    told = resumption.find(data, computer, product, NOW + timedelta(days=days))
    assert told is not None
    return told


def test_change_when_nothing_was_kept_then_there_is_none(tmp_path: Path, product: Product) -> None:
    assert resumption.find(tmp_path, STOPPED, product, NOW) is None


def test_change_when_kept_then_goes_on_at_its_step_with_its_plan(
    tmp_path: Path, product: Product
) -> None:
    kept(tmp_path, product)
    told = found(tmp_path, product)
    assert (told.standing, told.step, told.runs_again) == (Prospect.GOES_ON, "paste", False)
    assert told.plan is not None
    assert told.plan.proposed == "-Xmx1g -DtempPath=/data/tmp"


@pytest.mark.parametrize("step", ["open", "find", "paste"])
def test_change_when_the_service_was_started_meanwhile_then_goes_back_to_its_stop(
    tmp_path: Path, product: Product, step: str
) -> None:
    kept(tmp_path, product, step=step)
    told = found(tmp_path, product, RUNNING)
    assert (told.step, told.runs_again) == ("stop", True)


@pytest.mark.parametrize("step", ["folder", "stop", "start", "verify", "watch"])
def test_change_when_the_service_may_run_at_its_step_then_stays_there(
    tmp_path: Path, product: Product, step: str
) -> None:
    kept(tmp_path, product, step=step)
    assert found(tmp_path, product, RUNNING).step == step


@pytest.mark.parametrize(
    "case",
    [
        ({"computer": "backup02"}, 0.1, Prospect.OTHER_COMPUTER),
        ({}, 7.1, Prospect.OLD),
        ({}, -8, Prospect.OLD),  # the clock was set back
        ({}, 6.9, Prospect.GOES_ON),
        ({"proposed": "-Xmx1g -DtempPath=/elsewhere"}, 0.1, Prospect.CHANGED),
        ({"temp_path": "/data/my tmp"}, 0.1, Prospect.CHANGED),
        ({"current": None, "proposed": None}, 0.1, Prospect.PASTE_AGAIN),
    ],
)
def test_change_when_things_are_otherwise_then_says_how_it_stands(
    case: tuple[dict[str, Any], float, Prospect], tmp_path: Path, product: Product, texts: Texts
) -> None:
    changes, days, standing = case
    kept(tmp_path, product, **changes)
    told = found(tmp_path, product, days=days)
    assert told.standing is standing
    assert told.goes_on is (standing in (Prospect.GOES_ON, Prospect.PASTE_AGAIN))
    assert told.notice.sentence(texts)
    back = replace(told, state=replace(told.state, back=True))
    assert (back.notice.sentence(texts) != told.notice.sentence(texts)) is told.goes_on


def changed_file(tmp_path: Path, product: Product) -> Path:
    file = tmp_path / "expert.properties"
    file.write_text(f"{KEY}=-Xmx1g\n")
    made = apply.apply(str(file), KEY, "/data/tmp", product, data=tmp_path)
    assert made is not None
    planned = plan.make(made.before, "/data/tmp", product)
    state = handoff_state.make(
        Task(planned, is_restart=True, receipt=made.path), "start", "backup01", NOW
    )
    handoff_state.save(state, tmp_path)
    return file


def test_change_that_is_only_a_restart_goes_on_as_one(tmp_path: Path, product: Product) -> None:
    made = plan.make("-Xmx1g", "/data/tmp", product)
    undone = Task(made, is_restart=True, back=True)  # the undo found the old string there already
    handoff_state.save(handoff_state.make(undone, "start", "backup01", NOW), tmp_path)
    task = resumption.task_of(found(tmp_path, product), made)
    assert (task.is_restart, task.back, task.step) == (True, True, "start")


def test_change_in_a_file_that_holds_it_goes_on_with_its_receipt(
    tmp_path: Path, product: Product
) -> None:
    file = changed_file(tmp_path, product)
    told = found(tmp_path, product)
    assert told.standing is Prospect.GOES_ON
    assert told.receipt is not None
    assert told.receipt.file == str(file)
    assert told.plan is not None
    assert told.plan.proposed == told.receipt.after


@pytest.mark.parametrize("content", [f"{KEY}=-Xmx1g\n", f"{KEY}=-Xss1m\n", ""])
def test_change_in_a_file_that_holds_something_else_does_not_go_on(
    tmp_path: Path, product: Product, content: str
) -> None:
    changed_file(tmp_path, product).write_text(content)
    assert found(tmp_path, product).standing is Prospect.CHANGED


def test_change_whose_receipt_is_gone_or_altered_does_not_go_on(
    tmp_path: Path, product: Product
) -> None:
    changed_file(tmp_path, product)
    (receipt,) = (tmp_path / "receipts").iterdir()
    receipt.write_text(receipt.read_text().replace("-Xmx1g", "-Xmx9g"))
    assert found(tmp_path, product).standing is Prospect.CHANGED
    receipt.unlink()
    assert found(tmp_path, product).standing is Prospect.CHANGED


def test_every_standing_has_its_own_sentence(texts: Texts) -> None:
    told = {
        str(texts.raw(f"arguments.resume.{s.value.replace('-', '_')}.summary")) for s in Prospect
    }
    assert len(told) == len(Prospect)
