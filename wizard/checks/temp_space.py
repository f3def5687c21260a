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
    facts, gigabyte = product.facts, product.facts.gigabyte_bytes.value
    temp_free, product_free = seen.temp_volume.free_bytes, seen.product_volume.free_bytes
    temp_limit = facts.temp_free_gb.value * gigabyte
    disk_limit = facts.disk_free_gb.value * gigabyte
    more = {"values": _values(seen, product), "evidence": tuple(_evidence(seen, product))}
    files_left = seen.temp_volume.free_inodes
    if files_left == 0:
        text = "check.temp_space.no_more_files"
        return problem(text, **more, fixes=_FIXES, decisive=not seen.assumed)
    if temp_free <= temp_limit:
        text = "check.temp_space.temp_too_small"
        return problem(text, **more, fixes=_FIXES, decisive=not seen.assumed)
    if product_free < disk_limit:
        return problem("check.temp_space.disk_too_small", **more, fixes=_FIXES, decisive=True)
    if temp_free < disk_limit:
        # The article's "disk that installed this path" can be read as the temporary folder's.
        return warning("check.temp_space.temp_below_disk_number", **more, fixes=_FIXES)
    if files_left is not None and files_left < facts.few_files_left.value:
        return warning("check.temp_space.few_files_left", **more, fixes=_FIXES)
    if seen.assumed:
        return could_not_check("check.temp_space.assumed", **more)
    if min(temp_free, product_free) < disk_limit * (1 + facts.near_limit_share.value):
        return warning("check.temp_space.near_limit", **more, fixes=_FIXES)
    return ok("check.temp_space.enough", **more)


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
