# SPDX-License-Identifier: MIT
"""Where one run of a log ends and the next begins, without parsing every line."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wizard.nakivo import log_runs, logs
from wizard.nakivo.log_runs import Timeline
from wizard.nakivo.log_tally import LogMatch
from wizard.nakivo.log_zones import comparable
from wizard.product import Product

FULL = "ERROR java.io.IOException: No space left on device"
START = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)
PAUSE = timedelta(hours=8)


def written(path: Path, *lines: tuple[datetime, str]) -> Path:
    path.write_text("".join(f"{when:%Y-%m-%d %H:%M:%S},000 {text}\n" for when, text in lines))
    return path


def night(number: int, *texts: str) -> list[tuple[datetime, str]]:
    told = ["INFO  started", *texts, "INFO  ended"]
    start = START + timedelta(days=number)
    return [(start + timedelta(minutes=9 * n), text) for n, text in enumerate(told)]


def only(product: Product, *paths: Path) -> LogMatch:
    evidence = logs.scan(tuple(map(str, paths)), product, threading.Event())
    return next(match for match in evidence.matches if match.signature == "no_space")


def test_scan_when_clean_nights_followed_then_the_line_is_not_of_the_newest_run(
    product: Product, tmp_path: Path
) -> None:
    lines = night(0, FULL) + [line for n in range(1, 7) for line in night(n)]
    match = only(product, written(tmp_path / "a.log", *lines))
    assert (match.count, match.recent, match.earlier) == (1, 0, 1)
    assert match.age_days == 6.0


def test_scan_when_the_newest_night_failed_then_the_line_is_of_the_newest_run(
    product: Product, tmp_path: Path
) -> None:
    lines = [line for n in range(6) for line in night(n)] + night(6, FULL, FULL)
    match = only(product, written(tmp_path / "a.log", *lines))
    assert (match.recent, match.earlier) == (2, 0)


def test_scan_when_the_clean_nights_are_in_another_log_then_they_count_too(
    product: Product, tmp_path: Path
) -> None:
    old = written(tmp_path / "a.log", *night(0, FULL))
    new = written(tmp_path / "b.log", *night(1))
    assert only(product, old, new).recent == 0
    assert only(product, old).recent == 1


def test_scan_when_a_log_never_pauses_then_a_day_is_the_most(
    product: Product, tmp_path: Path
) -> None:
    hours = [(START + timedelta(hours=n), "INFO  alive") for n in range(100)]
    for at, wanted in ((98, (1, 0)), (70, (1, 0)), (60, (0, 1))):
        lines = sorted([*hours, (START + timedelta(hours=at, minutes=5), FULL)])
        match = only(product, written(tmp_path / f"{at}.log", *lines))
        assert (match.recent, match.earlier) == wanted


@pytest.mark.parametrize("pauses", [(), (17,), (0, 1, 500, 998)])
def test_times_when_a_log_is_long_then_every_pause_is_found_and_no_other(
    pauses: tuple[int, ...],
) -> None:
    when, lines, begun = START, [], [START]
    for n in range(1000):
        lines.append(f"{when:%Y-%m-%d %H:%M:%S} x" + "\n  at a.stack.Trace" * (n % 5))
        when += timedelta(hours=9 if n in pauses else 7)
        if n in pauses:
            begun.append(when)
    data = "\n".join(lines).encode()
    timeline = Timeline(PAUSE)
    for moment in log_runs.times(data, 0, len(data), PAUSE):
        timeline.add(moment)
    assert [comparable(moment.replace(tzinfo=None)) for moment in begun] == [
        b for b, _ in timeline.stretches
    ]


def test_stretches_when_nothing_has_a_time_then_there_are_none() -> None:
    timeline = Timeline(PAUSE)
    assert list(log_runs.times(b"no time\nat all\n", 0, 15, PAUSE)) == []
    assert timeline.stretches == ()


def test_stretches_when_logs_interleave_then_they_are_one() -> None:
    one, other = Timeline(PAUSE), Timeline(PAUSE)
    for hour in (0, 12):
        one.add(START + timedelta(hours=hour))
        other.add(START + timedelta(hours=hour + 6))
    one.add_all(other)
    assert one.stretches == ((START, START + timedelta(hours=18)),)


def test_stretches_when_nights_lie_apart_then_each_is_one() -> None:
    timeline = Timeline(PAUSE)
    for number in range(3):
        for when, _ in night(number):
            timeline.add(when)
    starts = [START + timedelta(days=number) for number in range(3)]
    assert timeline.stretches == tuple((s, s + timedelta(minutes=9)) for s in starts)


def test_scan_when_the_clock_was_set_back_within_a_run_then_it_is_one_run(
    product: Product, tmp_path: Path
) -> None:
    """The hour that comes twice, in a log without zones."""
    hour = timedelta(hours=1)
    lines = [(START, "x"), (START + hour, FULL), (START + hour / 60, "x"), (START + hour, FULL)]
    match = only(product, written(tmp_path / "a.log", *lines))
    assert (match.count, match.recent, match.runs_after) == (2, 2, 0)


def test_scan_when_syslog_lines_run_over_new_year_then_their_files_time_tells_the_year(
    product: Product, tmp_path: Path
) -> None:
    path = tmp_path / "messages.log"
    path.write_text(
        f"Dec 31 23:50:00 host java: {FULL}\nJan  1 00:10:00 host java: {FULL}\n"
        f"Jan  1 00:11:00 host java: ended\n"
    )
    changed = datetime(2026, 1, 2, tzinfo=UTC).timestamp()
    os.utime(path, (changed, changed))
    match = only(product, path)
    assert (match.first, match.last) == ("2025-12-31T23:50:00", "2026-01-01T00:10:00")
    assert match.recent == 2


OK = "INFO  Backing up item"
HOUR = timedelta(hours=1)


def found(product: Product, path: Path) -> logs.LogEvidence:
    return logs.scan((str(path),), product, threading.Event())


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(days=365), timedelta(days=9999)])
def test_scan_when_a_line_is_dated_ahead_then_it_is_told_and_decides_nothing(
    product: Product, tmp_path: Path, ahead: timedelta
) -> None:
    now = datetime.now(UTC)
    path = written(tmp_path / "a.log", (now - HOUR, FULL), (now + ahead, OK))
    evidence = found(product, path)
    (match,) = evidence.matches
    assert (match.recent, match.age_days) == (1, 0.0)
    assert evidence.newest == match.last
    assert evidence.doubts.ahead == 1
    assert evidence.doubts.latest_ahead == f"{now + ahead:%Y-%m-%dT%H:%M:%S}"


def test_scan_when_only_the_failure_is_dated_ahead_then_it_counts_with_the_line_before(
    product: Product, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    lines = (now - HOUR, OK), (now + timedelta(days=99), FULL), (now - HOUR / 2, OK)
    evidence = found(product, written(tmp_path / "a.log", *lines))
    (match,) = evidence.matches
    assert (match.recent, match.last) == (1, f"{now - HOUR:%Y-%m-%dT%H:%M:%S}")
    assert evidence.doubts.ahead == 1


def test_scan_when_all_lines_are_dated_ahead_then_the_failure_has_no_time(
    product: Product, tmp_path: Path
) -> None:
    ahead = datetime.now(UTC) + timedelta(days=99)
    evidence = found(product, written(tmp_path / "a.log", (ahead, FULL), (ahead + HOUR, OK)))
    (match,) = evidence.matches
    assert (match.recent, match.undated, evidence.newest) == (0, 1, None)
    assert evidence.doubts.ahead == 2


@pytest.mark.parametrize(
    ("later", "recent"),
    [([timedelta(days=4)], 1), ([timedelta(days=4), timedelta(days=4, hours=1)], 0)],
)
def test_scan_when_lines_are_later_than_their_files_change_then_one_has_a_wrong_date(
    product: Product, tmp_path: Path, later: list[timedelta], recent: int
) -> None:
    """Two show that the file's time is wrong: Windows may note the change of an open file late."""
    lines = [(START, OK), (START + HOUR, FULL), *((START + hours, OK) for hours in later)]
    path = written(tmp_path / "a.log", *lines)
    os.utime(path, (START.timestamp() + 7200,) * 2)
    evidence = found(product, path)
    assert evidence.matches[0].recent == recent
    assert evidence.doubts.ahead == recent


