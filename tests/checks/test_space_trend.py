# SPDX-License-Identifier: MIT
"""Is a disk that fills up told from one whose free space only comes and goes?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.host.samples import GB, windows_server
from tests.support.rows import NOON, row
from wizard.checks import space_trend
from wizard.checks.space_trend import Trend
from wizard.checks.temp_space import CHECK
from wizard.history import History, SpaceLook
from wizard.model import CauseId, Credentials, Diagnosis, HostFacts, Outcome, Scope
from wizard.product import Product
from wizard.session import Session
from wizard.texts import Texts

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def look(hours_ago: float, free_gb: float, **more: Any) -> SpaceLook:
    made = SpaceLook(
        NOW - timedelta(hours=hours_ago), "BACKUP01", "D:\\", 100 * GB, int(free_gb * GB)
    )
    return replace(made, **more)


def trend(product: Product, *earlier: SpaceLook, now_gb: float = 40.0) -> Trend | None:
    return space_trend.over_days(earlier, look(0, now_gb), product)


def test_over_days_when_it_falls_steadily_then_the_rate_and_since_when(product: Product) -> None:
    found = trend(product, look(10, 60), look(5, 50))
    assert found is not None
    assert (found.since, found.looks) == (NOW - timedelta(hours=10), 3)
    assert found.bytes_per_hour == 2 * GB
    assert found.hours_until(40 * GB) == 20
    assert found.hours_until(40 * GB, 5 * GB) == 17.5
    assert found.hours_until(4 * GB, 5 * GB) == 0


def test_over_days_when_it_rose_between_then_only_the_fall_since_counts(product: Product) -> None:
    found = trend(product, look(20, 20), look(10, 60), look(5, 50))
    assert found is not None
    assert found.since == NOW - timedelta(hours=10)


@pytest.mark.parametrize(
    "earlier",
    [
        (),
        (look(10, 40.5),),  # no more than usual
        (look(10, 39),),  # it rose
        (look(0.9, 60),),  # too short a time
        (look(24 * 15, 60),),  # too long ago
        (look(-1, 60),),  # a clock that was set back
        (look(10, 60, computer="OTHER"),),
        (look(10, 60, volume="E:\\"),),
        (look(10, 60, total_bytes=99 * GB),),  # another disk, or one that grew
    ],
)
def test_over_days_when_it_may_be_chance_then_no_trend(
    product: Product, earlier: tuple[SpaceLook, ...]
) -> None:
    assert trend(product, *earlier) is None


def test_over_days_when_looks_waver_within_the_usual_then_the_fall_goes_on(
    product: Product,
) -> None:
    found = trend(product, look(10, 60), look(6, 50), look(5, 50.4), look(4, 45))
    assert found is not None
    assert found.since == NOW - timedelta(hours=10)


@pytest.mark.parametrize(("fallen", "is_told"), [(32, False), (33, True), (-50, False)])
def test_in_run_when_more_than_usual_was_written_then_a_trend(
    product: Product, fallen: int, is_told: bool
) -> None:
    first = look(2 / 3600, 40)
    second = replace(look(0, 40), free_bytes=first.free_bytes - fallen * 1024**2)
    found = space_trend.in_run(first, second, product)
    assert (found is not None) is is_told


def test_in_run_when_both_are_of_one_moment_then_no_rate(product: Product) -> None:
    assert space_trend.in_run(look(0, 40), look(0, 30), product) is None


def test_remember_when_free_space_was_looked_at_then_one_more_look(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    kept = History(tmp_path / "history.jsonl")
    session = Session(
        windows_server(),
        product,
        texts,
        Scope(offline=True),
        Credentials(),
        [CHECK],
        find_history=lambda: kept,
    )
    session.diagnose()
    session.recheck(CauseId.TEMP_FOLDER)
    session.recheck(CauseId.MEMORY)
    told = {(one.computer, one.volume, one.free_bytes) for one in kept.read().looks}
    assert told == {("BACKUP01", "C:\\", 60 * GB)}
    assert len(kept.read().looks) == 2


@pytest.mark.parametrize("observation", [None, [], {"temp_volume": None, "observed": "x"}])
def test_remember_when_it_was_not_looked_at_then_nothing_is_kept(
    tmp_path: Path, observation: Any
) -> None:
    kept = History(tmp_path / "history.jsonl")
    result = replace(row(CauseId.TEMP_FOLDER, Outcome.COULD_NOT_CHECK), observation=observation)
    facts = HostFacts("linux", "Debian", "backup01", is_admin=False)
    space_trend.remember(Diagnosis("1", NOON, NOON, facts, (result,), ()), kept)
    assert not kept.path.exists()
