# SPDX-License-Identifier: MIT
"""Which log files there are in what was named, and their bytes: folders and archives included.

Nothing is unpacked to disk, no link inside a folder is followed, and whatever could be a log and
can't be read is handed on with its reason. What a folder or archive holds beside logs (programs,
pictures, databases, settings) is passed over without a word; a file without a telling name is
taken for a log when one of its first lines begins with a time.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from wizard.host import shared_file
from wizard.nakivo import log_archives, log_content, log_patience, log_sources, log_tars
from wizard.nakivo.log_content import UNREADABLE
from wizard.nakivo.log_lines import Stop
from wizard.nakivo.log_signatures import Limits
from wizard.nakivo.log_sources import LOG_NAME, NEVER, Found, LimitReached, Skipped, Source

T = TypeVar("T")

_SILENT = "log_unread_silent"
_SILENT_OF_FOLDER = 2  # after so many things without an answer, the rest of a folder is left
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a folder of Windows that leads elsewhere


def find(paths: tuple[str, ...], limits: Limits, stop: Stop) -> Iterator[Found]:
    """Every log below what was named, in a fixed order, until the limit or the end of reading."""
    walk, count = _Walk(limits, stop), 0
    for path in dict.fromkeys(paths):
        for found in walk.named(Path(path)):
            if stop.is_cancelled:
                return
            count += 1
            if count > limits.files:
                yield Skipped(_printable(path), "log_unread_too_many")
                return
            yield replace(found, path=_printable(found.path))


@dataclass(frozen=True)
class _Walk:
    """One walk through folders; it ends early where nobody waits or the time is over."""

    limits: Limits
    stop: Stop

    def named(self, path: Path) -> Iterator[Found]:
        """What a person named: a folder or a file of any name; a link to either is meant."""
        try:
            mode, root = self._ask(lambda: (path.stat().st_mode, path.resolve()))
            if stat.S_ISDIR(mode):
                yield from self._folder(path, root, 0)
            else:
                yield from self._file(path, mode, is_named=True)
        except LimitReached as limit:
            yield Skipped(str(path), limit.reason)
        except UNREADABLE as error:
            yield Skipped(str(path), log_sources.reason_of(error))

    def _ask(self, question: Callable[[], T]) -> T:
        """What a disk or share answers, which may never come."""
        return log_patience.ask(question, self.stop)

    def _folder(self, folder: Path, root: Path, depth: int) -> Iterator[Found]:
        if depth > self.limits.folder_depth:
            yield Skipped(str(folder), "log_unread_deep_folder")
            return
        try:
            entries, whole = self._ask(lambda: self._entries(folder))
        except OSError as error:
            yield Skipped(str(folder), log_sources.reason_of(error))
            return
        answers = yield from self._entries_of(entries, root, depth)
        if self.stop.is_late:
            yield Skipped(str(folder), "log_unread_time")
        elif not answers:
            yield Skipped(str(folder), _SILENT)
        elif not whole:
            yield Skipped(str(folder), "log_unread_too_many")

    def _entries_of(
        self, entries: list[os.DirEntry[str]], root: Path, depth: int
    ) -> Generator[Found, None, bool]:
        """What is found in a folder; whether its disk or share still answers at the end."""
        silent = 0
        for entry in entries:
            if self._ends or silent == _SILENT_OF_FOLDER:
                break
            for found in self._entry(entry, root, depth):
                yield found
                silent += found == Skipped(entry.path, _SILENT)
        return silent < _SILENT_OF_FOLDER

    @property
    def _ends(self) -> bool:
        return self.stop.is_cancelled or self.stop.is_late

    def _entries(self, folder: Path) -> tuple[list[os.DirEntry[str]], bool]:
        """What may be a log or hold one, by name; whether that is all of it."""
        found: list[os.DirEntry[str]] = []
        with os.scandir(folder) as listed:
            for entry in listed:
                if self._ends:
                    break
                if not log_sources.is_other(entry.name) or entry.is_dir(follow_symlinks=False):
                    found.append(entry)
                    if len(found) > self.limits.folder_entries:
                        break
        found.sort(key=lambda entry: entry.name)
        return found[: self.limits.folder_entries], len(found) <= self.limits.folder_entries

    def _entry(self, entry: os.DirEntry[str], root: Path, depth: int) -> Iterator[Found]:
        """What is found at one entry of a folder; an entry that fails leaves the others alone."""
        try:
            yield from self._in_folder(entry, root, depth)
        except LimitReached:
            return  # told of the folder
        except OSError as error:
            yield Skipped(entry.path, log_sources.reason_of(error))

    def _in_folder(self, entry: os.DirEntry[str], root: Path, depth: int) -> Iterator[Found]:
        path = Path(entry.path)
        status = self._ask(lambda: entry.stat(follow_symlinks=False))
        mode = status.st_mode
        if stat.S_ISLNK(mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION:
            yield from self._ask(lambda: list(_link(path, root)))
        elif stat.S_ISDIR(mode):
            yield from self._folder(path, root, depth + 1)
        else:
            yield from self._file(path, mode, is_named=False)

    def _file(self, path: Path, mode: int, *, is_named: bool) -> Iterator[Found]:
        if NEVER.search(str(path)):
            yield Skipped(str(path), "log_unread_never")
        elif not stat.S_ISREG(mode):
            yield Skipped(str(path), "log_unread_not_a_file")
        else:
            yield from self._by_content(path, is_named=is_named)

    def _by_content(self, path: Path, *, is_named: bool) -> Iterator[Found]:
        try:
            head, is_zip = self._ask(lambda: _head(path))
            tar = None if is_zip else self._ask(lambda: log_tars.layers_of(path, head))
            if is_zip:
                yield from log_patience.each(log_archives.find(path, self.limits), self.stop)
            elif tar is not None:
                steps = log_patience.each(log_tars.find(path, tar, self.limits), self.stop)
                yield from (step for step in steps if step is not None)
            else:
                yield from self._ask(lambda: list(_log(path, head, is_named=is_named)))
        except UNREADABLE as error:
            yield Skipped(str(path), log_sources.reason_of(error))


def _head(path: Path) -> tuple[bytes, bool]:
    """How a file begins, and whether it is a .zip."""
    with shared_file.open_to_read(path) as file:
        head = file.read(log_content.HEAD_BYTES)
    return head, log_content.is_zip(path, head)


def _log(path: Path, head: bytes, *, is_named: bool) -> Iterator[Found]:
    status = path.stat()
    is_log = is_named or LOG_NAME.search(path.name) is not None
    changed = _moment(status.st_mtime)
    for found in log_sources.stream(
        str(path), lambda: shared_file.open_to_read(path), head, status.st_size, is_log=is_log
    ):
        yield replace(found, changed=changed) if isinstance(found, Source) else found


def _link(path: Path, root: Path) -> Iterator[Found]:
    """A link that leads elsewhere is named; one that stays inside leads to what is read anyway."""
    if log_sources.is_other(path.name):
        return
    try:
        inside = path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # Python before 3.13 raises RuntimeError for a loop
        yield Skipped(str(path), "log_unread_link_loop")
        return
    if not inside:
        yield Skipped(str(path), "log_unread_link")


def _moment(seconds: float) -> datetime | None:
    """A file's time, None for one that no calendar holds."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _printable(path: str) -> str:
    """A path in one line, without characters that could play tricks on whoever reads it."""
    return "".join(c if c.isprintable() else "?" for c in path)
