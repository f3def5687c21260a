# SPDX-License-Identifier: MIT
"""Moments of several zones, and of the hour that comes twice when summer time ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from wizard.nakivo import log_zones

TWICE = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 - as a log without zones has it

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no zone can be set for one process there")


@pytest.fixture(autouse=True)
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test sets is taken back."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def utc(hour: int) -> datetime:
    return datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_comparable_when_an_hour_comes_twice_then_each_is_itself() -> None:
    assert log_zones.comparable(TWICE) == utc(0)
    assert log_zones.comparable(TWICE.replace(fold=1)) == utc(1)
    assert log_zones.comparable(TWICE) == utc(0)


def test_comparable_when_the_computers_zone_is_another_then_so_is_the_moment() -> None:
    assert log_zones.comparable(TWICE) == utc(0)
    os.environ["TZ"] = "UTC"
    time.tzset()
    assert log_zones.comparable(TWICE) == utc(2)
