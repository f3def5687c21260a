# SPDX-License-Identifier: MIT
"""Is a folder a good place for the temporary files, and if not, why? Pure: judges what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wizard.fixes.notice import Notice
from wizard.fixes.place_look import Look, Surroundings
from wizard.fixes.readings import visible
from wizard.host.base import Host, Volume
from wizard.model import Value
from wizard.nakivo import item_sizes
from wizard.nakivo.temp_folder import DOUBTFUL_VOLUMES, UNFIT_VOLUMES
from wizard.product import Product


class Standing(StrEnum):
    """How good a place is. Only BAD ones are never used."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True)
class Place:
    """A folder with all that speaks against it, for doubt, and what isn't known of it."""

    folder: str
    look: Look | None = None  # None: refused by its name alone
    account: str | None = None
    against: tuple[Notice, ...] = ()
    doubts: tuple[Notice, ...] = ()
    unknown: tuple[Notice, ...] = ()

    @property
    def standing(self) -> Standing:
        """The judgement in one word."""
        if self.against:
            return Standing.BAD
        return Standing.DOUBTFUL if self.doubts else Standing.GOOD

    @property
    def volume(self) -> Volume | None:
        """The volume it lies on, where that could be told."""
        return self.look.volume if self.look else None

    @property
    def is_missing(self) -> bool:
        """Whether it would have to be made; not so where that isn't known."""
        return self.look is not None and self.look.exists is False


def judge(seen: Look, around: Surroundings, host: Host, product: Product) -> Place:
    """Hold a place against the rules; `host` only tells how its paths compare."""
    account = around.account.name if around.account else None
    rules = _Rules(seen, around, host, product)
    return Place(
        folder=seen.path,
        look=seen,
        account=account,
        against=tuple(rules.against()),
        doubts=tuple(rules.doubts()),
        unknown=(*seen.unknown, *rules.unknown()),
    )


@dataclass(frozen=True)
class _Rules:
    """The rules, each on what was seen of one place."""

    seen: Look
    around: Surroundings
    host: Host
    product: Product

    def against(self) -> Iterator[Notice]:
        """What must never be."""
        if self.seen.volume is not None:
            yield from self._never_there(self.seen.volume)
        repository = next(filter(self._is_in, self.around.needs.repositories), None)
        if repository is not None:
            yield self._notice("repository", repository=visible(repository))
        if self.seen.is_occupied:
            yield self._notice("occupied")
        elif self.seen.parent_exists is False:
            yield self._notice("parent_missing", parent=str(self.host.path(self.seen.path).parent))
        if self.seen.writable is False and self._is_account_seen:
            yield self._notice("not_writable")

    def doubts(self) -> Iterator[Notice]:
        """What a person may have a reason for."""
        volume = self.seen.volume
        if volume is None:
            yield self._notice("volume_unknown")
        else:
            if volume.kind in DOUBTFUL_VOLUMES:
                yield self._notice(f"kind_{volume.kind}")
            yield from self._little_room(volume)
        if self.seen.exists is None:
            yield self._notice("unseen")
        if self.seen.exists and self.around.account and self.seen.writable is None:
            yield self._notice("rights_unknown")
        if self.seen.writable is False and not self._is_account_seen:
            yield self._notice("not_writable_assumed")
        yield from self._doubtful_folder()

    def _doubtful_folder(self) -> Iterator[Notice]:
        if self.host.path(self.seen.real) != self.host.path(self.seen.path):
            yield self._notice("link", real=visible(self.seen.real))
        if self.around.product_folder and self._is_in(self.around.product_folder):
            yield self._notice("in_product")
        if self.around.usual_repository and self._is_in(self.around.usual_repository):
            usual = visible(self.around.usual_repository)
            yield self._notice("repository_usual", repository=usual)
        if self.seen.content and not self._is_in_use():
            yield self._notice("not_empty", count=self.seen.content)

    def unknown(self) -> Iterator[Notice]:
        """What nothing on this computer tells."""
        yield self._notice("repositories_unknown")
        if self.around.account is None:
            yield self._notice("account_unknown")

    def _never_there(self, volume: Volume) -> Iterator[Notice]:
        if volume.kind in UNFIT_VOLUMES:
            yield self._notice(volume.kind.value)
        if volume.read_only:
            yield self._notice("read_only")
        yield from self._too_full(volume)

    def _too_full(self, volume: Volume) -> Iterator[Notice]:
        limit = self.product.bytes_of_gb(self.product.facts.temp_free_gb.value)
        if volume.free_bytes <= limit:
            full = "in_use_full" if self._is_in_use() else "full_in_use"
            yield self._notice(full if self._shares(volume) else "too_little_room")
        if volume.free_inodes == 0:
            yield self._notice("no_more_files")
        if self._is_account_seen:
            yield from self._quota("quota")

    def _quota(self, name: str) -> Iterator[Notice]:
        """That of an account counts for certain only where the Transporter was seen to have it."""
        quota, limit = (
            self.seen.quota,
            self.product.bytes_of_gb(self.product.facts.temp_free_gb.value),
        )
        if quota is not None and quota.free_bytes is not None and quota.free_bytes <= limit:
            yield self._notice(name, free=self.product.shown_gb(quota.free_bytes))

    def _little_room(self, volume: Volume) -> Iterator[Notice]:
        facts = self.product.facts
        limit = self.product.bytes_of_gb(facts.temp_free_gb.value)
        if limit < volume.free_bytes < self.product.bytes_of_gb(facts.disk_free_gb.value):
            yield self._notice("little_room")
        sizes = self.around.needs.largest_items_gb
        needed = item_sizes.needed_gb(sizes, self.product) if sizes else 0.0
        if limit < volume.free_bytes <= self.product.bytes_of_gb(needed):
            yield self._notice("items", items_needed=needed)
        if not self._is_account_seen:
            yield from self._quota("quota_assumed")
        if self._shares(volume) and volume.free_bytes > limit and not self._is_in_use():
            yield self._notice("same_volume")
        if volume.free_inodes and volume.free_inodes < facts.few_files_left.value:
            yield self._notice("few_files_left", count=volume.free_inodes)

    @property
    def _is_account_seen(self) -> bool:
        return self.around.account is not None and self.around.account.is_seen

    def _shares(self, volume: Volume) -> bool:
        taken = self.around.volume_in_use
        return taken is not None and self.host.path(taken.mount) == self.host.path(volume.mount)

    def _is_in_use(self) -> bool:
        used = self.around.in_use
        return used is not None and self.host.path(used) == self.host.path(self.seen.path)

    def _is_in(self, folder: str) -> bool:
        """Whether the place, or where a link leads it, is that folder or below it."""
        above = self.host.path(folder)
        places = (self.seen.path, self.seen.real)
        return any(self.host.path(place).is_relative_to(above) for place in places)

    def _notice(self, name: str, **more: Value) -> Notice:
        volume, facts = self.seen.volume, self.product.facts
        values: dict[str, Value] = {
            "folder": visible(self.seen.path),
            "account": self.around.account.name if self.around.account else "",
            "needed": facts.temp_free_gb.value,
            "disk_needed": facts.disk_free_gb.value,
        }
        if volume is not None:
            free = self.product.shown_gb(volume.free_bytes)
            values |= {"mount": visible(volume.mount), "free": free}
        return Notice(f"arguments.place.{name}", {**values, **more})
