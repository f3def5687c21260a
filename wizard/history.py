# SPDX-License-Identifier: MIT
"""What earlier diagnoses of this computer saw of its disks: one line each, in the data folder."""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Sequence
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
# Shortened only now and then: while it is, a line that another run adds is lost.
_SLACK = 50
_APPEND = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class SpaceLook:
    """How much was free on a volume at one moment; `volume` is its mount."""

    when: datetime
    computer: str
    volume: str
    total_bytes: int
    free_bytes: int


@dataclass(frozen=True)
class Kept:
    """The looks in the order in which they were made; some lines may be half ones."""

    looks: tuple[SpaceLook, ...]
    unread_lines: int = 0


@dataclass(frozen=True)
class History:
    """The file of looks, readable for its owner only, never much longer than MOST_LINES lines."""

    path: Path

    def read(self) -> Kept:
        """The newest looks; a line that a crash or a full disk left half-written is passed over.

        Raises:
            CannotCheck: the file can't be read, or not one of its lines.
        """
        if not os.path.lexists(self.path):
            return Kept(())
        try:
            content = atomic.read(self.path)
        except WizardError:
            raise self._unreadable() from None
        lines = content.splitlines()
        looks = [look for look in map(_look, lines) if look is not None]
        if lines and not looks:
            raise self._unreadable()
        return Kept(tuple(looks[-MOST_LINES:]), len(lines) - len(looks))

    def add(self, look: SpaceLook) -> None:
        """Keep one more look; one that can't be kept is no reason to fail a diagnosis."""
        try:
            if os.path.lexists(self.path):
                self._append(look)
            else:
                backup.write_private(self.path, _line(look))
        except (WizardError, OSError) as refused:
            log.info("no line was added to the history: %s", refused)

    def _append(self, look: SpaceLook) -> None:
        """Another run may add at the same time: what is there stays, but for the oldest."""
        content = atomic.read(self.path)
        lines = content.splitlines()
        if len(lines) < MOST_LINES + _SLACK and any(map(_look, lines)):
            # A half line at the end must not take this one with it.
            begin = b"" if content.endswith(b"\n") else b"\n"
            handle = os.open(self.path, _APPEND)
            try:
                os.write(handle, begin + _line(look))
            finally:
                os.close(handle)
            return
        looks = [known for known in map(_look, lines) if known is not None]
        self._begin_anew([*looks, look][-MOST_LINES:])

    def _begin_anew(self, looks: Sequence[SpaceLook]) -> None:
        part = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}.part")
        try:
            backup.write_private(part, b"".join(map(_line, looks)))
            part.replace(self.path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _unreadable(self) -> CannotCheck:
        return CannotCheck("history.unreadable", path=str(self.path))


def _line(look: SpaceLook) -> bytes:
    return f"{json.dumps(codec.to_plain(look))}\n".encode()


def _look(line: bytes) -> SpaceLook | None:
    try:
        return codec.from_plain(codec.load_json(line.decode()), SpaceLook)
    except (WizardError, ValueError):
        return None


def own() -> History | None:
    """The history in this account's data folder; None where it has no such folder."""
    try:
        return History(backup.data_folder() / FILE)
    except WizardError:
        return None
