# SPDX-License-Identifier: MIT
"""The measured numbers of the room for temporary files, in the order in which they matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from wizard.checks import sizes, space_trend
from wizard.checks.space_trend import Trend
from wizard.checks.temp_space_seen import TempSpace
from wizard.codec import to_rfc3339
from wizard.model import Evidence
from wizard.nakivo import item_sizes
from wizard.product import Product


def trends(seen: TempSpace, product: Product) -> tuple[Trend | None, Trend | None]:
    """How free space falls, by earlier diagnoses, and within this one."""
    slow = space_trend.over_days(seen.earlier, seen.first, product)
    fast = space_trend.in_run(seen.first, seen.second, product) if seen.second else None
    return slow, fast


def rows(seen: TempSpace, product: Product) -> Iterator[Evidence]:
    """The vendor's two numbers, what limits or fills the folder, then what goes with it."""
    yield from _room(seen, product)
    yield from _disk(seen, product)
    yield from _items(seen, product)
    yield from _filling(seen, product)
    yield from _content(seen)
    yield from _speed(seen)
    if seen.account is None:
        yield Evidence("quota_account_unseen", seen.folder)
    if seen.quota_unread:
        yield Evidence("quota_unread", seen.account)
    if seen.history_unread:
        yield Evidence("history_unread", seen.history_file)
    if seen.history_unread_lines:
        yield Evidence("history_unread_lines", seen.history_unread_lines, "", seen.history_file)


def _room(seen: TempSpace, product: Product) -> Iterator[Evidence]:
    temp, needed, quota = seen.temp_volume, product.facts.temp_free_gb, seen.quota
    if quota and quota.free_bytes is not None:
        yield Evidence("quota_left", product.shown_gb(quota.free_bytes), "GB", quota.source)
    yield Evidence("temp_free", product.shown_gb(temp.free_bytes), "GB", temp.source)
    yield Evidence("temp_needed", needed.value, "GB", product.said_by(needed))
    if seen.one_volume:
        yield _disk_needed(product)
    yield Evidence("temp_folder_assumed" if seen.assumed else "temp_folder", seen.folder)
    yield Evidence("temp_volume", temp.mount, source=temp.source)
    if seen.free_files is not None:
        yield Evidence("temp_files_left", seen.free_files, "", temp.source)


def _disk(seen: TempSpace, product: Product) -> Iterator[Evidence]:
    """On one volume all of it is told already."""
    disk = seen.product_volume
    if not seen.one_volume:
        yield Evidence("disk_free", product.shown_gb(disk.free_bytes), "GB", disk.source)
        yield _disk_needed(product)
        yield Evidence("product_volume", disk.mount, source=disk.source)


def _disk_needed(product: Product) -> Evidence:
    needed = product.facts.disk_free_gb
    return Evidence("disk_needed", needed.value, "GB", product.said_by(needed))


def _items(seen: TempSpace, product: Product) -> Iterator[Evidence]:
    extra = product.facts.temp_items_extra_gb
    source = product.said_by(extra)
    if not seen.largest_items_gb:
        yield Evidence("temp_needed_by_items", extra.value, "GB", source)
        return
    yield Evidence("items_sum", item_sizes.sum_of(seen.largest_items_gb, product), "GB", source)
    needed = item_sizes.needed_gb(seen.largest_items_gb, product)
    yield Evidence("items_needed", round(needed, 2), "GB", source)


def _filling(seen: TempSpace, product: Product) -> Iterator[Evidence]:
    slow, fast = trends(seen, product)
    if slow:
        yield Evidence("falling_since", to_rfc3339(slow.since), source=seen.history_file)
        yield from _rate(slow, seen, seen.history_file)
    if fast:
        yield Evidence("fallen_in_run", round(fast.seconds, 1), "seconds", seen.temp_volume.source)
        yield from _rate(fast, seen, seen.temp_volume.source)
    if seen.second_unread is not None:
        yield Evidence("second_look_unread", seen.temp_volume.mount, source=seen.second_unread)


def _rate(trend: Trend, seen: TempSpace, source: str) -> Iterator[Evidence]:
    rate, unit = sizes.shown(round(trend.bytes_per_hour))
    yield Evidence("falling_by", rate, f"{unit} per hour", source)
    full, unit = sizes.shown_age(trend.hours_until(seen.free_bytes) * 3600)
    yield Evidence("full_in", full, unit, source)


def _content(seen: TempSpace) -> Iterator[Evidence]:
    """Files of runs that are over, told apart from those in use; all together where unknown."""
    left = seen.leftovers
    if left is None:
        if seen.leftovers_unread is not None:
            yield Evidence("leftovers_unread", seen.folder, source=seen.leftovers_unread)
        return
    if left.unread:
        source = ": ".join(filter(None, (left.unread.first, left.unread.reason)))
        yield Evidence("folders_unread", left.unread.count, "", source)
    some = "" if left.complete else "_at_least"
    if left.dead is None or not left.count:
        yield Evidence(f"leftover_files{some}", left.count, "", seen.folder)
        if left.count:
            yield Evidence("leftover_size", *sizes.shown(left.size_bytes), seen.folder)
        yield from _age("leftover_oldest", left.oldest, seen)
        return
    known = "dead_files" if left.running_since else "idle_files"
    yield Evidence(f"{known}{some}", left.dead.count, "", seen.folder)
    if left.dead.count:
        yield Evidence("dead_size", *sizes.shown(left.dead.size_bytes), seen.folder)
        yield from _age("dead_oldest", left.dead.oldest, seen)
    if left.running_since is not None:
        yield from _fresh(
            left.count - left.dead.count, left.size_bytes - left.dead.size_bytes, seen
        )


def _fresh(count: int, size_bytes: int, seen: TempSpace) -> Iterator[Evidence]:
    yield Evidence("fresh_files", count, "", seen.folder)
    if count:
        yield Evidence("fresh_size", *sizes.shown(size_bytes), seen.folder)


def _age(label: str, oldest: datetime | None, seen: TempSpace) -> Iterator[Evidence]:
    if oldest is not None:
        age = sizes.shown_age((seen.observed - oldest).total_seconds())
        yield Evidence(label, *age, seen.folder)


def _speed(seen: TempSpace) -> Iterator[Evidence]:
    if seen.speed is not None:
        speed, unit = sizes.shown(round(seen.speed.bytes_per_second))
        yield Evidence("write_speed", speed, f"{unit} per second", seen.folder)
        yield Evidence("write_speed_size", *sizes.shown(seen.speed.size_bytes), seen.folder)
    elif seen.speed_refused:
        yield Evidence("write_speed_no_room", seen.folder)
    elif seen.speed_unmeasured is not None:
        yield Evidence("write_speed_unmeasured", seen.folder, source=seen.speed_unmeasured)
