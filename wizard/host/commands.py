# SPDX-License-Identifier: MIT
"""What does a command of the system print?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from wizard.errors import CannotCheck
from wizard.host.deadline import within

# Beyond this a command has gone wrong; the part that was printed is thrown away.
_GRACE_SECONDS = 1.0


def output(command: Sequence[str], seconds: float) -> str:
    """Standard output of a command that must end with status 0 in time; CannotCheck otherwise."""
    # A killed command can leave a child that holds the pipe open, so the wait has its own end.
    done = within(seconds + _GRACE_SECONDS)(_run)(command[0], command[1:], seconds)
    if done.returncode != 0:
        told = (done.stderr or done.stdout).strip().splitlines() or [f"status {done.returncode}"]
        raise CannotCheck("error.host_command_failed", command=command[0], reason=told[0][:200])
    return done.stdout


def _run(
    program: str, arguments: Sequence[str], seconds: float
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [program, *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            encoding="utf-8",
            errors="replace",
            env=_environment(),
            creationflags=_no_window(),
        )
    except subprocess.TimeoutExpired:
        raise CannotCheck("error.host_silent", what=program, seconds=seconds) from None
    except OSError as error:
        raise CannotCheck(
            "error.host_command_missing", command=program, reason=error.strerror or ""
        ) from error


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "SYSTEMD_PAGER": "", "SYSTEMD_COLORS": "0"}


def _no_window() -> int:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    return flags
