# SPDX-License-Identifier: MIT
"""Which run of a log decides, with and without the person's word."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from wizard.nakivo import failed_at, logs
from wizard.nakivo.deciding_run import Chosen
from wizard.nakivo.log_zones import comparable, local
from wizard.nakivo.logs import LogEvidence
from wizard.product import Product

FULL = "ERROR java.io.IOException: No space left on device"
WORK = "DEBUG GET https://graph.microsoft.com/v1.0/users 200 OK"
QUIET = "INFO  service started"
START = comparable(datetime(2026, 10, 17, 2, 0))  # noqa: DTZ001 - by the local clock
DAY = timedelta(days=1)


def day(number: int) -> str:
    return f"{local(START + number * DAY):%Y-%m-%d}"


def scan(product: Product, folder: Path, nights: list[list[str]], told: str = "") -> LogEvidence:
    """A log with a run in each night, one line every hour."""
    lines = [
        f"{START + number * DAY + timedelta(hours=hour):%Y-%m-%dT%H:%M:%S}Z {text}\n"
        for number, night in enumerate(nights)
        for hour, text in enumerate(night)
    ]
    (folder / "a.log").write_text("".join(lines))
    word = failed_at.parse(told) if told else None
    return logs.scan((str(folder),), product, threading.Event(), told=word)


def counts(evidence: LogEvidence) -> tuple[int, int, int]:
    match = next(one for one in evidence.matches if one.signature == "no_space")
    return match.recent, match.earlier, match.later


def test_scan_when_nobody_told_then_the_newest_run_decides(
    product: Product, tmp_path: Path
) -> None:
    evidence = scan(product, tmp_path, [[QUIET, FULL], [QUIET, QUIET]])
    assert evidence.run.chosen is Chosen.NEWEST
    assert counts(evidence) == (0, 1, 0)
    assert len(evidence.run.runs) == 2
    assert (evidence.run.begin, evidence.run.end) == evidence.run.runs[-1]
    assert next(m.runs_after for m in evidence.matches) == 1


@pytest.mark.parametrize(
    ("last", "chosen", "wanted"),
    [
        # After the failure somebody started the service anew, and no job has run since.
        ([QUIET], Chosen.WORKED, (1, 0, 0)),
        ([QUIET, WORK], Chosen.NEWEST, (0, 1, 0)),
        ([QUIET, "ERROR java.lang.OutOfMemoryError: Java heap space"], Chosen.NEWEST, (0, 1, 0)),
    ],
)
def test_scan_when_only_earlier_runs_show_a_job_then_the_newest_of_these_decides(
    product: Product, tmp_path: Path, last: list[str], chosen: Chosen, wanted: tuple[int, int, int]
) -> None:
    evidence = scan(product, tmp_path, [[WORK], [WORK, FULL], last])
    assert evidence.run.chosen is chosen
    assert counts(evidence) == wanted


@pytest.mark.parametrize(
    ("after", "chosen", "wanted"),
    [
        # A restart after the failure.
        (timedelta(hours=12), Chosen.WORKED, (1, 0, 0)),
        # What runs on into the next night may be the next job.
        (timedelta(hours=24), Chosen.NEWEST, (0, 1, 0)),
    ],
)
def test_scan_when_no_answers_are_logged_then_the_same_days_failure_decides(
    product: Product, tmp_path: Path, after: timedelta, chosen: Chosen, wanted: tuple[int, int, int]
) -> None:
    later = f"{START + after:%Y-%m-%dT%H:%M:%S}Z {QUIET}\n"
    (tmp_path / "b.log").write_text(later)
    evidence = scan(product, tmp_path, [[FULL]])
    assert evidence.run.chosen is chosen
    assert counts(evidence) == wanted


@pytest.mark.parametrize(("hours", "wanted"), [(20, (1, 0, 0)), (25, (1, 0, 0)), (40, (0, 1, 0))])
def test_scan_when_a_log_never_pauses_then_yesterdays_failure_still_decides(
    product: Product, tmp_path: Path, hours: int, wanted: tuple[int, int, int]
) -> None:
    lines = [QUIET] * 100
    lines[99 - hours] = FULL
    assert counts(scan(product, tmp_path, [lines])) == wanted


@pytest.mark.parametrize(
    ("told", "chosen", "wanted"),
    [
        (day(0), Chosen.TOLD, (1, 0, 3)),
        (f"{START + timedelta(minutes=30):%Y-%m-%dT%H:%M}Z", Chosen.TOLD, (1, 0, 3)),
        (f"{START + timedelta(hours=5):%Y-%m-%dT%H:%M}Z", Chosen.NEAREST, (1, 0, 3)),
        (day(2), Chosen.TOLD, (3, 1, 0)),
        (day(3), Chosen.TOLD, (0, 4, 0)),
        (day(-2), Chosen.NOT_LOGGED, (0, 0, 0)),
    ],
)
def test_scan_when_the_person_told_then_the_run_of_that_time_decides(
    product: Product, tmp_path: Path, told: str, chosen: Chosen, wanted: tuple[int, int, int]
) -> None:
    nights = [[FULL, WORK], [WORK, WORK], [FULL, FULL, FULL], [WORK, WORK]]
    evidence = scan(product, tmp_path, nights, told)
    assert (evidence.run.chosen, evidence.run.failed_at) == (chosen, told)
    assert counts(evidence) == wanted


def test_scan_when_a_log_never_pauses_then_the_day_before_the_failure_counts(
    product: Product, tmp_path: Path
) -> None:
    lines = [QUIET] * 200
    for hour in (10, 75, 99, 101):
        lines[hour] = FULL
    told = f"{START + timedelta(hours=100):%Y-%m-%dT%H:%M}Z"
    evidence = scan(product, tmp_path, [lines], told)
    assert counts(evidence) == (1, 2, 1)
    evidence = scan(product, tmp_path, [lines], day(0))
    assert counts(evidence) == (1, 0, 3)


def test_scan_when_no_line_has_a_time_then_nothing_decides(
    product: Product, tmp_path: Path
) -> None:
    (tmp_path / "a.log").write_text(f"{FULL}\n")
    evidence = logs.scan((str(tmp_path),), product, threading.Event())
    assert evidence.run.chosen is Chosen.UNTIMED
    assert counts(evidence) == (0, 0, 0)


def test_scan_when_the_person_told_then_the_line_shown_is_of_that_run(
    product: Product, tmp_path: Path
) -> None:
    evidence = scan(product, tmp_path, [[FULL, FULL], [WORK], [FULL, FULL]], day(0))
    match = next(one for one in evidence.matches)
    assert match.line == 2
    assert match.written == f"{START + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}+00:00"
    assert match.last == f"{START + 2 * DAY + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}+00:00"


def test_scan_when_a_later_run_only_mentions_an_error_then_that_is_no_sign_of_a_job(
    product: Product, tmp_path: Path
) -> None:
    told = 'INFO  Backing up file "No space left on device.docx"'
    evidence = scan(product, tmp_path, [[WORK], [WORK, FULL], [told]])
    assert evidence.run.chosen is Chosen.WORKED
