# SPDX-License-Identifier: MIT
"""What Linux and Windows answer in the same way: processes, files, environment."""

from __future__ import annotations

import os
from collections.abc import Mapping

from wizard.host import files, processes
from wizard.host.base import FileEntry, Process


class Computer:
    """The shared part of the live hosts."""

    def processes(self) -> tuple[Process, ...]:
        """All running processes."""
        return processes.running()

    def environment(self) -> Mapping[str, str]:
        """This program's environment variables."""
        return dict(os.environ)

    def is_folder(self, path: str) -> bool:
        """Whether there is such a folder."""
        return files.is_folder(path)

    def list_folder(self, path: str) -> tuple[FileEntry, ...]:
        """The direct content of a folder."""
        return files.list_folder(path)

    def read_text(self, path: str, limit_bytes: int = 1_000_000) -> str:
        """The beginning of a text file."""
        return files.read_text(path, limit_bytes)
