# SPDX-License-Identifier: MIT
"""Are the Transporter's logs there for a support bundle, and where does it go?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wizard.checks import sizes
from wizard.checks.base import Check, Context, could_not_check, ok
from wizard.errors import CannotCheck
from wizard.host.files import moment
from wizard.model import CauseId, Evidence, Finding
from wizard.product import Product


@dataclass(frozen=True)
class Logs:
    """The log folder's files. `count` is None, with a reason, where they can't be listed."""

    folder: str
    is_there: bool
    count: int | None
    size_bytes: int
    newest: datetime | None
    observed: datetime
    reason: str = ""


def observe(context: Context) -> Logs:
    """List the log folder."""
    folder, now = context.installation().log_folder, moment(time.time())
    try:
        if not context.host.is_folder(folder):
            return Logs(folder, False, None, 0, None, now)
        entries = context.host.list_folder(folder)
    except CannotCheck as closed:
        reason = str(closed.values.get("reason", closed.text))
        return Logs(folder, True, None, 0, None, now, reason)
    files = [entry for entry in entries if not entry.is_folder]
    return Logs(
        folder=folder,
        is_there=True,
        count=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        newest=max((file.modified for file in files), default=None),
        observed=now,
    )


def judge(seen: Logs, product: Product) -> Finding:
    """Never a cause; where the logs are missing, the bundle will lack them too."""
    size, unit = sizes.shown(seen.size_bytes)
    values = {
        "folder": seen.folder,
        "count": seen.count or 0,
        "size": size,
        "unit": unit,
        "address": product.facts.support_address.value,
        "reason": seen.reason,
    }
    evidence = tuple(_evidence(seen))
    if not seen.is_there:
        return could_not_check("check.support_bundle.missing", values=values, evidence=evidence)
    if seen.count is None:
        return could_not_check("check.support_bundle.closed", values=values, evidence=evidence)
    if seen.count == 0:
        return could_not_check("check.support_bundle.empty", values=values, evidence=evidence)
    return ok("check.support_bundle.ready", values=values, evidence=evidence)


def _evidence(seen: Logs) -> Iterator[Evidence]:
    yield Evidence("transporter_logs", seen.folder)
    if seen.count is None:
        return
    yield Evidence("transporter_logs_count", seen.count, "", seen.folder)
    yield Evidence("transporter_logs_size", *sizes.shown(seen.size_bytes), seen.folder)
    if seen.newest is not None:
        age = sizes.shown_age((seen.observed - seen.newest).total_seconds())
        yield Evidence("transporter_logs_newest", *age, seen.folder)


CHECK = Check("support_bundle", CauseId.OTHER, frozenset(), 10.0, Logs, observe, judge)
