# SPDX-License-Identifier: MIT
"""Is the vendor's rule kept to the byte, on one volume and on two?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import judged, values_of
from tests.host.samples import (
    GB,
    ROOT,
    TEMP,
    closed,
    file,
    java,
    volume,
    windows_answers,
    windows_server,
)
from tests.nakivo.test_java import running_java
from tests.support.small_disk import BLOCK, SmallDisk, small_disk
from wizard.checks.temp_space import CHECK
from wizard.errors import CannotCheck
from wizard.host.live import live_host
from wizard.model import Finding, Outcome
from wizard.texts import Texts

MOVED = java("-DtempPath=D:\\Dtmp")


def on_one(free_bytes: int, **changes: Any) -> Finding:
    """Temporary folder and product on C:."""
    volumes = [volume("C:\\", 0, free_bytes=free_bytes)]
    return judged(CHECK, windows_server(volumes=volumes, **changes))


def with_files() -> dict[str, Any]:
    """One file of long ago, one written since the Java Transporter's start."""
    old = file(TEMP + r"\a.tmp", 2 * GB, when="2026-01-01T00:00:00.000Z")
    return {**windows_answers()["files"], TEMP: [old, file(TEMP + r"\b.tmp", GB)]}


def on_two(temp_bytes: int, product_bytes: int) -> Finding:
    """Temporary folder on D:, product on C:."""
    volumes = [
        volume("C:\\", 0, free_bytes=product_bytes),
        volume("D:\\", 0, free_bytes=temp_bytes),
    ]
    return judged(CHECK, windows_server(volumes=volumes, processes=[MOVED]))


@pytest.mark.parametrize(
    ("free_bytes", "outcome", "text"),
    [
        (0, Outcome.PROBLEM, "temp_too_small"),
        (5 * GB, Outcome.PROBLEM, "temp_too_small"),
        (5 * GB + 1, Outcome.PROBLEM, "disk_too_small"),
        (10 * GB - 1, Outcome.PROBLEM, "disk_too_small"),
        (10 * GB, Outcome.WARNING, "near_limit"),
        (12 * GB - 1, Outcome.WARNING, "near_limit"),
        (12 * GB, Outcome.OK, "enough"),
    ],
)
def test_judge_when_on_one_volume_then_both_numbers_apply_to_the_byte(
    free_bytes: int, outcome: Outcome, text: str
) -> None:
    told = on_one(free_bytes)
    assert (told.outcome, told.text) == (outcome, f"check.temp_space.{text}")
    assert told.decisive is (outcome is Outcome.PROBLEM)
    assert bool(told.fixes) is (outcome is not Outcome.OK)


@pytest.mark.parametrize(
    ("temp_bytes", "product_bytes", "outcome", "text"),
    [
        (5 * GB, 50 * GB, Outcome.PROBLEM, "temp_too_small"),
        (5 * GB + 1, 50 * GB, Outcome.WARNING, "temp_below_disk_number"),
        (10 * GB - 1, 50 * GB, Outcome.WARNING, "temp_below_disk_number"),
        (50 * GB, 10 * GB - 1, Outcome.WARNING, "product_disk_small"),
        (50 * GB, 10 * GB, Outcome.WARNING, "near_limit"),
        (12 * GB, 50 * GB, Outcome.OK, "enough"),
        (5 * GB, 5 * GB, Outcome.PROBLEM, "temp_too_small"),
    ],
)
def test_judge_when_on_two_volumes_then_each_number_applies_to_its_own(
    temp_bytes: int, product_bytes: int, outcome: Outcome, text: str
) -> None:
    told = on_two(temp_bytes, product_bytes)
    assert (told.outcome, told.text) == (outcome, f"check.temp_space.{text}")
    assert "product_volume" in values_of(told)


def test_judge_when_a_byte_is_short_then_the_number_shown_is_short_too() -> None:
    assert values_of(on_one(10 * GB - 1))["temp_free"] == 9.99
    assert values_of(on_one(10 * GB))["temp_free"] == 10.0
    assert values_of(on_two(50 * GB, 10 * GB - 1))["disk_free"] == 9.99


def test_judge_when_limits_are_shown_then_with_the_page_they_come_from() -> None:
    sources = {evidence.label: evidence.source for evidence in on_one(GB).evidence}
    assert "NAKIVO" in sources["temp_needed"]
    assert sources["temp_free"].startswith("GetDiskFreeSpaceEx")


def test_judge_when_the_folder_is_only_assumed_then_enough_proves_nothing() -> None:
    told = on_one(50 * GB, processes=[])
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.temp_space.assumed")


def test_judge_when_the_assumed_folder_is_full_then_a_problem_without_proof() -> None:
    told = on_one(GB, processes=[])
    assert (told.outcome, told.decisive) == (Outcome.PROBLEM, False)


def test_judge_when_files_are_older_than_the_process_then_they_were_left_behind() -> None:
    told = values_of(on_one(50 * GB, files=with_files()))
    assert (told["dead_files"], told["dead_size"]) == (1, 2.0)
    assert told["dead_oldest"] > 100
    assert (told["fresh_files"], told["fresh_size"]) == (1, 1.0)
    assert "leftover_files" not in told


