# SPDX-License-Identifier: MIT
"""How far the change by hand has come, kept so that it goes on after a closed window or a restart.

Holds no secret: a string in which one is recognised is left out, and the person pastes it again.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wizard import codec, failure_words, secret_patterns
from wizard.errors import BadInput, Refused
from wizard.fixes import atomic, backup
from wizard.fixes.arguments import tokenise
from wizard.fixes.atomic import Step, no_step
from wizard.fixes.handoff import Task
from wizard.fixes.readings import visible
from wizard.host.file_swap import swap
from wizard.host.shown import arguments_without_passwords

SCHEMA = "m365-backup-wizard/handoff/1"
NAME = "handoff.json"
_LIMIT_BYTES = 1_000_000


@dataclass(frozen=True)
class HandoffState:
    """An unfinished change. `step` is the id of the step that is to be done next.

    `current` and `proposed` are None where they can't be kept; with a change in a file, `receipt`
    is its path. `back`: the old string is being put back. `is_restart`: the setting holds the
    wanted string. `folder_receipt`: of the folder made for a change by hand.
    """

    schema: str
    begun: datetime
    computer: str
    step: str
    temp_path: str
    current: str | None
    proposed: str | None
    receipt: str | None = None
    back: bool = False
    is_restart: bool = False
    folder_receipt: str | None = None


def make(task: Task, step: str, computer: str, now: datetime) -> HandoffState:
    """What to keep of a change at a step. With a receipt, that one holds both strings."""
    plan = task.plan
    leaves_out = task.receipt is not None or holds_secret(plan.current)
    return HandoffState(
        schema=SCHEMA,
        begun=(task.begun or now).replace(microsecond=0),
        computer=computer,
        step=step,
        temp_path=plan.temp_path,
        current=None if leaves_out else plan.current,
        proposed=None if leaves_out else plan.proposed,
        receipt=task.receipt,
        back=task.back,
        is_restart=task.is_restart,
        folder_receipt=task.folder_receipt,
    )


def holds_secret(text: str) -> bool:
    """Whether a string has something in it that looks like a password, key or token."""
    if next(secret_patterns.find(text), None) is not None:
        return True
    words = [token.plain for token in tokenise(text)]
    return tuple(words) != arguments_without_passwords(words)


def at(state: HandoffState, step: str) -> HandoffState:
    """The same change at another step."""
    return replace(state, step=step)


def save(state: HandoffState, data: Path, step: Step = no_step) -> None:
    """Put the state on disk in the place of the one before; a crash leaves one or the other.

    Raises:
        Refused: it can't be written; the one before is as it was.
    """
    path = data / NAME
    if holds_secret(state.temp_path):
        raise Refused("arguments.error.handoff_secret", path=visible(str(path)))
    _remove_parts(data)
    part = data / f".{NAME}.{secrets.token_hex(4)}.part"
    content = json.dumps(codec.to_plain(state), indent=2).encode("ascii") + b"\n"
    try:
        backup.write_private(part, content)
    except Refused as refused:
        raise _not_kept(path, str(refused.values["reason"])) from None
    step("written")
    try:
        if path.exists():
            swap(part, path)
        else:
            part.rename(path)
        step("replaced")
        atomic.sync_folder(data)
    except OSError as error:
        raise _not_kept(path, failure_words.of(error)) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def load(data: Path) -> HandoffState | None:
    """The unfinished change; None when there is none.

    Raises:
        BadInput: there is something that can't be read as one.
    """
    path = data / NAME
    unreadable = BadInput("arguments.error.handoff_unreadable", path=visible(str(path)))
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise unreadable
        with path.open("rb") as file:
            state = codec.from_plain(codec.load_json(file.read(_LIMIT_BYTES)), HandoffState)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, BadInput):
        raise unreadable from None
    if state.schema != SCHEMA:
        raise unreadable
    return state


def forget(data: Path) -> None:
    """The change is finished or given up.

    Raises:
        Refused: the file can't be removed.
    """
    path = data / NAME
    _remove_parts(data)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _not_kept(path, failure_words.of(error)) from None


def _remove_parts(data: Path) -> None:
    """What a crash in the middle of `save` left behind."""
    with suppress(OSError):
        for part in data.glob(f".{NAME}.*.part"):
            os.unlink(part)  # noqa: PTH108 - a missing one is suppressed above


def _not_kept(path: Path, reason: str) -> Refused:
    return Refused("arguments.error.handoff_not_kept", path=str(path), reason=reason)
