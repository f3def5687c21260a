# SPDX-License-Identifier: MIT
"""Runs checks side by side: a deadline each, cancel, events, one row per check whatever happens.

Daemon threads, because a check that hangs must not keep the program alive; a queue, because
threads must not touch the window. A thread that misses its deadline is abandoned: its row says
so, and what it answers later is dropped with the queue of its run.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePath
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import wizard
from wizard import codec, foreign_words, secret_patterns, verdict
from wizard.checks.base import Check, Context, Need
from wizard.errors import CannotCheck
from wizard.model import (
    CheckFinished,
    CheckResult,
    CheckStarted,
    Diagnosis,
    Emit,
    Finding,
    Outcome,
    ignore,
)

log = logging.getLogger(__name__)

AnyCheck = Check[Any]
V = TypeVar("V")
CANCEL_POLL_S = 0.05


@dataclass(frozen=True)
class _Answer:
    check: AnyCheck
    finding: Finding
    observation: Any
    duration_s: float


def run(
    checks: Sequence[AnyCheck],
    context: Context,
    emit: Emit = ignore,
    cancel: threading.Event | None = None,
) -> Diagnosis:
    """Run all checks and return the diagnosis; after cancel a partial one, at once."""
    return _Run(checks, context, emit, cancel or threading.Event()).finish()


@dataclass
class _Run:
    checks: Sequence[AnyCheck]
    context: Context
    emit: Emit
    cancel: threading.Event
    rows: dict[str, CheckResult] = field(default_factory=dict)
    running: dict[str, float] = field(default_factory=dict)  # check id -> deadline, monotonic
    answers: SimpleQueue[_Answer] = field(default_factory=SimpleQueue)

    def finish(self) -> Diagnosis:
        """Start everything, collect until done, expired or cancelled, and rank."""
        started = datetime.now(UTC)
        for check in self.checks:
            self._start(check)
        while self.running and not self.cancel.is_set():
            self._collect()
        cancelled = bool(self.running)
        self._give_up(list(self.running), Outcome.COULD_NOT_CHECK, "engine.cancelled")
        self.context.cancel.set()  # tells the abandoned threads that nobody waits any more
        return self._diagnosis(started, cancelled)

    def _diagnosis(self, started: datetime, cancelled: bool) -> Diagnosis:
        rows = tuple(self.rows[check.id] for check in self.checks)
        return Diagnosis(
            program_version=wizard.__version__,
            started=started,
            finished=datetime.now(UTC),
            host=self.context.host.facts(),
            results=rows,
            verdicts=verdict.rank(rows, self.context.product),
            cancelled=cancelled,
        )

    def _start(self, check: AnyCheck) -> None:
        unmet = unmet_need(check, self.context)
        if unmet:
            self._add(_Answer(check, unmet, None, 0.0))
            return
        limit = min(check.deadline_s, self.context.scope.timeout_s or check.deadline_s)
        self.running[check.id] = time.monotonic() + limit
        self.emit(CheckStarted(check.id))
        threading.Thread(
            target=_work, args=(check, self.context, self.answers), name=check.id, daemon=True
        ).start()

    def _collect(self) -> None:
        """Take one answer, or end the checks whose deadline is over."""
        wait = min(CANCEL_POLL_S, max(0.0, min(self.running.values()) - time.monotonic()))
        try:
            answer = self.answers.get(timeout=wait)
        except Empty:
            now = time.monotonic()
            late = [check for check, deadline in self.running.items() if deadline <= now]
            self._give_up(late, Outcome.TIMED_OUT, "engine.timed_out")
            return
        if self.running.pop(answer.check.id, None) is not None:
            self._add(answer)

    def _give_up(self, late: Sequence[str], outcome: Outcome, text: str) -> None:
        for check in (check for check in self.checks if check.id in late):
            self.running.pop(check.id)
            limit = min(check.deadline_s, self.context.scope.timeout_s or check.deadline_s)
            finding = Finding(outcome, text, {"seconds": round(limit, 3)}, source="wizard")
            self._add(_Answer(check, finding, None, limit))

    def _add(self, answer: _Answer) -> None:
        row = CheckResult(
            check=answer.check.id,
            cause=answer.check.cause,
            finding=_fit_to_show(answer.finding),
            observed=datetime.now(UTC),
            duration_s=round(answer.duration_s, 3),
            observation=foreign_words.cleaned_all(answer.observation),
        )
        self.rows[row.check] = row
        waiting = tuple(self.running)
        self.emit(CheckFinished(row, len(self.rows), len(self.checks), waiting))


def _fit_to_show(finding: Finding) -> Finding:
    """The finding as it may be shown: a path can hold a password, a name steer a terminal."""
    evidence = tuple(
        replace(row, value=_masked(row.value), source=_masked(row.source))
        for row in finding.evidence
    )
    values = {name: _masked(value) for name, value in finding.values.items()}
    return replace(finding, values=values, evidence=evidence)


def _masked(value: V) -> V | str:
    if not isinstance(value, str):
        return value
    return foreign_words.cleaned(secret_patterns.mask(value))


def unmet_need(check: AnyCheck, context: Context) -> Finding | None:
    """Why a check isn't run at all, as its finding; None when it can run."""
    scope, secrets = context.scope, context.credentials
    if scope.causes and check.cause not in scope.causes:
        return Finding(Outcome.NOT_APPLICABLE, "engine.not_asked", source="wizard")
    if Need.NETWORK in check.needs and scope.offline:
        return Finding(Outcome.NOT_APPLICABLE, "engine.offline", source="wizard")
    given = scope.tenant_id and scope.client_id and (secrets.client_secret or scope.certificate)
    if Need.CREDENTIALS in check.needs and not given:
        return Finding(Outcome.COULD_NOT_CHECK, "engine.no_credentials", source="wizard")
    return None


def _work(check: AnyCheck, context: Context, answers: SimpleQueue[_Answer]) -> None:
    """What a check's thread does; every way out of it is an answer."""
    started = time.monotonic()
    observation = None
    try:
        observed = check.observe(context)
        observation = codec.to_plain(observed)
        finding = check.judge(observed, context.product)
    except CannotCheck as error:
        finding = Finding(Outcome.COULD_NOT_CHECK, error.text, error.values)
    except Exception as error:  # noqa: BLE001 - the one broad except: a crash is never an ok
        finding = _crashed(check, error)
    answers.put(_Answer(check, finding, observation, time.monotonic() - started))


def _crashed(check: AnyCheck, error: Exception) -> Finding:
    """Kind and place of a crash; not its message, which might quote what it was working on."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{PurePath(last.filename).name}:{last.lineno}"
    log.error("check %s crashed: %s at %s", check.id, type(error).__name__, place)
    values = {"kind": type(error).__name__, "place": place}
    return Finding(Outcome.COULD_NOT_CHECK, "engine.crashed", values, source="wizard")
