# SPDX-License-Identifier: MIT
"""Did another log hold this very line already? A copied or rotated log must not count twice."""

from __future__ import annotations

from datetime import datetime


class Copies:
    """Knows a line of one log again in a copy of it; a line may well stand twice in one log."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._seen: dict[int, tuple[str, int, int]] = {}  # file, lines in it, most in any file

    def is_copy(self, line: tuple[int, str, datetime], file: str) -> bool:
        """Whether an earlier log held this line as often as this one up to here."""
        key = hash(line)
        if key not in self._seen and len(self._seen) >= self._room:
            return False
        last, count, most = self._seen.get(key, (file, 0, 0))
        count = count + 1 if last == file else 1
        self._seen[key] = (file, count, max(most, count))
        return count <= most
