# SPDX-License-Identifier: MIT
"""Is there as much free space for temporary files as the vendor asks for, and for how long?

The vendor gives two numbers, on one volume or two: more than 5 GB where the temporary folder lies,
and at least 10 GB on the disk of the product. A second rule of theirs depends on the largest items
backed up, which can't be seen from here; it is judged when the person names their sizes.
"""

from __future__ import annotations

import math
from typing import Any

from wizard.checks import sizes, space_trend, temp_space_evidence
from wizard.checks.base import Check, could_not_check, ok, problem, warning
from wizard.checks.space_trend import Trend
from wizard.checks.temp_space_seen import TempSpace
from wizard.checks.temp_space_use import observe
from wizard.model import CauseId, Finding, Value
from wizard.nakivo import item_sizes
from wizard.product import Product

_FIXES = ("move_temp_folder",)
_BY_ROOM = ("temp_too_small", "quota_too_small", "disk_too_small")
# The free space is told in a moment; a slow disk's speed, when asked for, in a minute.
DEADLINE_S = 75.0


def judge(seen: TempSpace, product: Product) -> Finding:
    """Strictly more than the first number, at least the second; then what may break them soon."""
    trend = _soon(seen, product)
    evidence = tuple(temp_space_evidence.rows(seen, product))
    more: dict[str, Any] = {"values": _values(seen, trend, product), "evidence": evidence}
    hard = _broken(seen, product)
    if hard:
        proof = hard == "disk_too_small" or not (seen.assumed or seen.by_assumed_account)
        told = f"{hard}_for_items" if hard in _BY_ROOM and seen.largest_items_gb else hard
        return problem(f"check.temp_space.{told}", **more, fixes=_FIXES, decisive=proof)
    if seen.free_bytes >= _disk_limit(product) and seen.assumed:
        return could_not_check("check.temp_space.assumed", **more)
    soft = "filling" if trend else _doubtful(seen, product)
    if _too_large(seen, product):
        soft, more["source"] = "items_too_large", product.facts.temp_largest_items.source
    if soft:
        return warning(f"check.temp_space.{soft}", **more, fixes=_FIXES)
    return ok(f"check.temp_space.enough{'_for_items' if seen.largest_items_gb else ''}", **more)


def _temp_limit(product: Product) -> float:
    return product.bytes_of_gb(product.facts.temp_free_gb.value)


def _disk_limit(product: Product) -> float:
    return product.bytes_of_gb(product.facts.disk_free_gb.value)


def _broken(seen: TempSpace, product: Product) -> str | None:
    """Which of the article's numbers isn't met, whatever way its words are read."""
    if seen.free_files == 0:
        return "no_more_files"
    if seen.free_bytes <= _temp_limit(product):
        return _quota("quota_too_small", seen) if seen.by_quota else "temp_too_small"
    if seen.one_volume and seen.product_volume.free_bytes < _disk_limit(product):
        return "disk_too_small"
    return None


def _too_large(seen: TempSpace, product: Product) -> bool:
    """Whether the largest items that the person named need more than there is."""
    if not seen.largest_items_gb:
        return False
    needed = item_sizes.needed_gb(seen.largest_items_gb, product)
    return seen.free_bytes <= product.bytes_of_gb(needed)


def _soon(seen: TempSpace, product: Product) -> Trend | None:
    """A fall that reaches the first number before anybody is likely to look again."""
    facts, limit = product.facts, _temp_limit(product)
    slow, fast = temp_space_evidence.trends(seen, product)
    if slow and slow.hours_until(seen.free_bytes, limit) <= facts.trend_warning_hours.value:
        return slow
    soon = facts.trend_warning_in_run_minutes.value / 60
    return fast if fast and fast.hours_until(seen.free_bytes, limit) <= soon else None


def _doubtful(seen: TempSpace, product: Product) -> str | None:
    """What is met by one reading only, or just about met."""
    disk_limit, facts = _disk_limit(product), product.facts
    plenty = disk_limit * (1 + facts.near_limit_share.value)
    if seen.by_quota and seen.free_bytes < plenty:
        return _quota("quota_small", seen)
    # With two disks the article's "disk that installed this path" can mean either.
    if seen.free_bytes < disk_limit:
        return "temp_below_disk_number"
    if seen.product_volume.free_bytes < disk_limit:
        return "product_disk_small"
    if seen.free_files is not None and seen.free_files < facts.few_files_left.value:
        return "few_files_left"
    least = min(seen.free_bytes, seen.product_volume.free_bytes)
    return "near_limit" if least < plenty else None


def _quota(text: str, seen: TempSpace) -> str:
    return f"{text}_assumed" if seen.by_assumed_account else text


def _values(seen: TempSpace, trend: Trend | None, product: Product) -> dict[str, Value]:
    facts, shown_gb = product.facts, product.shown_gb
    values: dict[str, Value] = {
        "folder": seen.folder,
        "temp_volume": seen.temp_volume.mount,
        "temp_free": shown_gb(seen.free_bytes),
        "volume_free": shown_gb(seen.temp_volume.free_bytes),
        "account": seen.account or "",
        "files_left": seen.free_files or 0,
        "temp_needed": facts.temp_free_gb.value,
        "disk_volume": seen.product_volume.mount,
        "disk_free": shown_gb(seen.product_volume.free_bytes),
        "disk_needed": facts.disk_free_gb.value,
        "items": facts.temp_largest_items.value,
        "items_extra": facts.temp_items_extra_gb.value,
        "items_sum": item_sizes.sum_of(seen.largest_items_gb, product),
        "items_needed": item_sizes.needed_gb(seen.largest_items_gb, product),
        "named": len(item_sizes.counted(seen.largest_items_gb, product)),
    }
    return values | (_told(seen, trend, product) if trend else {})


def _told(seen: TempSpace, trend: Trend, product: Product) -> dict[str, Value]:
    rate, rate_unit = sizes.shown(math.ceil(trend.bytes_per_hour))
    hours = trend.hours_until(seen.free_bytes, _temp_limit(product))
    left, left_unit = sizes.shown_age(hours * 3600)
    return {"rate": rate, "rate_unit": rate_unit, "left": left, "left_unit": left_unit}


CHECK = Check(
    space_trend.CHECK, CauseId.TEMP_FOLDER, frozenset(), DEADLINE_S, TempSpace, observe, judge
)
