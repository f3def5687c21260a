# SPDX-License-Identifier: MIT
"""Quotas, items and time: what else limits the room for temporary files?"""

from __future__ import annotations

import time
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from tests.checks.told import assert_told, judged, observed, values_of
from tests.host.samples import GB, TEMP, closed, java, volume, windows_answers, windows_server
from wizard import codec
from wizard.checks.base import Check
from wizard.checks.temp_folder import CHECK as FOLDER
from wizard.checks.temp_space import CHECK
from wizard.checks.temp_space_seen import TempSpace
from wizard.history import History, SpaceLook
from wizard.host.recorded import RecordedHost
from wizard.model import Finding, Outcome, Scope
from wizard.product import Product
from wizard.texts import Texts

# What the observations of the first version hold.
OLDER = {
    "temp_space": {
        "folder", "assumed", "product_folder", "temp_volume", "product_volume", "leftovers",
        "observed",
    },
    "temp_folder": {
        "folder", "origin", "sight", "named", "processes_differ", "is_absolute", "exists", "volume",
        "reason", "unseen", "variables_unread", "account", "writable",
    },
}  # fmt: skip
ACCOUNT = r"NT AUTHORITY\SYSTEM"


def with_quota(left_gb: float, free_gb: float = 60, **more: Any) -> Finding:
    quota = {
        "limit_bytes": 20 * GB,
        "used_bytes": 1,
        "free_bytes": int(left_gb * GB),
        "source": "quota of C:",
        "free_files": None,
        **more,
    }
    server = windows_server(volumes=[volume("C:\\", free_gb)], quota={ACCOUNT: {"C:\\": quota}})
    return judged(CHECK, server)


@pytest.mark.parametrize(("left_gb", "text"), [(4.5, "quota_too_small"), (6, "quota_small")])
def test_judge_when_only_the_services_account_is_known_then_its_quota_proves_nothing(
    left_gb: float, text: str, texts: Texts
) -> None:
    quota = {
        "limit_bytes": 20 * GB,
        "used_bytes": 1,
        "free_bytes": int(left_gb * GB),
        "source": "q",
    }
    server = windows_server(processes=[java(account=None)], quota={"LocalSystem": {"C:\\": quota}})
    told = judged(CHECK, server)
    assert (told.text, told.decisive) == (f"check.temp_space.{text}_assumed", False)
    assert "seems to run" in texts.summary(told)


@pytest.mark.parametrize(
    ("left_gb", "free_gb", "text"),
    [
        (5, 60, "quota_too_small"),
        (5.001, 60, "quota_small"),
        (3, 2, "temp_too_small"),
        (60, 60, "enough"),
        (11, 60, "quota_small"),
        (12, 60, "enough"),
    ],
)
def test_judge_when_a_quota_leaves_less_than_the_disk_then_it_counts(
    left_gb: float, free_gb: float, text: str
) -> None:
    told = with_quota(left_gb, free_gb)
    assert told.text == f"check.temp_space.{text}"
    assert values_of(told)["quota_left"] == pytest.approx(left_gb, abs=0.01)


def test_judge_when_the_quota_is_the_limit_then_its_account_and_both_numbers_are_told(
    texts: Texts,
) -> None:
    told = with_quota(4.5)
    assert (told.outcome, told.decisive) == (Outcome.PROBLEM, True)
    assert all(word in texts.summary(told) for word in (ACCOUNT, "4.5 GB", "60 GB"))


def test_judge_when_the_quota_allows_no_more_files_then_problem() -> None:
    assert with_quota(19, free_files=0).text == "check.temp_space.no_more_files"


def test_judge_when_quotas_cannot_be_told_then_the_volume_counts_and_that_is_shown() -> None:
    told = judged(CHECK, windows_server(quota={ACCOUNT: {"C:\\": closed()}}))
    assert told.outcome is Outcome.OK
    assert values_of(told)["quota_unread"] == ACCOUNT


def test_judge_when_the_account_is_unknown_then_that_no_quota_was_looked_for_is_shown() -> None:
    told = judged(CHECK, windows_server(services=[], processes=[java(account=None)]))
    assert values_of(told)["quota_account_unseen"] == TEMP