def test_judge_when_no_java_runs_then_every_file_was_left_behind() -> None:
    told = values_of(on_one(GB, files=with_files(), processes=[]))
    assert (told["idle_files"], told["dead_size"]) == (2, 3.0)
    assert "fresh_files" not in told


@pytest.mark.parametrize(
    "processes",
    [closed(), [java(started=None)], [java(arguments=None, executable=None)]],
)
def test_judge_when_the_start_cannot_be_told_then_the_files_are_not_told_apart(
    processes: Any,
) -> None:
    told = values_of(on_one(GB, files=with_files(), processes=processes))
    assert (told["leftover_files"], told["leftover_size"]) == (2, 3.0)
    assert told["leftover_oldest"] > 100
    assert not {"dead_files", "fresh_files"} & set(told)


def test_judge_when_the_folder_is_closed_then_the_space_still_counts() -> None:
    files = {**windows_answers()["files"], TEMP: closed("Zugriff verweigert")}
    told = on_one(GB, files=files)
    assert told.outcome is Outcome.PROBLEM
    assert "leftover_files" not in values_of(told)
    row = next(row for row in told.evidence if row.label == "leftovers_unread")
    assert (row.value, row.source) == (TEMP, "Zugriff verweigert")


def test_judge_when_a_folder_in_it_is_closed_then_the_others_count_and_it_is_told() -> None:
    files = with_files()
    files[TEMP] = [*files[TEMP], file(TEMP + r"\x", folder=True)]
    files[TEMP + r"\x"] = closed("Zugriff verweigert")
    told = on_one(50 * GB, files=files)
    assert values_of(told)["dead_files_at_least"] == 1
    row = next(row for row in told.evidence if row.label == "folders_unread")
    assert (row.value, row.source) == (1, TEMP + r"\x: Zugriff verweigert")


def test_observe_when_volumes_cannot_be_read_then_cannot_check() -> None:
    with pytest.raises(CannotCheck):
        judged(CHECK, windows_server(volumes=closed()))


@pytest.fixture
def product_volume(tmp_path: Path) -> Iterator[SmallDisk]:
    """A real file system for the product, whose size can be set to the block."""
    with small_disk(tmp_path / "nakivo", f"size={5 * GB}") as disk:
        yield disk


def test_judge_when_a_real_volume_is_at_each_limit_then_exactly_as_the_rule_says(
    product_volume: SmallDisk, tmp_path: Path
) -> None:
    root = product_volume.point
    (root / "transporter" / "java" / "tmp").mkdir(parents=True)
    expected = {
        5 * GB: "temp_too_small",
        5 * GB + BLOCK: "disk_too_small",
        10 * GB - BLOCK: "disk_too_small",
        10 * GB: "near_limit",
        12 * GB: "enough",
    }
    told = {}
    # The program lies elsewhere, so that the volume holds nothing but empty folders.
    with running_java(tmp_path / "jre", f"-Dhome={root}/transporter"):
        for size in expected:
            product_volume.remount(f"size={size}")
            finding = judged(CHECK, live_host(), str(root))
            told[size] = finding.text.rpartition(".")[2]
    assert told == expected


@pytest.mark.parametrize("free_gb", [1, 11, 200])
def test_judge_when_told_then_the_rule_of_the_largest_items_is_told_with_its_source(
    free_gb: int, texts: Texts
) -> None:
    told = on_one(free_gb * GB)
    said = " ".join([texts.summary(told), *texts.advice(told)])
    assert "the 3 largest" in said
    assert "plus 1 GB" in said
    row = next(row for row in told.evidence if row.label == "temp_needed_by_items")
    assert (row.value, row.unit) == (1.0, "GB")
    assert "Temp Folder Limit (11.1)" in row.source


@pytest.mark.parametrize(
    ("left", "outcome", "text"),
    [
        (0, Outcome.PROBLEM, "no_more_files"),
        (999, Outcome.WARNING, "few_files_left"),
        (1000, Outcome.OK, "enough"),
        (None, Outcome.OK, "enough"),
    ],
)
def test_judge_when_files_run_out_before_space_then_that_is_told(
    left: int | None, outcome: Outcome, text: str
) -> None:
    told = judged(CHECK, windows_server(volumes=[volume("C:\\", 60, free_inodes=left)]))
    assert (told.outcome, told.text) == (outcome, f"check.temp_space.{text}")
    assert told.decisive is (left == 0)


def test_judge_when_the_transporter_has_a_volume_of_its_own_then_its_rule_applies_there() -> None:
    inner = ROOT + r"\transporter"
    volumes = [volume("C:\\", 1), volume(inner, 60), volume("D:\\", 60)]
    told = judged(CHECK, windows_server(volumes=volumes, processes=[MOVED]))
    assert (told.outcome, told.text) == (Outcome.OK, "check.temp_space.enough")
    assert values_of(told)["product_volume"] == inner
