# SPDX-License-Identifier: MIT
"""What Linux and Windows answer in the same way: processes, files, environment."""

from __future__ import annotations

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping

from wizard.host import (
    disk_speed,
    encryption_settings,
    files,
    listening,
    processes,
)
from wizard.host.acts import WriteSpeed
from wizard.host.base import FileEntry, Listener, Process, Volume


class Computer(ABC):
    """The shared part of the live hosts."""

    @abstractmethod
    def volume(self, path: str) -> Volume:
        """The volume that holds a path."""

    def write_speed(
        self, folder: str, size_bytes: int, cancel: threading.Event, *, keep_free_bytes: int
    ) -> WriteSpeed:
        """By a file that is written and removed."""
        free = self.volume(folder).free_bytes
        return disk_speed.measure(
            folder, size_bytes, cancel, free_bytes=free, keep_free_bytes=keep_free_bytes
        )

    def processes(self) -> tuple[Process, ...]:
        """All running processes."""
        return processes.running()

    def listening(self) -> tuple[Listener, ...]:
        """All TCP ports at which somebody waits."""
        return listening.listening()

    def environment(self) -> Mapping[str, str]:
        """The variables that this program was started with, also those that it leaves out."""
        return {**os.environ, **encryption_settings.left_out()}

    def is_folder(self, path: str) -> bool:
        """Whether there is such a folder."""
        return files.is_folder(path)

    def real_path(self, path: str) -> str:
        """Where a path lies once links and junctions are followed."""
        return files.real_path(path)

    def list_folder(self, path: str) -> tuple[FileEntry, ...]:
        """The direct content of a folder."""
        return files.list_folder(path)

    def read_bytes(self, path: str, limit_bytes: int) -> bytes:
        """The beginning of a file."""
        return files.read_bytes(path, limit_bytes)

    def read_text(self, path: str, limit_bytes: int = 1_000_000) -> str:
        """The beginning of a text file."""
        return files.read_text(path, limit_bytes)