@pytest.mark.parametrize(
    ("lines", "recent"),
    [
        ([(20, OK), (20.1, OK), (0, FULL), (0.1, OK)], 0),
        ([(20, FULL), (20.1, OK), (0, OK)], 1),
    ],
)
def test_scan_when_a_file_goes_back_in_time_then_its_largest_time_is_the_newest(
    product: Product, tmp_path: Path, lines: list[tuple[float, str]], recent: int
) -> None:
    start = START - timedelta(days=20)
    told = [(start + timedelta(days=days), text) for days, text in lines]
    evidence = found(product, written(tmp_path / "a.log", *told))
    assert evidence.newest == f"{start + timedelta(days=20.1):%Y-%m-%dT%H:%M:%S}"
    assert evidence.matches[0].recent == recent


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("03/11/2026", "23/11/2026"), "2026-11-03T02:14:07"),
        (("11/03/2026", "11/23/2026"), "2026-11-03T02:14:07"),
        (("03/11/2026", "04/11/2026"), None),
    ],
)
def test_scan_when_day_and_month_could_be_either_then_another_line_tells(
    product: Product, tmp_path: Path, dates: tuple[str, str], first: str | None
) -> None:
    path = tmp_path / "a.log"
    path.write_text("".join(f"{date} 02:14:07 {FULL}\n" for date in dates))
    (match,) = found(product, path).matches
    assert match.first == first
    assert match.undated == (0 if first else 2)


@pytest.mark.parametrize(
    ("clocks", "dates"),
    [
        (("23:50:00", "00:10:00"), ("2026-11-16T23:50:00", "2026-11-17T00:10:00")),
        # Of several days, and nothing tells of which.
        (("02:00:00", "01:00:00", "00:10:00"), (None, None)),
        (("00:09:00", "23:50:00", "00:10:00"), (None, None)),
    ],
)
def test_scan_when_lines_have_a_clock_alone_then_their_files_time_tells_the_day(
    product: Product, tmp_path: Path, clocks: tuple[str, ...], dates: tuple[str | None, str | None]
) -> None:
    path = tmp_path / "a.log"
    path.write_text("".join(f"{clock},123 {FULL}\n" for clock in clocks))
    changed = comparable(datetime(2026, 11, 17, 0, 30)).timestamp()  # noqa: DTZ001 - local
    os.utime(path, (changed, changed))
    evidence = found(product, path)
    (match,) = evidence.matches
    assert (match.first, match.last) == tuple(date and f"{date}.123" for date in dates)
    assert evidence.doubts.dated_by_file == (1 if dates[0] else 0)


def test_scan_when_a_log_names_its_zone_then_none_is_assumed(
    product: Product, tmp_path: Path
) -> None:
    path = tmp_path / "a.log"
    path.write_text(f"{START:%Y-%m-%dT%H:%M:%S}Z {FULL}\n")
    assert not found(product, path).doubts.zoneless
    assert found(product, written(path, (START, FULL))).doubts.zoneless
