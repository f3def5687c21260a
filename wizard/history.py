# SPDX-License-Identifier: MIT
"""What earlier diagnoses of this computer saw of its disks: one line each, in the data folder."""

from __future__ import annotations

import json
import logging
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wizard import codec
from wizard.errors import CannotCheck, WizardError
from wizard.fixes import atomic, backup

log = logging.getLogger(__name__)

FILE = "history.jsonl"
MOST_LINES = 200


@dataclass(frozen=True)
class Look:
    """How much was free on a volume at one moment; `volume` is its mount."""

    when: datetime
    computer: str
    volume: str
    total_bytes: int
    free_bytes: int


@dataclass(frozen=True)
class History:
    """The file of looks, readable for its owner only, never longer than MOST_LINES lines."""

    path: Path

    def looks(self) -> tuple[Look, ...]:
        """All of them, in the order in which they were made.

        Raises:
            CannotCheck: the file can't be read, or holds something else.
        """
        if not os.path.lexists(self.path):
            return ()
        try:
            lines = atomic.read(self.path).decode().splitlines()
            return tuple(codec.from_plain(codec.load_json(line), Look) for line in lines)
        except (WizardError, ValueError):
            raise CannotCheck("history.unreadable", path=str(self.path)) from None

    def add(self, look: Look) -> None:
        """Keep one more look; one that can't be kept is no reason to fail a diagnosis."""
        try:
            kept = self.looks()
        except CannotCheck:  # told by the diagnosis that met it; begun anew
            kept = ()
        lines = [json.dumps(codec.to_plain(one)) for one in (*kept, look)[-MOST_LINES:]]
        part = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}.part")
        try:
            backup.write_private(part, "".join(f"{line}\n" for line in lines).encode())
            part.replace(self.path)
        except (WizardError, OSError) as refused:
            log.info("no line was added to the history: %s", refused)
            with suppress(OSError):
                part.unlink(missing_ok=True)


def own() -> History | None:
    """The history in this account's data folder; None where it has no such folder."""
    try:
        return History(backup.data_folder() / FILE)
    except WizardError:
        return None
