# SPDX-License-Identifier: MIT
"""How entries of the system's own logs become lines, and why such a log couldn't be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wizard.errors import CannotCheck
from wizard.model import CauseId

SILENT = "log_unread_silent"
MISSING = "log_unread_no_program"
DENIED = "log_unread_no_permission"
DAMAGED = "log_unread_damaged"
FAILED = "log_unread_no_answer"
_CHARACTERS = 2000  # a line, at most


@dataclass(frozen=True)
class SystemLog:
    """A log that the system itself keeps, as far as it is about the product; oldest line first.

    On Windows a line is `2026-11-24T02:14:05Z PROVIDER EVENT: MESSAGE | NAME=VALUE | NAME=VALUE`:
    the message in the system's language, the event's own names and values in none. On Linux it is
    `2026-11-24T02:14:05Z PROGRAM: MESSAGE`, of the kernel and of systemd; times are UTC on both.
    `unread` is the id, under [label], of why it was not read; `causes` are those it can tell of.
    """

    name: str
    causes: tuple[CauseId, ...]
    lines: tuple[str, ...] = ()
    unread: str = ""


def line(moment: datetime, teller: str, message: str, values: Sequence[str] = ()) -> str:
    """One line, whatever breaks the entry has; SystemLog tells its form."""
    text = " | ".join((message, *values)) if values else message
    whole = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {teller}: {' '.join(text.split())}"
    return whole[:_CHARACTERS]


def is_marked(text: str, marks: Sequence[str]) -> bool:
    """Whether one of the marks stands in it, whatever its case."""
    lowered = text.lower()
    return any(mark.lower() in lowered for mark in marks if mark)


def reason_of(closed: CannotCheck) -> str:
    """The id, under [label], of why a command gave no log."""
    reasons = {
        "error.host_silent": SILENT,
        "error.host_command_missing": MISSING,
        "error.host_path_unreadable": DENIED,
    }
    return reasons.get(closed.text, FAILED)
