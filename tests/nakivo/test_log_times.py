# SPDX-License-Identifier: MIT
"""Times at the beginning of lines, as loggers write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from wizard.nakivo import log_times

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
        ("2026-11-23T02:14:07+01:00 x", NAIVE.replace(tzinfo=timezone(timedelta(hours=1)))),
        ("2026-11-23 02:14:07 -0330 x", NAIVE.replace(tzinfo=timezone(-timedelta(hours=3.5)))),
        ("23/Nov/2026:02:14:07 +0100 x", NAIVE.replace(tzinfo=timezone(timedelta(hours=1)))),
        ('10.0.0.1 - - [23/Nov/2026:02:14:07 +0000] "GET /"', NAIVE.replace(tzinfo=UTC)),
        ("23-Nov-2026 02:14:07.000 INFO [main] org.apache", NAIVE),
        ("Nov 23, 2026 2:14:07 AM com.example.Main", NAIVE),
        ("11/23/2026 2:14:07 PM x", NAIVE.replace(hour=14)),
        ("11/23/2026 12:14:07 AM x", NAIVE.replace(hour=0)),
        ("23.11.2026 02:14:07 x", NAIVE),
        ("INFO  2026-11-23 02:14:07 x", NAIVE),
        ("[ERROR] [2026-11-23 02:14:07] x", NAIVE),
        ('{"timestamp":"2026-11-23T02:14:07Z","level":"ERROR"}', NAIVE.replace(tzinfo=UTC)),
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
        "1763864047123 INFO epoch",
        "2026-13-45 99:99:99 x",
        "11/23/2026 02:14:07 x",
        "23/Foo/2026:02:14:07 x",
        "",
    ],
)
def test_parse_when_there_is_no_time_of_the_line_then_none(line: str) -> None:
    assert log_times.parse(line) is None
