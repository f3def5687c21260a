# SPDX-License-Identifier: MIT
"""Disks that really are full, read-only or filling: is each told as the rule says?"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.checks.told import assert_told, judged, observed, values_of
from tests.nakivo.test_java import running_java
from tests.support.small_disk import BLOCK, SmallDisk, small_disk
from wizard.checks.temp_folder import CHECK as FOLDER
from wizard.checks.temp_space import CHECK
from wizard.host.live import live_host
from wizard.model import Finding, Outcome
from wizard.product import Fact, Product

# Real file systems. One GB of the rule is one MB of theirs, so that they can be filled.


@pytest.fixture
def scaled(product: Product) -> Product:
    step = Fact(1 << 20, "article", product.facts.gigabyte_bytes.confidence)
    return replace(product, facts=replace(product.facts, gigabyte_bytes=step))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", "size=40m,nr_inodes=2000") as made:
        (made.point / "tmp").mkdir()
        yield made


@pytest.fixture
def root(disk: SmallDisk, tmp_path: Path) -> Iterator[Path]:
    """The product's folder, with a process that uses the small disk."""
    root = tmp_path / "nakivo"
    with running_java(root / "transporter", f"-DtempPath={disk.point / 'tmp'}"):
        yield root


def on_disk(root: Path, scaled: Product) -> Finding:
    finding = CHECK.judge(observed(CHECK, live_host(), str(root)), scaled)
    assert_told(finding, scaled)
    return finding


@pytest.mark.parametrize(
    ("free_bytes", "text"),
    [
        (4_900 * 1024 // BLOCK * BLOCK, "temp_too_small"),
        (5 << 20, "temp_too_small"),
        ((5 << 20) + BLOCK, "temp_below_disk_number"),
        (5_222 * 1024 // BLOCK * BLOCK, "temp_below_disk_number"),
        ((10 << 20) - BLOCK, "temp_below_disk_number"),
        (10 << 20, "near_limit"),
        (0, "temp_too_small"),
    ],
)
def test_judge_when_a_real_disk_is_filled_to_a_limit_then_exactly_as_the_rule_says(
    disk: SmallDisk, root: Path, scaled: Product, free_bytes: int, text: str
) -> None:
    disk.leave_free(free_bytes)
    told = on_disk(root, scaled)
    assert told.text == f"check.temp_space.{text}"
    assert values_of(told)["temp_free"] == pytest.approx(free_bytes / (1 << 20), abs=0.01)


def test_judge_when_a_real_disk_has_no_inodes_left_then_problem(
    disk: SmallDisk, root: Path, scaled: Product
) -> None:
    number = 0
    while os.statvfs(disk.point).f_favail:
        (disk.point / f"file-{number}").touch()
        number += 1
    told = on_disk(root, scaled)
    assert (told.outcome, told.text) == (Outcome.PROBLEM, "check.temp_space.no_more_files")
    assert values_of(told)["temp_files_left"] == 0


def test_judge_when_a_real_disk_is_read_only_then_problem_with_proof(
    disk: SmallDisk, root: Path
) -> None:
    disk.remount("ro")
    told = judged(FOLDER, live_host(), str(root))
    assert (told.text, told.decisive) == ("check.temp_folder.read_only", True)


def test_judge_when_a_real_link_leads_to_the_full_disk_then_that_disk_counts(
    disk: SmallDisk, tmp_path: Path, scaled: Product
) -> None:
    root, link = tmp_path / "nakivo", tmp_path / "link"
    link.symlink_to(disk.point / "tmp")
    disk.leave_free(BLOCK)
    with running_java(root / "transporter", f"-DtempPath={link}"):
        told = on_disk(root, scaled)
        where = judged(FOLDER, live_host(), str(root))
    assert told.text == "check.temp_space.temp_too_small"
    assert values_of(told)["temp_volume"] == str(disk.point)
    assert values_of(where)["temp_folder_real"] == str(disk.point / "tmp")


def test_judge_when_real_files_are_older_than_the_process_then_told_apart(
    disk: SmallDisk, root: Path, scaled: Product
) -> None:
    old, fresh = disk.point / "tmp" / "old", disk.point / "tmp" / "fresh"
    old.write_bytes(bytes(3000))
    os.utime(old, (time.time() - 86400 * 3,) * 2)
    fresh.write_bytes(bytes(2048))
    told = values_of(on_disk(root, scaled))
    assert (told["dead_files"], told["dead_size"], told["dead_oldest"]) == (1, 2.9, 3.0)
    assert (told["fresh_files"], told["fresh_size"]) == (1, 2.0)


def test_observe_when_a_real_disk_fills_between_two_looks_then_the_fall_is_seen(
    disk: SmallDisk, root: Path
) -> None:
    stop = Event()

    def fill() -> None:
        with (disk.point / "tmp" / "growing").open("wb") as file:
            while not stop.wait(0.02):
                file.write(bytes(1 << 18))
                file.flush()

    writer = Thread(target=fill)
    writer.start()
    try:
        seen = observed(CHECK, live_host(), str(root), second_look_s=0.5)
    finally:
        stop.set()
        writer.join()
    assert seen.first.free_bytes - seen.second.free_bytes > 1 << 20
