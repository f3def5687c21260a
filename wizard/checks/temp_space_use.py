# SPDX-License-Identifier: MIT
"""What is measured of the room for temporary files: volumes, quota, content, and how it changes."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import replace

from wizard.checks import space_trend
from wizard.checks.base import Context
from wizard.checks.temp_folder_use import led_to
from wizard.checks.temp_space_seen import TempSpace
from wizard.errors import CannotCheck, Refused
from wizard.host.files import moment
from wizard.nakivo import leftovers

LISTING_S = 5.0
# A run with a short limit of its own has no time to wait for a second look.
_SHARE_OF_TIMEOUT = 0.25


def observe(context: Context) -> TempSpace:
    """Measure both volumes first; whatever else can't be told, they count."""
    host, installation, found = context.host, context.installation(), context.temp_folder()
    if found.elsewhere is not None:
        told = {"folder": found.in_use, "pid": str(found.elsewhere)}
        raise CannotCheck("check.temp_folder.elsewhere", **told)
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
