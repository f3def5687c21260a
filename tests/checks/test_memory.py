# SPDX-License-Identifier: MIT
"""Are the vendor's numbers added up and shown one by one, and proof told from guess?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.checks.told import judged, values_of
from tests.host.samples import ROOT, closed, file, java, windows_answers, windows_server
from wizard import codec
from wizard.checks.memory import CHECK, needed_mb
from wizard.errors import CannotCheck
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

MB = 1 << 20
FORMULA = 4096 + 2048 + 6 * (250 + 100)  # 8,244 MB: Director, Transporter, six tasks
ONE_TASK = 4096 + 2048 + 250 + 100


def finding(total_mb: int, available_mb: int = 6000, *heaps: str, **changes: Any) -> Finding:
    memory = {
        "total_bytes": total_mb * MB,
        "available_bytes": available_mb * MB,
        "source": "GlobalMemoryStatusEx",
    }
    processes = [java(*heaps)]
    return judged(CHECK, windows_server(**{"memory": memory, "processes": processes, **changes}))


def test_needed_mb_when_tasks_or_director_change_then_by_the_vendors_formula(
    product: Product,
) -> None:
    assert needed_mb(True, 6, product) == FORMULA == 8244
    assert needed_mb(True, 1, product) == ONE_TASK
    assert needed_mb(False, 6, product) == FORMULA - 2048


@pytest.mark.parametrize(
    ("total_mb", "outcome", "decisive"),
    [
        (ONE_TASK - 1, Outcome.PROBLEM, True),
        (ONE_TASK, Outcome.PROBLEM, False),
        (FORMULA - 1, Outcome.PROBLEM, False),
        (FORMULA, Outcome.OK, False),
    ],
)
def test_judge_when_memory_is_at_a_limit_then_exactly_as_the_formula_says(
    total_mb: int, outcome: Outcome, decisive: bool
) -> None:
    told = finding(total_mb)
    assert (told.outcome, told.decisive) == (outcome, decisive)
    evidence = values_of(told)
    assert (evidence["memory_installed"], evidence["memory_needed"]) == (total_mb, FORMULA)
    parts = ("base", "saas", "tasks", "per_task", "per_java_task")
    base, saas, tasks, per_task, per_java = (evidence[f"memory_{part}"] for part in parts)
    assert base + saas + tasks * (per_task + per_java) == evidence["memory_needed"]
    told_by = {row.label: (row.unit, row.source) for row in told.evidence}
    for part in parts:
        unit, source = told_by[f"memory_{part}"]
        assert unit == ("" if part == "tasks" else "MB")
        page = "Transporter Options" if part == "tasks" else "Requirements (previous edition"
        assert page in source


def test_judge_when_not_even_one_task_fits_then_nothing_said_takes_it_back(texts: Texts) -> None:
    told = finding(ONE_TASK - 1)
    assert told.text == "check.memory.not_one_task"
    assert f"a single task asks for {ONE_TASK} MB" in texts.summary(told)
    assert "assumed" not in " ".join(texts.advice(told))
    assert "assumed" in " ".join(texts.advice(finding(ONE_TASK)))


def test_judge_when_a_byte_is_short_then_problem() -> None:
    memory = {"total_bytes": FORMULA * MB - 1, "available_bytes": 6000 * MB, "source": "x"}
    told = judged(CHECK, windows_server(memory=memory))
    assert told.text == "check.memory.too_little"
    assert values_of(told)["memory_installed"] == FORMULA - 1


def test_judge_when_there_is_no_director_then_less_is_needed() -> None:
    files = windows_answers()["files"]
    root = next(iter(files))
    told = finding(FORMULA - 2048, files={root: [], f"{root}\\transporter": []})
    assert told.outcome is Outcome.OK
    assert values_of(told)["memory_transporter_base"] == 2048


def test_judge_when_no_installation_is_found_then_too_little_is_no_proof() -> None:
    gone: dict[str, Any] = {"services": [], "programs": [], "processes": [], "files": {}}
    told = finding(2000, 1500, **gone)
    assert (told.outcome, told.decisive) == (Outcome.PROBLEM, False)


def test_judge_when_the_heap_is_larger_than_the_memory_then_a_decisive_problem() -> None:
    told = finding(16000, 12000, "-Xmx1g", "-Xmx20g")
    assert (told.outcome, told.text) == (Outcome.PROBLEM, "check.memory.heap_too_large")
    assert told.decisive
    assert told.source == "ram_article"
    assert values_of(told)["java_heap_max"] == 20480


def test_judge_when_hardly_anything_is_available_then_warning() -> None:
    told = finding(16000, 1023)
    assert (told.outcome, told.text) == (Outcome.WARNING, "check.memory.little_available")
    assert finding(16000, 1024).outcome is Outcome.OK


def test_judge_when_the_heap_cannot_grow_to_its_limit_then_warning() -> None:
    # 700 MB are held already: with 3,396 MB more the heap of 4,096 MB fits.
    assert finding(16000, 3395, "-Xmx4g").text == "check.memory.heap_may_not_fit"
    assert finding(16000, 3396, "-Xmx4g").outcome is Outcome.OK


def test_judge_when_processes_cannot_be_seen_then_the_formula_still_answers() -> None:
    told = finding(16000, processes=closed())
    assert told.outcome is Outcome.OK
    assert "java_heap_max" not in values_of(told)
    hidden = finding(16000, processes=[java(arguments=None)])
    assert values_of(hidden)["java_heap_max"] is None


def test_observe_when_memory_cannot_be_measured_then_cannot_check() -> None:
    with pytest.raises(CannotCheck):
        judged(CHECK, windows_server(memory=closed()))


@pytest.mark.parametrize(
    ("limit_mb", "outcome", "text"),
    [
        (1500, Outcome.PROBLEM, "limited.heap_too_large"),
        (ONE_TASK - 1, Outcome.PROBLEM, "limited.not_one_task"),
        (FORMULA - 1, Outcome.PROBLEM, "limited.too_little"),
        (FORMULA, Outcome.OK, "limited.enough"),
        (90_000, Outcome.OK, "enough"),
    ],
)
def test_judge_when_the_transporters_group_is_limited_then_the_smaller_limit_counts(
    limit_mb: int, outcome: Outcome, text: str
) -> None:
    limit = {"total_bytes": limit_mb * MB, "available_bytes": 5000 * MB, "source": "memory.max"}
    other = {"pid": 9, "name": "x", "executable": "C:\\x.exe", "arguments": []}
    tiny = {**other, "memory_limit": {**limit, "total_bytes": MB}}
    processes = [java("-Xmx2g", memory_limit=limit), tiny]
    told = finding(64_000, processes=processes)
    assert (told.outcome, told.text) == (outcome, f"check.memory.{text}")
    shown = values_of(told)
    assert shown["memory_installed"] == 64_000
    assert shown.get("memory_limit") == (limit_mb if limit_mb < 64_000 else None)


def dumped(days: float) -> dict[str, Any]:
    """A server whose Java left a heap dump and a crash report so many days ago."""
    transporter = ROOT + r"\transporter"
    when = codec.to_plain(datetime.now(UTC) - timedelta(days=days))
    left = [
        file(transporter + r"\java_pid12.hprof", 3 << 30, when=when),
        file(transporter + r"\hs_err_pid12.log", 90_000, when=when),
    ]
    return {**windows_answers()["files"], transporter: left}


def test_judge_when_java_died_long_ago_then_its_dumps_are_only_shown() -> None:
    told = finding(16000, files=dumped(days=14.1))
    rows = [(row.label, row.value, row.unit) for row in told.evidence]
    assert ("heap_dump", ROOT + r"\transporter\java_pid12.hprof", "") in rows
    assert ("heap_dump_size", 3.0, "GB") in rows
    assert ("heap_dump_age", 14.1, "days") in rows
    assert ("crash_report_size", 87.9, "kB") in rows
    assert told.outcome is Outcome.OK


def test_judge_when_a_heap_dump_is_new_then_it_is_worth_a_look_and_no_proof(texts: Texts) -> None:
    told = finding(16000, files=dumped(days=2.0))
    assert (told.outcome, told.text, told.decisive) == (
        Outcome.WARNING,
        "check.memory.dumped",
        False,
    )
    assert "2 days ago" in texts.summary(told)
    assert finding(FORMULA - 1, files=dumped(days=2.0)).outcome is Outcome.PROBLEM
