# SPDX-License-Identifier: MIT
"""What do the kernel and systemd say of killed processes and of the product's services?"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from wizard import codec, failure_words
from wizard.errors import CannotCheck
from wizard.host import commands, system_log_lines
from wizard.host.system_log_lines import SystemLog
from wizard.model import CauseId

KERNEL = "systemd journal, kernel and services"
CAUSES = (CauseId.MEMORY, CauseId.OTHER)
DMESG = "kernel messages (dmesg)"
_SECONDS = 8.0
_MOST = 2000
_DAYS = 14
_FIELDS = "MESSAGE,SYSLOG_IDENTIFIER,_TRANSPORT,UNIT"
_COMMAND = (
    "journalctl", "--no-pager", "--output=json", f"--output-fields={_FIELDS}",
    f"--since=-{_DAYS}d", f"--lines={_MOST}",
)  # fmt: skip
# The kernel tells of a killed process as an error; what it only warns of would drown that.
_KERNEL_ERRORS = ("_TRANSPORT=kernel", *(f"PRIORITY={level}" for level in range(4)))
_OOM = re.compile(r"(?i)out of memory|oom[-_ ]|oom:|killed process")
_OOMD = "systemd-oomd.service"
_UNIT = re.compile(r"[\w@.:\\-]+\.service")
_CLOSED = (
    "not seeing messages from other",
    "insufficient permissions",
    "Operation not permitted",
    "Permission denied",
)


def system_logs(marks: Sequence[str]) -> tuple[SystemLog, ...]:
    """The journal; where none is kept, what the kernel still remembers."""
    units = tuple(mark for mark in marks if _UNIT.fullmatch(mark))
    try:
        if not _shows_the_system():
            return (_dmesg(),)
        about = _journal((*_KERNEL_ERRORS, *_about(units)))
        lines = tuple(line for line, entry in about if _is_ours(line, entry, marks))
        own = tuple(_own_output(unit) for unit in units)
    except CannotCheck as closed:
        if system_log_lines.reason_of(closed) == system_log_lines.MISSING:
            return (_dmesg(),)
        return (SystemLog(KERNEL, CAUSES, unread=system_log_lines.reason_of(closed)),)
    return (SystemLog(KERNEL, CAUSES, lines), *(log for log in own if log.lines))


def _shows_the_system() -> bool:
    """Whether a journal is kept; CannotCheck where it is and may not be read.

    systemd writes into every journal, so none of its entries means: no journal, or not for us. The
    journal says so itself only in some cases.
    """
    if _journal(("--lines=1", "_PID=1")):
        return True
    if sys.platform != "win32" and os.geteuid() != 0:
        raise CannotCheck("error.host_path_unreadable", path="journalctl", reason="")
    return False


def _about(units: Sequence[str]) -> Iterator[str]:
    """What systemd itself says of the units, and its own killer of processes."""
    yield from ("+", f"_SYSTEMD_UNIT={_OOMD}")
    for unit in units:
        yield from ("+", "_PID=1", f"UNIT={unit}")


def _is_ours(line: str, entry: dict[str, Any], marks: Sequence[str]) -> bool:
    if entry.get("_TRANSPORT") == "kernel":
        return _OOM.search(line) is not None
    return entry.get("UNIT") in marks or system_log_lines.is_marked(line, marks)


def _own_output(unit: str) -> SystemLog:
    """What a unit's programs print themselves."""
    told = _journal((f"_SYSTEMD_UNIT={unit}",))
    return SystemLog(f"systemd journal, {unit}", CAUSES, tuple(line for line, _ in told))


def _journal(matches: Sequence[str]) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Entries and their lines, oldest first."""
    ended = commands.done((*_COMMAND, *matches), _SECONDS, threading.Event())
    if any(word in ended.complained for word in _CLOSED):
        raise CannotCheck("error.host_path_unreadable", path="journalctl", reason=ended.said)
    if ended.status != 0:
        raise CannotCheck("error.host_command_failed", command="journalctl", reason=ended.said)
    return tuple(_entries(ended.printed))


def _entries(printed: str) -> Iterator[tuple[str, dict[str, Any]]]:
    oldest = datetime.now(UTC) - timedelta(days=_DAYS)
    for text in printed.split("\n"):
        if text.strip():
            try:
                entry = codec.load_json(text)
                moment = datetime.fromtimestamp(int(entry["__REALTIME_TIMESTAMP"]) / 1e6, UTC)
            except (json.JSONDecodeError, KeyError, ValueError) as error:
                reason = failure_words.of(error)
                raise CannotCheck(
                    "error.host_command_failed", command="journalctl", reason=reason
                ) from error
            if moment < oldest:  # a journal that was put together is in no strict order
                continue
            teller = entry.get("SYSLOG_IDENTIFIER") or entry.get("_TRANSPORT") or "journal"
            yield system_log_lines.line(moment, teller, _message(entry)), entry


def _message(entry: dict[str, Any]) -> str:
    """Bytes that are no UTF-8 come as numbers; an overlong message doesn't come at all."""
    told = entry.get("MESSAGE")
    if isinstance(told, list):
        return bytes(told).decode("utf-8", "replace")
    return told or ""


def _dmesg() -> SystemLog:
    """What the kernel has said since the start, as far as its memory reaches."""
    command = ("dmesg", "--time-format=iso", "--level=emerg,alert,crit,err")
    try:
        ended = commands.done(command, _SECONDS, threading.Event())
    except CannotCheck as closed:
        return SystemLog(DMESG, CAUSES, unread=system_log_lines.reason_of(closed))
    if ended.status != 0:
        denied = any(word in ended.said for word in _CLOSED)
        reason = system_log_lines.DENIED if denied else system_log_lines.FAILED
        return SystemLog(DMESG, CAUSES, unread=reason)
    entries = tuple(_dmesg_entries(ended.printed))
    if ended.printed.strip() and not entries:  # an older dmesg, whose times are another's
        return SystemLog(DMESG, CAUSES, unread=system_log_lines.FAILED)
    oldest = datetime.now(UTC) - timedelta(days=_DAYS)
    recent = [(when, text) for when, text in entries if when >= oldest and _OOM.search(text)]
    lines = tuple(system_log_lines.line(when, "kernel", text) for when, text in recent)
    return SystemLog(DMESG, CAUSES, lines)


def _dmesg_entries(printed: str) -> Iterator[tuple[datetime, str]]:
    """Each message with its time, without the further lines of a message."""
    for text in printed.split("\n"):
        when, _, message = text.partition(" ")
        with suppress(ValueError):
            yield datetime.fromisoformat(when), message
