# SPDX-License-Identifier: MIT
"""Do temporary files appear in the new folder, and no more in the old one, when a job runs?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wizard.errors import CannotCheck
from wizard.fixes import arguments
from wizard.fixes.notice import Notice
from wizard.fixes.plan import Plan
from wizard.fixes.readings import visible
from wizard.fixes.verification import Verification, verify
from wizard.host.base import FileEntry, Host
from wizard.model import Value
from wizard.nakivo import java
from wizard.nakivo.installation import Installation
from wizard.product import Product

POLL_S = 1.0
# A job that uses both folders fills the second one moments after the first.
SETTLE_S = 3.0


class Use(StrEnum):
    """Where files appeared; only NEW means that the change does what it should."""

    NEW = "new"
    OLD = "old"
    BOTH = "both"
    NONE = "none"
    NOT_IN_USE = "not-in-use"  # no process was seen with the new folder


@dataclass(frozen=True)
class Sight:
    """What is known meanwhile."""

    seconds: float
    longest_s: float
    is_verified: bool


@dataclass(frozen=True)
class Watched:
    """What was seen. `appeared_old` is None where the old folder isn't known or can't be read."""

    use: Use
    seconds: float
    folder: str
    appeared: int
    old_folder: str | None
    appeared_old: int | None
    verification: Verification

    @property
    def is_good(self) -> bool:
        """Whether files appeared in the new folder and none in the old one."""
        return self.use is Use.NEW and self.appeared_old is not None

    @property
    def notice(self) -> Notice:
        """What was seen, in a sentence."""
        if self.use is Use.NOT_IN_USE:
            return self.verification.notice
        name = self.use.value
        if self.use is Use.NEW and self.appeared_old is None:
            name = "new_old_unknown"
        values: dict[str, Value] = {
            "folder": visible(self.folder),
            "old": visible(self.old_folder or ""),
            "seconds": round(self.seconds),
        }
        return Notice(f"arguments.watched.{name}", values)


def old_folder(plan: Plan, installation: Installation | None, product: Product) -> str | None:
    """Where files went before the change: as the string said, else the installation's default."""
    named = folder_of(plan.current, product)
    if named is not None:
        return named
    return installation.default_temp_folder if installation else None


def folder_of(current: str, product: Product) -> str | None:
    """The folder that a string sets; None where it sets none."""
    found = arguments.properties(current, product.facts.temp_path_property.value)
    return arguments.value_of(found[-1].plain) if found else None


@dataclass(frozen=True)
class Rhythm:
    """How long to watch at most, how often to look, and how long to look on after the first."""

    longest_s: float
    poll_s: float = POLL_S
    settle_s: float = SETTLE_S


@dataclass(frozen=True)
class Watch:
    """What is watched."""

    host: Host
    product: Product
    folder: str
    old: str | None
    installation: Installation | None = None

    def run(
        self, rhythm: Rhythm, emit: Callable[[Sight], None], cancel: threading.Event
    ) -> Watched:
        """Look until files appear, the time is over, or the person has seen enough.

        Raises:
            CannotCheck: the new folder, or the processes, can't be looked at.
        """
        old = self.old if self.old != self.folder else None
        before, before_old = self._entries(self.folder), self._entries_of_old(old)
        began, first = time.monotonic(), None
        while True:
            seen = verify(self.host, self.product, self.folder, self.installation)
            since = self._started(seen)
            appeared = _appeared(before, self._entries(self.folder), since)
            now_old = self._entries_of_old(old)
            known = before_old is not None and now_old is not None
            appeared_old = _appeared(before_old or {}, now_old or {}, since) if known else None
            seconds = time.monotonic() - began
            emit(Sight(seconds, rhythm.longest_s, seen.is_verified))
            if seen.is_verified and (appeared or appeared_old) and first is None:
                first = seconds
            settled = first is not None and seconds - first >= rhythm.settle_s
            if settled or seconds >= rhythm.longest_s or cancel.wait(rhythm.poll_s):
                break
        use = _use(seen, appeared, appeared_old)
        return Watched(use, seconds, self.folder, appeared, old, appeared_old, seen)

    def _entries(self, folder: str) -> dict[str, FileEntry]:
        return {entry.path: entry for entry in self.host.list_folder(folder)}

    def _entries_of_old(self, folder: str | None) -> dict[str, FileEntry] | None:
        try:
            return self._entries(folder) if folder else None
        except CannotCheck:
            return None

    def _started(self, seen: Verification) -> datetime | None:
        """When the youngest of the processes that were looked at began."""
        pids = {one.pid for one in seen.seen}
        found = java.find(self.host, self.product, self.installation)
        return max((p.started for p in found if p.pid in pids and p.started), default=None)


def _use(seen: Verification, appeared: int, appeared_old: int | None) -> Use:
    if not seen.is_verified:
        return Use.NOT_IN_USE
    if appeared and appeared_old:
        return Use.BOTH
    if appeared:
        return Use.NEW
    return Use.OLD if appeared_old else Use.NONE


def _appeared(
    before: Mapping[str, FileEntry], now: Mapping[str, FileEntry], since: datetime | None
) -> int:
    """How many entries are new, or were written since the process began or the watch did."""
    return sum(_is_new(entry, before.get(path), since) for path, entry in now.items())


def _is_new(entry: FileEntry, before: FileEntry | None, since: datetime | None) -> bool:
    if before is None or (since is not None and entry.modified > since):
        return True
    return (entry.size_bytes, entry.modified) != (before.size_bytes, before.modified)
