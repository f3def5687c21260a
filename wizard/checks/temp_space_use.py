# SPDX-License-Identifier: MIT
"""What is measured of the room for temporary files: volumes, quota, content, and how it changes."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime

from wizard.checks import space_trend
from wizard.checks.base import Context
from wizard.checks.temp_folder_use import led_to
from wizard.errors import CannotCheck, Refused
from wizard.history import Look
from wizard.host.acts import WriteSpeed
from wizard.host.base import Quota, Volume
from wizard.host.files import moment
from wizard.nakivo import leftovers
from wizard.nakivo.leftovers import Leftovers

LISTING_S = 5.0
# A run with a short limit of its own has no time to wait for a second look.
_SHARE_OF_TIMEOUT = 0.25


@dataclass(frozen=True)
class TempSpace:
    """The two volumes, what limits the Transporter's account there, and what lies in the folder."""

    folder: str
    assumed: bool  # nobody could see that it is in use
    product_folder: str
    temp_volume: Volume
    product_volume: Volume
    leftovers: Leftovers | None
    observed: datetime
    account: str | None = None
    account_seen: bool = True  # as a running process; else it is only set, or usual
    quota: Quota | None = None
    quota_unread: bool = False  # whether there is one couldn't be told
    largest_items_gb: tuple[float, ...] = ()
    computer: str = ""
    earlier: tuple[Look, ...] = ()
    history_file: str = ""
    history_unread: bool = False
    history_unread_lines: int = 0
    second: Look | None = None
    second_unread: str | None = None  # why there was none, in the system's words, or empty
    leftovers_unread: str | None = None  # as above: the folder's content
    speed: WriteSpeed | None = None
    speed_refused: bool = False  # too little room for the attempt
    speed_unmeasured: str | None = None  # why, in the system's words, or empty

    @property
    def one_volume(self) -> bool:
        """Whether both numbers apply to the same volume."""
        return self.temp_volume.mount == self.product_volume.mount

    @property
    def by_quota(self) -> bool:
        """Whether a quota leaves less than the volume has."""
        left = self.quota.free_bytes if self.quota else None
        return left is not None and left < self.temp_volume.free_bytes

    @property
    def free_bytes(self) -> int:
        """What the Transporter's account may still write for temporary files."""
        left = self.quota.free_bytes if self.quota else None
        return (
            self.temp_volume.free_bytes if left is None else min(left, self.temp_volume.free_bytes)
        )

    @property
    def by_assumed_account(self) -> bool:
        """Whether what counts is a quota of an account that nobody saw the Transporter run as."""
        return self.by_quota and not self.account_seen

    @property
    def free_files(self) -> int | None:
        """How many files it may still make; None where there is no such limit."""
        limits = (self.temp_volume.free_inodes, self.quota.free_files if self.quota else None)
        return min((limit for limit in limits if limit is not None), default=None)

    @property
    def first(self) -> Look:
        """The volume of the temporary folder, as a look of this moment."""
        return space_trend.look_at(self.temp_volume, self.observed, self.computer)


def observe(context: Context) -> TempSpace:
    """Measure both volumes first; whatever else can't be told, they count."""
    host, installation, found = context.host, context.installation(), context.temp_folder()
    place = led_to(host, found.in_use) or found.in_use
    temp_volume = host.volume(place)
    observed, begun = moment(time.time()), time.monotonic()
    seen = TempSpace(
        folder=found.in_use,
        assumed=found.assumed,
        product_folder=installation.default_temp_folder,
        temp_volume=temp_volume,
        product_volume=host.volume(installation.default_temp_folder),
        leftovers=None,
        observed=observed,
        largest_items_gb=context.scope.largest_items_gb,
        computer=host.facts().name,
    )
    seen = _with_leftovers(seen, context)
    seen = _with_history(_with_quota(seen, context, place), context)
    seen = _with_second_look(seen, context, place, begun)
    return _with_speed(seen, context, place) if context.scope.measure_speed else seen


def _with_quota(seen: TempSpace, context: Context, place: str) -> TempSpace:
    runs_as = context.account()
    if runs_as is None:
        return seen
    seen = replace(seen, account=runs_as.name, account_seen=runs_as.is_seen)
    try:
        return replace(seen, quota=context.host.quota(place, runs_as.name))
    except CannotCheck:
        return replace(seen, quota_unread=True)


def _with_leftovers(seen: TempSpace, context: Context) -> TempSpace:
    """A slow disk's long list is cut short: at least so many."""
    enough = threading.Event()
    timer = threading.Timer(LISTING_S, enough.set)
    timer.daemon = True
    timer.start()
    try:
        running = leftovers.runs(context.host, context.product, context.installation())
        found = leftovers.look(context.host, seen.folder, enough, running)
        return replace(seen, leftovers=found)
    except CannotCheck as error:  # missing or closed; the free space counts either way
        return replace(seen, leftovers_unread=str(error.values.get("reason", "")))
    finally:
        timer.cancel()


def _with_history(seen: TempSpace, context: Context) -> TempSpace:
    """With what earlier diagnoses saw of the volume, or that their file can't be read."""
    if context.history is None:
        return seen
    source = str(context.history.path)
    try:
        kept = context.history.read()
    except CannotCheck:
        return replace(seen, history_file=source, history_unread=True)
    earlier = space_trend.of_volume(kept.looks, seen.first)
    unread = kept.unread_lines
    return replace(seen, history_file=source, earlier=earlier, history_unread_lines=unread)


def _with_second_look(seen: TempSpace, context: Context, place: str, begun: float) -> TempSpace:
    """Some seconds after the first; none when nobody waits for it."""
    pause, timeout = context.second_look_s, context.scope.timeout_s
    if not pause or (timeout is not None and pause > timeout * _SHARE_OF_TIMEOUT):
        return seen
    if context.cancel.wait(max(0.0, begun + pause - time.monotonic())):
        return seen
    try:
        volume = context.host.volume(place)
    except CannotCheck as error:
        return replace(seen, second_unread=str(error.values.get("reason", "")))
    return replace(seen, second=space_trend.look_at(volume, moment(time.time()), seen.computer))


def _with_speed(seen: TempSpace, context: Context, place: str) -> TempSpace:
    facts = context.product.facts
    keep = math.ceil(context.product.bytes_of_gb(facts.temp_free_gb.value))
    size = facts.speed_test_mb.value * 1024**2
    try:
        speed = context.host.write_speed(place, size, context.cancel, keep_free_bytes=keep)
    except Refused:
        return replace(seen, speed_refused=True)
    except CannotCheck as error:
        return replace(seen, speed_unmeasured=str(error.values.get("reason", "")))
    return replace(seen, speed=speed)
