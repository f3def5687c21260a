# SPDX-License-Identifier: MIT
"""When the job failed, as people type it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wizard.errors import BadInput
from wizard.nakivo import failed_at
from wizard.nakivo.log_zones import comparable, local

DAY = datetime(2026, 10, 23)  # noqa: DTZ001 - as a person says it
MOMENT = DAY.replace(hour=2, minute=14)


@pytest.mark.parametrize(
    "text",
    ["2026-10-23", "23.10.2026", "10/23/2026", "23/10/2026", "23. Okt. 2026", " Oct 23, 2026"],
)
def test_parse_when_a_day_is_typed_then_all_of_it_is_meant(text: str) -> None:
    found = failed_at.parse(text)
    assert found.is_day
    assert (found.begin, found.end) == (comparable(DAY), comparable(DAY + timedelta(days=1)))


@pytest.mark.parametrize(
    "text",
    [
        *("2026-10-23 02:14", "2026-10-23T02:14:00", "23.10.2026  2:14", "10/23/2026 2:14 AM"),
        *("23 Oct 2026 02:14", "Fri Oct 23 02:14:00 2026", "2026-10-23 2:14 am"),
        *("23/10/2026 02:14", "10/23/2026 2:14am", "2026-10-23 02:14 a.m."),
    ],
)
def test_parse_when_a_moment_is_typed_then_it_is_by_the_local_clock(text: str) -> None:
    found = failed_at.parse(text)
    assert not found.is_day
    assert found.begin == found.end == comparable(MOMENT)
    assert found.text == " ".join(text.split())


def test_parse_when_a_zone_is_typed_then_it_counts() -> None:
    for text in ("2026-10-23 02:14Z", "2026-10-23T16:14:00+14:00", "2026-10-22 21:14 -05:00"):
        assert failed_at.parse(text).begin == MOMENT.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "yesterday",
            "02:14",
            "2026-13-01",
            "3/10/2026 02:14",
            "2026-10-23 25:00",
            "1795400047",
        ),
        *("2026-10-23 02:14 garbage", "2026-10-23 02:14 PST8", "about 2026-10-23 02:14"),
        *("2026-10-23 02:14 CST", "2026-10-23 and more", "3/10/2026", "2026-10-23 02:14 PM PM"),
    ],
)
def test_parse_when_it_is_no_time_then_it_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        failed_at.parse(text)
    assert refused.value.text == "error.failed_at"


@pytest.mark.parametrize("text", ["2026-10-23 2:14 PM", "10/23/2026 02:14 pm", "2026-10-23 14:14"])
def test_parse_when_the_half_of_the_day_is_typed_then_it_counts(text: str) -> None:
    assert failed_at.parse(text).begin == comparable(MOMENT.replace(hour=14))


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%Y-%m-%d %H:%M"])
def test_parse_when_it_lies_ahead_then_it_is_refused(form: str) -> None:
    tomorrow = local(datetime.now(UTC)) + timedelta(days=1)
    with pytest.raises(BadInput) as refused:
        failed_at.parse(f"{tomorrow:{form}}")
    assert refused.value.text == "error.failed_at_future"
