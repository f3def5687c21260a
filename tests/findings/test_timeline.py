# SPDX-License-Identifier: MIT
"""When lines were logged: buckets without a gap, the first marked, the same in words and rows."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from wizard import codec
from wizard.checks.log_evidence import LOG_TEMP_FOLDER
from wizard.checks.log_hits import LogHits
from wizard.findings import as_html, timeline
from wizard.findings.timeline import Bucket, Timeline
from wizard.findings.timeline_text import timeline_to_text
from wizard.model import CauseId
from wizard.nakivo import failed_at, logs
from wizard.product import Product
from wizard.texts import Texts

FULL = "ERROR java.io.IOException: No space left on device"
START = datetime(2026, 10, 20, 2, 10)  # noqa: DTZ001 - as a log without zones has it
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LINES = (
    *(0 * HOUR, 2 * HOUR, 2 * HOUR + HOUR / 2),
    *(3 * DAY + HOUR, 3 * DAY + 2 * HOUR, 3 * DAY + 3 * HOUR),
)


def shown(product: Product, folder: Path, *after: timedelta, told: str = "") -> Timeline:
    lines = [f"{START + one:%Y-%m-%d %H:%M:%S} {FULL} {n}\n" for n, one in enumerate(after)]
    (folder / "a.log").write_text("".join(lines))
    word = failed_at.parse(told) if told else None
    found = logs.scan((str(folder),), product, threading.Event(), told=word)
    made = timeline.of_matches(found.matches, found.run)
    assert made
    return made


def test_of_matches_when_all_is_of_two_days_then_by_the_hour(
    product: Product, tmp_path: Path
) -> None:
    made = shown(product, tmp_path, *LINES[:3])
    assert made.by_hour
    assert [bucket.count for bucket in made.buckets] == [1, 0, 2]
    assert [bucket.is_first for bucket in made.buckets] == [True, False, False]
    assert made.buckets[0].begin == f"{START:%Y-%m-%d %H}:00"
    assert (made.count, made.most, made.earlier) == (3, 2, 0)


def test_of_matches_when_it_is_of_many_days_then_by_the_day_with_the_run_marked(
    product: Product, tmp_path: Path
) -> None:
    made = shown(product, tmp_path, *LINES)
    assert not made.by_hour
    assert [bucket.count for bucket in made.buckets] == [3, 0, 0, 3]
    assert [bucket.is_run for bucket in made.buckets] == [False, False, False, True]
    made = shown(product, tmp_path, *LINES, told=f"{START:%Y-%m-%d}")
    assert [bucket.is_run for bucket in made.buckets] == [True, False, False, False]


def test_of_matches_when_it_reaches_far_back_then_the_rest_is_counted(
    product: Product, tmp_path: Path, texts: Texts
) -> None:
    made = shown(product, tmp_path, -200 * DAY, -199 * DAY, *LINES)
    assert (len(made.buckets), made.earlier, made.count) == (31, 2, 8)
    assert not any(bucket.is_first for bucket in made.buckets)
    told = timeline.sentence(made, texts)
    assert f"2 lines before {made.buckets[0].begin} are not in the picture" in told
    assert f"The first: {START - 200 * DAY:%Y-%m-%d %H:%M:%S}." in told


def test_of_matches_when_no_line_has_a_time_then_there_is_none(
    product: Product, tmp_path: Path
) -> None:
    (tmp_path / "a.log").write_text(f"{FULL}\n")
    found = logs.scan((str(tmp_path),), product, threading.Event())
    assert timeline.of_matches(found.matches, found.run) is None


def test_of_document_when_a_check_recorded_lines_then_its_cause_has_a_timeline(
    product: Product, tmp_path: Path
) -> None:
    made = shown(product, tmp_path, *LINES)
    found = logs.scan((str(tmp_path),), product, threading.Event())
    hits = LogHits(1, 9, None, complete=True, skipped=(), matches=found.matches, run=found.run)
    observed = {LOG_TEMP_FOLDER.id: {"observation": codec.to_plain(hits)}}
    assert timeline.of_document({"observations": observed}) == {CauseId.TEMP_FOLDER: made}
    assert timeline.of_document({"observations": {LOG_TEMP_FOLDER.id: {"observation": {}}}}) == {}
    assert timeline.of_document({}) == {}


MADE = Timeline(
    by_hour=False,
    buckets=(
        Bucket("2026-11-20", 3, is_first=True),
        Bucket("2026-11-21", 0),
        Bucket("2026-11-22", 12, is_run=True),
    ),
    first="2026-11-20 02:00:00",
    last="2026-11-22 03:00:00",
)


def test_timeline_to_text_when_shown_then_each_day_with_lines_has_its_row(texts: Texts) -> None:
    rows = list(timeline_to_text(MADE, texts))[1:]
    assert [row.split() for row in rows] == [
        ["2026-11-20", "#" * 6, "3", "lines", "(the", "first)"],
        ["2026-11-22", "#" * 24, "12", "lines", "(run", "that", "decides)"],
    ]


def test_timeline_to_text_when_there_is_one_day_then_the_sentence_alone(texts: Texts) -> None:
    one = Timeline(by_hour=False, buckets=MADE.buckets[:1], first=MADE.first, last=MADE.first)
    assert all("#" not in line for line in timeline_to_text(one, texts))


@pytest.mark.parametrize(
    ("bucket", "told"),
    [
        (Bucket("x", 1), ""),
        (Bucket("x", 1, is_first=True), "the first"),
        (Bucket("x", 1, is_first=True, is_run=True), "the first, run that decides"),
    ],
)
def test_note_when_something_stands_out_then_it_is_said(
    bucket: Bucket, told: str, texts: Texts
) -> None:
    assert timeline.note(bucket, texts) == told


def test_page_when_logs_hold_lines_then_picture_and_numbers_are_on_it(
    product: Product, tmp_path: Path, texts: Texts
) -> None:
    shown(product, tmp_path, *LINES)
    found = logs.scan((str(tmp_path),), product, threading.Event())
    hits = LogHits(1, 9, None, complete=True, skipped=(), matches=found.matches, run=found.run)
    cause = {"id": "temp-folder", "rank": 1, "title": "T", "status": "ok", "because": "b"}
    page = as_html.document_to_html(
        {
            "host": {"name": "h", "os": "o", "sample": None},
            "program": {"version": "1"},
            "finished": "f",
            "cancelled": False,
            "verdict": {"status": "ok", "summary": "s"},
            "causes": [{**cause, "findings": []}],
            "not_checked": [],
            "observations": {LOG_TEMP_FOLDER.id: {"observation": codec.to_plain(hits)}},
        },
        texts,
    )
    assert page.count('<rect class="bar"') == 2
    assert page.count('<path class="first"') == page.count('<rect class="run"') == 1
    assert '<svg viewBox="0 0 640 110" role="img" aria-label="6 log lines about this' in page
    assert f'<th scope="row">{START:%Y-%m-%d}</th><td>3</td><td>the first</td>' in page


REFUSED = (
    "ERROR MS Graph Forbidden: GET https://graph.microsoft.com/v1.0/users/a/messages 403 "
    '{"error":{"code":"ErrorAccessDenied","message":"Access is denied."}}'
)


def test_sentence_when_one_line_is_of_two_kinds_of_a_cause_then_it_counts_once(
    product: Product, tmp_path: Path, texts: Texts
) -> None:
    (tmp_path / "a.log").write_text(f"2026-11-24 02:07:00 {REFUSED}\n2026-11-24 02:20:00 end\n")
    found = logs.scan((str(tmp_path),), product, threading.Event())
    assert [match.count for match in found.matches] == [1, 1]
    made = timeline.of_matches(found.matches, found.run)
    assert made
    assert made.count == 1
    told = timeline.sentence(made, texts)
    assert told.startswith("1 log line about this cause, in the hour from 2026-11-24 02:00 on ")
