# SPDX-License-Identifier: MIT
"""What does a command of the system print?"""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from wizard import failure_words
from wizard.errors import CannotCheck

_LOOK_SECONDS = 0.1
_GRACE_SECONDS = 1.0  # for a killed command to be gone
# What systemd's programs say where another program began the computer.
_WITHOUT_SYSTEMD = "not been booted with systemd"


@dataclass(frozen=True)
class Done:
    """A command that came to its end."""

    status: int
    printed: str
    complained: str

    @property
    def said(self) -> str:
        """What it has to say for itself: complaints first."""
        return (self.complained or self.printed).strip()


def output(command: Sequence[str], seconds: float) -> str:
    """Standard output of a command that must end with status 0 in time; CannotCheck otherwise."""
    ended = done(command, seconds, threading.Event())
    if ended.status != 0:
        if _WITHOUT_SYSTEMD in ended.said:
            raise CannotCheck("error.host_without_systemd", command=command[0])
        told = ended.said.splitlines() or [f"status {ended.status}"]
        raise CannotCheck("error.host_command_failed", command=command[0], reason=told[0][:200])
    return ended.printed


def done(command: Sequence[str], seconds: float, cancel: threading.Event) -> Done:
    """Run a command to its end, whatever that is.

    Raises:
        CannotCheck: it couldn't be started, took too long, or `cancel` was set; it is stopped.
    """
    process, end = _started(command), time.monotonic() + seconds
    while not cancel.is_set() and time.monotonic() < end:
        try:
            printed, complained = process.communicate(timeout=_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return Done(process.returncode, _text(printed), _text(complained))
    _stop(process)
    if cancel.is_set():
        raise CannotCheck("error.host_given_up", what=command[0])
    raise CannotCheck("error.host_silent", what=command[0], seconds=seconds)


def _text(printed: bytes) -> str:
    """What was printed: UTF-8, or the UTF-16 that some programs of Windows can be told to write."""
    if printed.startswith(codecs.BOM_UTF16_LE) or printed[1:2] == b"\0":
        text = printed.decode("utf-16-le", "replace").lstrip("\ufeff")
    else:
        text = printed.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            creationflags=_no_window(),
        )
    except OSError as error:
        raise CannotCheck(
            "error.host_command_missing", command=command[0], reason=failure_words.of(error)
        ) from error


def _stop(process: subprocess.Popen[bytes]) -> None:
    """What it started itself may hold the pipes open; nobody waits for that."""
    with suppress(OSError):  # it may have got rights that this program hasn't
        process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE_SECONDS)
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "SYSTEMD_PAGER": "", "SYSTEMD_COLORS": "0"}


def _no_window() -> int:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    return flags
