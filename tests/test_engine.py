# SPDX-License-Identifier: MIT
"""The engine: one row per check whatever happens, deadlines, cancel, events."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace

import pytest

from tests.support.hosts import bare_context
from wizard import codec, engine
from wizard.checks.base import Check, Context, Need, Once
from wizard.demo.awkward import AWKWARD, Nothing
from wizard.errors import CannotCheck
from wizard.model import (
    CauseId,
    CheckFinished,
    CheckStarted,
    Credentials,
    Event,
    Evidence,
    Finding,
    Outcome,
    Scope,
    Secret,
    Status,
)
from wizard.product import Product

CHECKS = {check.id: check for check in AWKWARD}


@dataclass(frozen=True)
class Words:
    """What somebody else calls himself."""

    name: str


@pytest.fixture
def context() -> Context:
    return bare_context()


def outcomes(diagnosis: object) -> dict[str, Outcome]:
    return {row.check: row.finding.outcome for row in diagnosis.results}  # type: ignore[attr-defined]


def test_run_when_checks_misbehave_then_each_has_its_row(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    started = time.monotonic()
    diagnosis = engine.run(list(AWKWARD), context)
    assert outcomes(diagnosis) == {check.id: outcome for check, outcome in AWKWARD.items()}
    assert time.monotonic() - started < 2
    assert diagnosis.status == Status.UNKNOWN
    assert len(caplog.records) == 2  # the two crashes are logged, without their messages
    assert "on purpose" not in caplog.text
    caplog.clear()


def test_run_when_a_check_crashes_then_place_is_told_and_message_is_not(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    row = engine.run([CHECKS["crashes"]], context).results[0]
    assert row.finding.values["kind"] == "ZeroDivisionError"
    assert str(row.finding.values["place"]).startswith("awkward.py:")
    assert "on purpose" not in str(row)
    caplog.clear()


def test_run_when_cancelled_then_ends_at_once_and_keeps_what_is_known(context: Context) -> None:
    cancel = threading.Event()
    patient = replace(CHECKS["hangs"], deadline_s=60)

    def stop_after_first(event: Event) -> None:
        if isinstance(event, CheckFinished) and event.result.check == "answers":
            cancel.set()

    started = time.monotonic()
    diagnosis = engine.run([CHECKS["answers"], patient], context, stop_after_first, cancel)
    assert time.monotonic() - started < 1
    assert diagnosis.cancelled
    assert outcomes(diagnosis) == {"answers": Outcome.OK, "hangs": Outcome.COULD_NOT_CHECK}
    assert diagnosis.results[1].finding.text == "engine.cancelled"


def test_run_when_an_answer_is_late_then_it_is_dropped(context: Context) -> None:
    first = engine.run([CHECKS["late"]], context)
    time.sleep(0.1)
    assert outcomes(first) == {"late": Outcome.TIMED_OUT}
    assert context.cancel.is_set()


def test_run_when_timeout_is_asked_then_it_shortens_the_deadline(context: Context) -> None:
    short = replace(context, scope=Scope(timeout_s=0.1))
    patient = replace(CHECKS["hangs"], deadline_s=60)
    started = time.monotonic()
    assert outcomes(engine.run([patient], short)) == {"hangs": Outcome.TIMED_OUT}
    assert time.monotonic() - started < 1


def test_events_when_watched_then_count_up_and_name_who_is_waited_for(context: Context) -> None:
    events: list[Event] = []
    engine.run([CHECKS["answers"], CHECKS["hangs"]], context, events.append)
    begun = [event.check for event in events if isinstance(event, CheckStarted)]
    finished = [event for event in events if isinstance(event, CheckFinished)]
    assert begun == ["answers", "hangs"]
    assert [(e.done, e.total, e.waiting) for e in finished] == [(1, 2, ("hangs",)), (2, 2, ())]


@pytest.mark.parametrize(
    ("scope", "credentials", "text"),
    [
        (Scope(offline=True), Credentials(), "engine.offline"),
        (Scope(causes=(CauseId.MEMORY,)), Credentials(), "engine.not_asked"),
        (Scope(tenant_id="a", client_id="b"), Credentials(), "engine.no_credentials"),
        (Scope(tenant_id="a"), Credentials(Secret("s")), "engine.no_credentials"),
        (Scope(tenant_id="a", client_id="b"), Credentials(Secret("s")), None),
        (Scope(tenant_id="a", client_id="b", certificate="c.pem"), Credentials(), None),
    ],
)
def test_need_when_it_is_not_met_then_the_check_is_not_run(
    context: Context, scope: Scope, credentials: Credentials, text: str | None
) -> None:
    needs = frozenset({Need.NETWORK, Need.CREDENTIALS})
    check = replace(CHECKS["answers"], needs=needs)
    asked = replace(context, scope=scope, credentials=credentials)
    unmet = engine.unmet_need(check, asked)
    assert (unmet.text if unmet else None) == text


def test_once_when_asked_by_many_then_finds_out_once() -> None:
    calls: list[int] = []

    def find() -> int:
        time.sleep(0.05)
        calls.append(1)
        return len(calls)

    once = Once(find)
    threads = [threading.Thread(target=once) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert once() == 1


def test_once_when_finding_fails_then_every_asker_gets_the_error() -> None:
    def find() -> Nothing:
        raise CannotCheck("error.no_installation")

    once = Once(find)
    for _ in range(2):
        with pytest.raises(CannotCheck):
            once()


def test_run_when_a_path_holds_a_password_then_no_face_gets_to_see_it(context: Context) -> None:
    def judge(_seen: Nothing, _product: Product) -> Finding:
        path = "/data/password=Cn4ryCn4ry"
        rows = (Evidence("temp_folder", path, source=path), Evidence("temp_free", 1.5, "GB"))
        return Finding(Outcome.OK, "engine.offline", {"folder": path, "free": 1.5}, rows)

    finding = engine.run([replace(CHECKS["answers"], judge=judge)], context).results[0].finding
    assert "Cn4ry" not in str(finding)
    assert finding.values["free"] == finding.evidence[1].value == 1.5


def test_run_when_words_of_others_steer_a_terminal_then_no_face_gets_them(context: Context) -> None:
    name = "\x1b[31mEvil\x1b]0;pwned\x07"

    def judge(_seen: Words, _product: Product) -> Finding:
        rows = (Evidence("temp_folder", name, source=name),)
        return Finding(Outcome.OK, "engine.offline", {"folder": name}, rows)

    def observe(_context: Context) -> Words:
        return Words(name)

    told = Check("words", CauseId.CONNECTIVITY, frozenset(), 5.0, Words, observe, judge)
    row = engine.run([told], context).results[0]
    assert "\x1b" not in str(codec.to_plain(row.finding))
    assert row.observation == {"name": "?[31mEvil?]0;pwned?"}
