# SPDX-License-Identifier: MIT
"""Times at the beginning of lines, as loggers write them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from wizard.nakivo import log_times
from wizard.nakivo.log_times import Years
from wizard.nakivo.log_zones import as_written, comparable, local

CET = timezone(timedelta(hours=1))
NAIVE = datetime(2026, 11, 23, 2, 14, 7)  # noqa: DTZ001 - a log without a zone


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("2026-11-23 02:14:07 INFO x", NAIVE),
        ("2026-11-23 02:14:07,123 INFO x", NAIVE.replace(microsecond=123_000)),
        ("[2026-11-23 02:14:07.5] x", NAIVE.replace(microsecond=500_000)),
        ("2026/11/23 02:14:07 x", NAIVE),
        ("2026-11-23T02:14:07Z x", NAIVE.replace(tzinfo=UTC)),
        ("2026-11-23T02:14:07.123456789Z x", NAIVE.replace(microsecond=123_456, tzinfo=UTC)),
        ("2026-11-23T02:14:07+01:00 x", NAIVE.replace(tzinfo=CET)),
        ("2026-11-23 02:14:07 -0330 x", NAIVE.replace(tzinfo=timezone(-timedelta(hours=3.5)))),
        ("23/Nov/2026:02:14:07 +0100 x", NAIVE.replace(tzinfo=CET)),
        ('10.0.0.1 - - [23/Nov/2026:02:14:07 +0000] "GET /"', NAIVE.replace(tzinfo=UTC)),
        ("23-Nov-2026 02:14:07.000 INFO [main] org.apache", NAIVE),
        ("Nov 23, 2026 2:14:07 AM com.example.Main", NAIVE),
        ("11/23/2026 2:14:07 PM x", NAIVE.replace(hour=14)),
        ("11/23/2026 12:14:07 AM x", NAIVE.replace(hour=0)),
        ("23.11.2026 02:14:07 x", NAIVE),
        ("11/23/2026 02:14:07 x", NAIVE),
        ("23/11/2026 02:14:07 x", NAIVE),
        ("23-11-2026 02:14:07.000 x", NAIVE),
        ("23. Nov. 2026 02:14:07 com.example.Main run", NAIVE),
        ("Nov. 23, 2026 2:14:07 PM com.example.Main run", NAIVE.replace(hour=14)),
        ("2026-11-23 02:14:07 PM INFO x", NAIVE.replace(hour=14)),
        ("2026-11-23 14:14:07 PM INFO x", NAIVE.replace(hour=14)),
        ("\x1b[31m2026-11-23 02:14:07 ERROR\x1b[0m x", NAIVE),
        ("\x1b[1;31mERROR\x1b[m 2026-11-23 02:14:07 x", NAIVE),
        ("INFO  2026-11-23 02:14:07 x", NAIVE),
        ("[ERROR] [2026-11-23 02:14:07] x", NAIVE),
        ('{"timestamp":"2026-11-23T02:14:07Z","level":"ERROR"}', NAIVE.replace(tzinfo=UTC)),
        ("[pool-1-thread-1] 2026-11-23 02:14:07 x", NAIVE),
        ("2026-11-23T02:14Z x", NAIVE.replace(second=0, tzinfo=UTC)),
        ("2026-11-23 02:14 x", NAIVE.replace(second=0)),
        ("20261123T021407,5+0100 x", NAIVE.replace(microsecond=500_000, tzinfo=CET)),
        ("2026-11-23T02:14:07+01:00[Europe/Berlin] x", NAIVE.replace(tzinfo=CET)),
        ("2026-11-23T02:14:07+01 x", NAIVE.replace(tzinfo=CET)),
        ("2026-11-23 02:14:07 CET x", NAIVE.replace(tzinfo=CET)),
        ("2026-11-23 02:14:07 EST x", NAIVE.replace(tzinfo=timezone(-timedelta(hours=5)))),
        ("2026-11-23 02:14:07 CST of several zones", NAIVE),
        ("2026-11-23 02:14:07 ESTABLISHED x", NAIVE),
        ("Mon 2026-11-23 02:14:07 UTC x", NAIVE.replace(tzinfo=UTC)),
        ("Mon Nov 23 02:14:07 CET 2026", NAIVE.replace(tzinfo=CET)),
        ("Mon Nov 23 02:14:07 2026 x", NAIVE),
        ("Mon, 23 Nov 2026 02:14:07 GMT x", NAIVE.replace(tzinfo=UTC)),
        ("23 Nov 2026 02:14:07,123 x", NAIVE.replace(microsecond=123_000)),
        ("Nov 23 2026 02:14:07 firewall: x", NAIVE),
        ("<34>1 2026-11-23T02:14:07Z host app x", NAIVE.replace(tzinfo=UTC)),
        ("1795400047123 INFO x", NAIVE.replace(microsecond=123_000, tzinfo=UTC)),
        ("[1795400047.5000] x", NAIVE.replace(microsecond=500_000, tzinfo=UTC)),
        ("1795400047 ERROR x", NAIVE.replace(tzinfo=UTC)),
        ('{"ts":1795400047.500,"level":"error"}', NAIVE.replace(microsecond=500_000, tzinfo=UTC)),
        ("2026-11-22 24:00:00 x", NAIVE.replace(hour=0, minute=0, second=0)),
        ("2026-11-22 23:59:60 x", NAIVE.replace(day=22, hour=23, minute=59, second=59)),
    ],
)
def test_parse_when_a_line_begins_with_a_time_then_it_is_read(line: str, moment: datetime) -> None:
    assert log_times.parse(line) == moment


@pytest.mark.parametrize(
    "line",
    [
        "\tat java.base/java.util.Arrays.copyOf(Arrays.java:3745)",
        "The secret expires on 2027-01-01 00:00:00",
        '      "date": "2026-11-23T02:14:07",',
        "1795400047 bytes copied",
        "179540004712345 x",
        "2026-11-23 24:00:01 x",
        "2026-11-23 02:13:60 x",
        "Nov 31 02:14:07 host x",
        "2026-13-45 99:99:99 x",
        "11/12/2026 02:14:07 x",
        "02:14:07,123 ERROR x",
        "23/Foo/2026:02:14:07 x",
        "",
    ],
)
def test_parse_when_there_is_no_time_of_the_line_then_none(line: str) -> None:
    assert log_times.parse(line) is None


@pytest.mark.parametrize(
    ("name", "month"),
    [
        *(("Jan.", 1), ("Feb.", 2), ("März", 3), ("Apr.", 4), ("Mai", 5), ("Juni", 6)),
        *(("Juli", 7), ("Aug.", 8), ("Sept.", 9), ("Okt.", 10), ("Nov.", 11), ("Dez.", 12)),
    ],
)
def test_parse_when_a_german_java_wrote_the_month_then_it_is_read(name: str, month: int) -> None:
    wanted = NAIVE.replace(month=month)
    assert log_times.parse(f"23. {name} 2026 02:14:07 com.example.Main run") == wanted
    assert log_times.parse(f"{name} 23, 2026 2:14:07 AM com.example.Main run") == wanted


@pytest.mark.parametrize(
    ("line", "years", "moment"),
    [
        ("3/11/2026 02:14:07 x", Years(day_first=True), NAIVE.replace(day=3)),
        ("11/3/2026 02:14:07 x", Years(day_first=False), NAIVE.replace(day=3)),
        ("3/11/2026 2:14:07 AM x", Years(day_first=True), NAIVE.replace(day=3)),
        ("11/3/2026 2:14:07 AM x", Years(), NAIVE.replace(day=3)),
        ("02:14:07,000 ERROR x", Years(NAIVE.replace(hour=3), clock_only=True), NAIVE),
        ("[02:14:07] x", Years(NAIVE.replace(hour=3), clock_only=True), NAIVE),
        (
            "23:50:00.000 [main] INFO x",
            Years(NAIVE, clock_only=True),
            NAIVE.replace(day=22, hour=23, minute=50, second=0),
        ),
        ("02:14:07 remaining", Years(NAIVE, clock_only=True), None),
    ],
)
def test_parse_when_a_line_does_not_tell_its_date_then_its_log_does(
    line: str, years: Years, moment: datetime | None
) -> None:
    assert log_times.parse(line, years) == moment


EVE = datetime(2026, 12, 31)  # noqa: DTZ001 - the same
NEW_YEAR = datetime(2027, 1, 5, 9, 0)  # noqa: DTZ001 - as a file's time without a zone


@pytest.mark.parametrize(
    ("line", "years", "shown"),
    [
        ("Nov 23 02:14:07 host kernel: x", Years(before=NEW_YEAR), "2026-11-23T02:14:07"),
        ("Nov  3 02:14:07 host kernel: x", Years(before=NEW_YEAR), "2026-11-03T02:14:07"),
        ("<34>Dec 31 23:59:59 host x", Years(before=NEW_YEAR), "2026-12-31T23:59:59"),
        ("Jan  1 00:00:01 host x", Years(before=NEW_YEAR), "2027-01-01T00:00:01"),
        ("Jan  6 08:00:00 written in another zone", Years(before=NEW_YEAR), "2027-01-06T08:00:00"),
        ("Feb 29 02:14:07 host x", Years(before=NEW_YEAR), "2024-02-29T02:14:07"),
        ("E1123 02:14:07.123456 7 main.cc:9] x", Years(before=NEW_YEAR), "2026-11-23T02:14:07.123"),
        ("Jan  2 02:14:07 host x", Years(NEW_YEAR, EVE.replace(year=2024)), "2025-01-02T02:14:07"),
        (
            "Dec 30 02:14:07 set back",
            Years(NEW_YEAR, EVE),
            "2026-12-30T02:14:07",
        ),
        (
            "Nov 30 02:14:07 set back far",
            Years(NEW_YEAR, EVE),
            "2026-11-30T02:14:07",
        ),
    ],
)
def test_parse_when_a_line_names_no_year_then_its_file_and_neighbours_tell_it(
    line: str, years: Years, shown: str
) -> None:
    assert log_times.shown(log_times.parse(line, years)) == shown


def test_parse_when_nothing_tells_the_year_then_it_is_the_newest_that_is_over() -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    found = log_times.parse("Jan  1 00:00:00 host x")
    assert found
    assert found.year == tomorrow.year


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        # The hour that comes twice, when clocks go back.
        ("2026-10-25 02:59:59 CEST x", "2026-10-25 02:00:01 CET x"),
        # The hour that is left out, when they go forward.
        ("2026-03-29 01:59:59 CET x", "2026-03-29 03:00:00 CEST x"),
        # Two zones in one set of logs.
        ("2026-11-23T03:14:07+02:00 x", "2026-11-23T02:14:07Z x"),
        ("2026-11-23 23:30:00 EST x", "2026-11-24T05:00:00Z x"),
    ],
)
def test_comparable_when_lines_are_of_two_zones_then_their_order_is_right(
    earlier: str, later: str
) -> None:
    first, second = log_times.parse(earlier), log_times.parse(later)
    assert first
    assert second
    assert comparable(first) < comparable(second) <= comparable(first) + timedelta(hours=1)


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer five hours behind UTC, four in summer."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows keeps its zone to itself")
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "EST5EDT,M3.2.0,M11.1.0")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("new_york")
def test_comparable_when_a_log_names_no_zone_then_it_is_the_computers() -> None:
    assert comparable(NAIVE) == NAIVE.replace(hour=7, tzinfo=UTC)
    assert local(NAIVE.replace(hour=7, tzinfo=UTC)) == NAIVE
    assert as_written(NAIVE.replace(hour=7, tzinfo=UTC), like=NAIVE) == NAIVE
    assert as_written(NAIVE.replace(tzinfo=UTC), like=NAIVE.replace(tzinfo=CET)).tzinfo is CET
    summer = NAIVE.replace(month=7)
    assert comparable(summer) == summer.replace(hour=6, tzinfo=UTC)
