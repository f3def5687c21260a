# SPDX-License-Identifier: MIT
"""One cause's part of what the logs say, and what was read for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.checks import sizes
from wizard.model import Value
from wizard.nakivo import log_bearing
from wizard.nakivo.deciding_run import UNTIMED, Chosen, DecidingRun
from wizard.nakivo.log_doubts import NO_DOUBTS, TimeDoubts
from wizard.nakivo.log_signatures import Signature, Weight
from wizard.nakivo.log_tally import LogMatch
from wizard.nakivo.logs import LogFile


@dataclass(frozen=True)
class LogHits:
    """One cause's part of what the logs say. Secrets are masked where the logs are read."""

    files: int
    bytes: int
    newest: str | None
    complete: bool
    skipped: tuple[LogFile, ...]
    matches: tuple[LogMatch, ...]
    stopped_after_s: float | None = None
    temp_folder: str | None = None  # the one seen in use; asked for lines about it only
    system_logs: tuple[str, ...] = ()  # the system's own logs that were read beside these
    run: DecidingRun = UNTIMED
    doubts: TimeDoubts = NO_DOUBTS
    client_id: str = ""  # the app's, where somebody gave it; for lines about Microsoft 365 only


Pair = tuple[Signature, LogMatch]


def is_enough(signature: Signature, count: int) -> bool:
    """Whether there are enough lines of a kind to mean something."""
    return count >= max(1, signature.minimum_hits)


def weight(pair: Pair) -> Weight:
    """What the recent lines of a kind mean for their cause."""
    return log_bearing.weight(pair[0], pair[1].bearing)


def lines(matches: Sequence[LogMatch], name: str) -> int:
    """How many lines these are together, each once; `name` is the field that counts them."""
    counts: list[int] = [getattr(match, name) for match in matches]
    again: int = sum(getattr(match.again, name) for match in matches)
    return max([0, *counts, sum(counts) - again])


def read_values(hits: LogHits) -> dict[str, Value]:
    """How much was read, and of what not."""
    size, unit = sizes.shown(hits.bytes)
    read: dict[str, Value] = {"files": hits.files, "size": size, "unit": unit}
    return read | {"skipped": len(hits.skipped), "seconds": hits.stopped_after_s or 0.0}


def run_values(hits: LogHits) -> dict[str, Value]:
    """Which run decides, and how it was found."""
    return values_of(hits.run, hits.newest) | {"ahead": int(hits.doubts.ahead > 0)}


def values_of(run: DecidingRun, newest: str | None) -> dict[str, Value]:
    """The same of a run, beside the newest line of the logs."""
    named = run.chosen not in (Chosen.NEWEST, Chosen.UNTIMED)
    return {
        "named": int(named),
        "begin": run.begin or "?",
        "failed_at": run.failed_at or "?",
        "oldest": run.runs[0][0] if run.runs else "?",
        "newest": newest or "?",
    }


def unread_text(hits: LogHits) -> str | None:
    """The text that tells what wasn't read, where that leaves the question open."""
    if hits.stopped_after_s is not None:
        return "log_evidence.stopped"
    if not hits.files:
        return "log_evidence.unreadable" if hits.skipped else "log_evidence.no_logs"
    if not hits.complete:
        return "log_evidence.cancelled"
    return "log_evidence.partly_read" if hits.skipped else None
