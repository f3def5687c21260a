# SPDX-License-Identifier: MIT
"""Is there as much free space for temporary files as the vendor asks for?

The vendor gives two numbers, on one volume or two: more than 5 GB where the temporary folder lies,
and at least 10 GB on the disk of the product. A second rule of theirs depends on the largest items
backed up, which can't be seen from here; it is told and never judged.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizard.checks import sizes
from wizard.checks.base import Check, Context, could_not_check, ok, problem, warning
from wizard.errors import CannotCheck
from wizard.host.base import Volume
from wizard.host.files import moment
from wizard.model import CauseId, Evidence, Finding, Value
from wizard.nakivo import leftovers, temp_folder
from wizard.nakivo.leftovers import Leftovers
from wizard.product import Product

_FIXES = ("move_temp_folder",)


@dataclass(frozen=True)
class TempSpace:
    """The two volumes, and what already lies in the folder."""

    folder: str
    assumed: bool  # the default, since nobody could see what is in use
    product_folder: str
    temp_volume: Volume
    product_volume: Volume
    leftovers: Leftovers | None
    observed: datetime

    @property
    def one_volume(self) -> bool:
        """Whether both numbers apply to the same volume."""
        return self.temp_volume.mount == self.product_volume.mount


def observe(context: Context) -> TempSpace:
    """Measure both volumes."""
    host, installation = context.host, context.installation()
    found = temp_folder.resolve(host, context.product, installation)
    return TempSpace(
        folder=found.in_use,
        assumed=found.assumed,
        product_folder=installation.default_temp_folder,
        temp_volume=host.volume(found.in_use),
        product_volume=host.volume(installation.default_temp_folder),
        leftovers=_leftovers(context, found.in_use),
        observed=moment(time.time()),
    )


def _leftovers(context: Context, folder: str) -> Leftovers | None:
    try:
        return leftovers.look(context.host, folder, context.cancel)
    except CannotCheck:  # missing or closed; the free space counts either way
        return None


def judge(seen: TempSpace, product: Product) -> Finding:
    """Strictly more than the first number, at least the second."""
    more = {"values": _values(seen, product), "evidence": tuple(_evidence(seen, product))}
    hard = _broken(seen, product)
    if hard:
        proof = hard == "disk_too_small" or not seen.assumed
        return problem(f"check.temp_space.{hard}", **more, fixes=_FIXES, decisive=proof)
    if seen.temp_volume.free_bytes >= _disk_limit(product) and seen.assumed:
        return could_not_check("check.temp_space.assumed", **more)
    soft = _doubtful(seen, product)
    return warning(f"check.temp_space.{soft}", **more, fixes=_FIXES) if soft else _enough(more)


def _enough(more: dict[str, Any]) -> Finding:
    return ok("check.temp_space.enough", **more)


def _disk_limit(product: Product) -> float:
    return product.facts.disk_free_gb.value * product.facts.gigabyte_bytes.value


def _broken(seen: TempSpace, product: Product) -> str | None:
    """Which of the article's numbers isn't met, whatever way its words are read."""
    temp_limit = product.facts.temp_free_gb.value * product.facts.gigabyte_bytes.value
    if seen.temp_volume.free_inodes == 0:
        return "no_more_files"
    if seen.temp_volume.free_bytes <= temp_limit:
        return "temp_too_small"
    if seen.one_volume and seen.product_volume.free_bytes < _disk_limit(product):
        return "disk_too_small"
    return None


def _doubtful(seen: TempSpace, product: Product) -> str | None:
    """What is met by one reading only, or just about met."""
    disk_limit, facts = _disk_limit(product), product.facts
    # With two disks the article's "disk that installed this path" can mean either.
    if seen.temp_volume.free_bytes < disk_limit:
        return "temp_below_disk_number"
    if seen.product_volume.free_bytes < disk_limit:
        return "product_disk_small"
    files_left = seen.temp_volume.free_inodes
    if files_left is not None and files_left < facts.few_files_left.value:
        return "few_files_left"
    least = min(seen.temp_volume.free_bytes, seen.product_volume.free_bytes)
    return "near_limit" if least < disk_limit * (1 + facts.near_limit_share.value) else None


def shown_gb(size_bytes: int, product: Product) -> float:
    """GB with two decimals, rounded down: what is a byte short must not look like enough."""
    return math.floor(product.gigabytes(size_bytes) * 100) / 100


def _values(seen: TempSpace, product: Product) -> dict[str, Value]:
    return {
        "folder": seen.folder,
        "temp_volume": seen.temp_volume.mount,
        "temp_free": shown_gb(seen.temp_volume.free_bytes, product),
        "files_left": seen.temp_volume.free_inodes or 0,
        "temp_needed": product.facts.temp_free_gb.value,
        "disk_volume": seen.product_volume.mount,
        "disk_free": shown_gb(seen.product_volume.free_bytes, product),
        "disk_needed": product.facts.disk_free_gb.value,
        "items": product.facts.temp_largest_items.value,
        "items_extra": product.facts.temp_items_extra_gb.value,
    }


def _evidence(seen: TempSpace, product: Product) -> Iterator[Evidence]:
    facts, temp, disk = product.facts, seen.temp_volume, seen.product_volume
    said_by = product.said_by
    yield Evidence("temp_folder_assumed" if seen.assumed else "temp_folder", seen.folder)
    yield Evidence("temp_volume", temp.mount, source=temp.source)
    yield Evidence("temp_free", shown_gb(temp.free_bytes, product), "GB", temp.source)
    if temp.free_inodes is not None:
        yield Evidence("temp_files_left", temp.free_inodes, "", temp.source)
    yield Evidence("temp_needed", facts.temp_free_gb.value, "GB", said_by(facts.temp_free_gb))
    if not seen.one_volume:
        yield Evidence("product_volume", disk.mount, source=disk.source)
    yield Evidence("disk_free", shown_gb(disk.free_bytes, product), "GB", disk.source)
    yield Evidence("disk_needed", facts.disk_free_gb.value, "GB", said_by(facts.disk_free_gb))
    # Depends on what is backed up, which nothing here can see: shown, never judged.
    extra = facts.temp_items_extra_gb
    yield Evidence("temp_needed_by_items", extra.value, "GB", said_by(extra))
    yield from _leftover_evidence(seen)


def _leftover_evidence(seen: TempSpace) -> Iterator[Evidence]:
    left = seen.leftovers
    if left is None:
        return
    counted = "leftover_files" if left.complete else "leftover_files_at_least"
    yield Evidence(counted, left.count, "", seen.folder)
    yield Evidence("leftover_size", *sizes.shown(left.size_bytes), seen.folder)
    if left.oldest is not None:
        age = sizes.shown_age((seen.observed - left.oldest).total_seconds())
        yield Evidence("leftover_oldest", *age, seen.folder)


CHECK = Check("temp_space", CauseId.TEMP_FOLDER, frozenset(), 10.0, TempSpace, observe, judge)