def test_judge_when_there_is_no_quota_then_not_a_word_of_it() -> None:
    told = values_of(judged(CHECK, windows_server(quota={ACCOUNT: {"C:\\": None}})))
    assert not [label for label in told if label.startswith("quota")]


def for_items(free_gb: float, *sizes: float, **changes: Any) -> Finding:
    server = windows_server(volumes=[volume("C:\\", free_gb)], **changes)
    return judged(CHECK, server, scope=Scope(largest_items_gb=sizes))


@pytest.mark.parametrize(
    ("free_gb", "outcome", "text"),
    [
        (4, Outcome.PROBLEM, "temp_too_small_for_items"),
        (6, Outcome.PROBLEM, "disk_too_small_for_items"),
        (24.5, Outcome.WARNING, "items_too_large"),
        (24.51, Outcome.OK, "enough_for_items"),
    ],
)
def test_judge_when_items_are_named_then_more_than_their_sum_and_the_reserve_is_needed(
    free_gb: float, outcome: Outcome, text: str, texts: Texts
) -> None:
    told = for_items(free_gb, 12.5, 8, 3, 0.5)
    assert (told.outcome, told.text) == (outcome, f"check.temp_space.{text}")
    assert values_of(told)["items_sum"] == "12.5 + 8 + 3 + 1"
    assert values_of(told)["items_needed"] == 24.5
    assert "12.5 + 8 + 3 + 1 GB" in texts.summary(told)
    if outcome is not Outcome.OK:
        assert "24.5 GB" in texts.advice(told)[0]


def test_judge_when_items_need_too_much_then_the_11_1_article_is_the_source() -> None:
    assert for_items(60, 50, 30).source == "temp_article"


def test_judge_when_the_folder_is_only_assumed_then_items_prove_nothing() -> None:
    told = for_items(60, 50, 30, processes=[])
    assert told.text == "check.temp_space.assumed"
    assert values_of(told)["items_needed"] == 81


def falling(tmp_path: Path, *free_gb: float, now_gb: float = 60, hours: float = 2) -> Finding:
    """Earlier looks so many hours apart, the last one that long ago."""
    kept = History(tmp_path / "history.jsonl")
    now = datetime.now(UTC)
    for number, free in enumerate(free_gb):
        when = now - timedelta(hours=hours * (len(free_gb) - number))
        kept.add(SpaceLook(when, "BACKUP01", "C:\\", 100 * GB, int(free * GB)))
    return judged(CHECK, windows_server(volumes=[volume("C:\\", now_gb)]), history=kept)


def test_judge_when_it_will_be_full_within_a_day_then_warning_with_rate_and_time(
    tmp_path: Path, texts: Texts
) -> None:
    told = falling(tmp_path, 80, 70)
    assert (told.outcome, told.text) == (Outcome.WARNING, "check.temp_space.filling")
    assert "falls by 5 GB per hour" in texts.summary(told)
    assert "in about 11 hours" in texts.summary(told)
    row = next(row for row in told.evidence if row.label == "full_in")
    assert (row.value, row.unit) == (12.0, "hours")
    assert row.source == str(tmp_path / "history.jsonl")


def test_judge_when_it_falls_slowly_then_ok_and_the_time_is_shown(tmp_path: Path) -> None:
    told = falling(tmp_path, 64, 62, hours=12)
    assert told.text == "check.temp_space.enough"
    row = next(row for row in told.evidence if row.label == "full_in")
    assert (row.value, row.unit) == (15.0, "days")


def test_judge_when_it_wavers_then_no_trend_at_all(tmp_path: Path) -> None:
    told = falling(tmp_path, 60.3, 59.9)
    assert told.text == "check.temp_space.enough"
    assert "full_in" not in values_of(told)


def test_judge_when_a_limit_is_broken_already_then_that_comes_before_any_trend(
    tmp_path: Path,
) -> None:
    assert falling(tmp_path, 9, 7, now_gb=4).text == "check.temp_space.temp_too_small"


def test_judge_when_the_history_cannot_be_read_then_that_is_shown(tmp_path: Path) -> None:
    (tmp_path / "history.jsonl").write_text("broken")
    told = judged(CHECK, windows_server(), history=History(tmp_path / "history.jsonl"))
    assert told.outcome is Outcome.OK
    assert values_of(told)["history_unread"] == str(tmp_path / "history.jsonl")


def test_judge_when_a_line_of_the_history_is_half_then_that_is_shown(tmp_path: Path) -> None:
    kept = History(tmp_path / "history.jsonl")
    kept.add(SpaceLook(datetime.now(UTC), "BACKUP01", "C:\\", 1, 1))
    kept.path.write_bytes(kept.path.read_bytes() + b"half")
    told = judged(CHECK, windows_server(), history=kept)
    assert values_of(told)["history_unread_lines"] == 1


def seen_twice(second_gb: float, seconds: float = 2.0, first_gb: float = 60) -> TempSpace:
    """A recorded look and a second one."""
    server = windows_server(volumes=[volume("C:\\", first_gb)])
    seen: TempSpace = observed(CHECK, server)
    later = seen.observed + timedelta(seconds=seconds)
    second = replace(seen.first, when=later, free_bytes=int(second_gb * GB))
    return replace(seen, second=second)


@pytest.mark.parametrize(
    ("fallen_mb", "text", "is_shown"),
    [(10, "enough", False), (100, "enough", True), (200, "filling", True)],
)
def test_judge_when_it_fell_between_two_looks_then_only_what_is_full_at_once_is_a_warning(
    product: Product, fallen_mb: int, text: str, is_shown: bool
) -> None:
    told = CHECK.judge(seen_twice(60 - fallen_mb / 1024), product)
    assert_told(told, product)
    assert told.text == f"check.temp_space.{text}"
    assert ("full_in" in values_of(told)) is is_shown


def test_observe_when_told_to_look_again_then_two_looks_that_far_apart() -> None:
    begun = time.monotonic()
    seen = observed(CHECK, windows_server(), second_look_s=0.3)
    assert time.monotonic() - begun >= 0.3
    assert seen.second.free_bytes == seen.first.free_bytes
    assert (seen.second.when - seen.observed).total_seconds() >= 0.2


def test_judge_when_the_second_look_has_no_answer_then_that_is_shown(product: Product) -> None:
    answers = windows_answers()
    Timer(0.2, lambda: answers.update(volumes=closed("Zugriff verweigert"))).start()
    told = CHECK.judge(observed(CHECK, RecordedHost(answers), second_look_s=0.6), product)
    assert_told(told, product)
    row = next(row for row in told.evidence if row.label == "second_look_unread")
    assert (row.value, row.source) == ("C:\\", "Zugriff verweigert")


def test_observe_when_the_run_has_a_short_limit_then_it_does_not_wait() -> None:
    seen = observed(CHECK, windows_server(), scope=Scope(timeout_s=2), second_look_s=60)
    assert seen.second is None


def test_judge_when_the_speed_is_measured_then_shown_with_its_unit() -> None:
    speed = {"bytes_per_second": 80.0 * 1024**2, "size_bytes": 128 * 1024**2, "seconds": 1.6}
    server = windows_server(write_speed={"C:\\": speed})
    told = judged(CHECK, server, scope=Scope(measure_speed=True))
    row = next(row for row in told.evidence if row.label == "write_speed")
    assert (row.value, row.unit) == (80.0, "MB per second")
    assert "write_speed" not in values_of(judged(CHECK, server))


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"volumes": [volume("C:\\", 5.1)]}, "write_speed_no_room"),
        ({"write_speed": {"C:\\": closed()}}, "write_speed_unmeasured"),
    ],
)
def test_judge_when_the_speed_cannot_be_measured_then_that_is_shown_and_the_space_counts(
    changes: dict[str, Any], label: str
) -> None:
    told = judged(CHECK, windows_server(**changes), scope=Scope(measure_speed=True))
    assert label in values_of(told)
    assert told.outcome is not Outcome.COULD_NOT_CHECK


@pytest.mark.parametrize("check", [CHECK, FOLDER])
def test_judge_when_the_observation_is_of_an_older_version_then_it_says_the_same(
    check: Check[Any], product: Product
) -> None:
    seen = observed(check, windows_server(may_write={ACCOUNT: {TEMP: True}}))
    new = {field.name for field in fields(seen) if field.name not in OLDER[check.id]}
    plain = {name: value for name, value in codec.to_plain(seen).items() if name not in new}
    again = check.judge(codec.from_plain(plain, check.observation), product)
    assert (again.outcome, again.text) == (Outcome.OK, check.judge(seen, product).text)
