# SPDX-License-Identifier: MIT
"""Which log files there are in what was named, and their bytes: folders, .gz and .zip included.

Nothing is unpacked to disk, no link inside a folder is followed, and whatever can't be read is
handed on with its reason.
"""

from __future__ import annotations

import gzip
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from wizard.nakivo.log_signatures import Limits

LOG_NAME = re.compile(r"(?i)(?:\.log|\.out|\.err|\.trace)(?:[._-][\w.-]{1,30})?$|\.txt(?:\.gz)?$")
ARCHIVE_NAME = re.compile(r"(?i)\.zip$")
# Databases, key stores and profiles hold secrets: never opened, whatever was asked.
NEVER = re.compile(
    r"(?i)\.(?:h2\.db|mv\.db|db|keystore|jks|p12|pfx|pem|key|profile|hprof)(?:\.gz)?$"
    r"|(?:^|[\\/])(?:\.keystore|cacerts)$"
)
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a folder of Windows that leads elsewhere
UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)


@dataclass(frozen=True)
class Source:
    """One log: `open` gives its unpacked bytes. `packed_bytes` is 0 for a plain file."""

    path: str
    open: Callable[[], BinaryIO]
    packed_bytes: int = 0


class LimitReached(Exception):
    """Reading stopped on purpose; `reason` is an id under [label]."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Capped:
    """A stream that ends with LimitReached instead of filling memory, disk or time."""

    def __init__(self, stream: BinaryIO, packed_bytes: int, limits: Limits, room: int) -> None:
        self._stream = stream
        self._limits = limits
        self._room = room
        self._packed = packed_bytes
        self._read = 0

    def read(self, size: int) -> bytes:
        """The next bytes, as a file's read."""
        block = self._stream.read(size)
        self._read += len(block)
        if self._packed and self._read > max(
            self._limits.archive_ratio_from_bytes, self._packed * self._limits.archive_ratio
        ):
            raise LimitReached("log_unread_bomb")
        if self._read > self._room:
            raise LimitReached("log_unread_too_much")
        return block


@dataclass(frozen=True)
class Skipped:
    """Something that wasn't read, and why: an id under [label]."""

    path: str
    reason: str


Found = Source | Skipped


def find(paths: tuple[str, ...], limits: Limits) -> Iterator[Found]:
    """Every log below what was named, in a fixed order, up to the limit."""
    count = 0
    for path in dict.fromkeys(paths):
        for found in _named(Path(path), limits):
            count += 1
            if count > limits.files:
                yield Skipped(path, "log_unread_too_many")
                return
            yield found


def reason_of(error: BaseException) -> str:
    """The id of what went wrong while reading."""
    if isinstance(error, FileNotFoundError):
        return "log_unread_missing"
    if isinstance(error, PermissionError):
        return "log_unread_no_permission"
    if isinstance(error, zipfile.BadZipFile | EOFError | zlib.error | gzip.BadGzipFile):
        return "log_unread_damaged"
    if isinstance(error, NotImplementedError | RuntimeError):
        return "log_unread_encrypted"
    return "log_unread_failed"


def _named(path: Path, limits: Limits) -> Iterator[Found]:
    """What a person named: a folder or a file of any name; a link to either is meant."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield from _folder(path, path.resolve(), limits)
        else:
            yield from _file(path, mode, limits)
    except UNREADABLE as error:
        yield Skipped(str(path), reason_of(error))


def _folder(folder: Path, root: Path, limits: Limits) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(str(folder), reason_of(error))
        return
    for entry in entries:
        try:
            yield from _in_folder(entry, root, limits)
        except OSError as error:
            yield Skipped(entry.path, reason_of(error))


def _in_folder(entry: os.DirEntry[str], root: Path, limits: Limits) -> Iterator[Found]:
    path, status = Path(entry.path), entry.stat(follow_symlinks=False)
    if entry.is_symlink() or getattr(status, "st_reparse_tag", 0) == _JUNCTION:
        yield from _link(path, root)
    elif entry.is_dir(follow_symlinks=False):
        yield from _folder(path, root, limits)
    elif LOG_NAME.search(entry.name) or ARCHIVE_NAME.search(entry.name):
        yield from _file(path, status.st_mode, limits)


def _link(path: Path, root: Path) -> Iterator[Found]:
    """A link that leads elsewhere is named; one that stays inside leads to what is read anyway."""
    if not path.resolve().is_relative_to(root) and LOG_NAME.search(path.name):
        yield Skipped(str(path), "log_unread_link")


def _file(path: Path, mode: int, limits: Limits) -> Iterator[Found]:
    if NEVER.search(str(path)):
        yield Skipped(str(path), "log_unread_never")
    elif not stat.S_ISREG(mode):
        yield Skipped(str(path), "log_unread_not_a_file")
    else:
        yield from _by_content(path, limits)


def _by_content(path: Path, limits: Limits) -> Iterator[Found]:
    try:
        with path.open("rb") as file:
            magic = file.read(4)
        if magic.startswith(b"PK\x03\x04"):
            yield from _archive(path, limits)
        elif magic.startswith(b"\x1f\x8b"):
            yield Source(str(path), lambda: _gz(path), max(1, path.stat().st_size))
        else:
            yield Source(str(path), lambda: path.open("rb"))
    except UNREADABLE as error:
        yield Skipped(str(path), reason_of(error))


def _gz(path: Path) -> BinaryIO:
    return gzip.GzipFile(path)  # type: ignore[return-value]  # used for read only


def _archive(path: Path, limits: Limits) -> Iterator[Found]:
    """The logs in a .zip; the archive stays open until all of them are read."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        for entry in entries[: limits.archive_entries]:
            if not entry.is_dir():
                yield from _entry(archive, entry, f"{path}!{_printable(entry.filename)}")
        if len(entries) > limits.archive_entries:
            yield Skipped(str(path), "log_unread_too_many")


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> Iterator[Found]:
    name = entry.filename
    if NEVER.search(name) or not (LOG_NAME.search(name) or ARCHIVE_NAME.search(name)):
        return
    if ARCHIVE_NAME.search(name):
        yield Skipped(shown, "log_unread_nested")
    elif entry.flag_bits & 1:
        yield Skipped(shown, "log_unread_encrypted")
    elif name.lower().endswith(".gz"):
        yield Source(shown, lambda: _gz_entry(archive, entry), max(1, entry.compress_size))
    else:
        yield Source(shown, lambda: _plain_entry(archive, entry), max(1, entry.compress_size))


def _plain_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    return archive.open(entry)  # type: ignore[return-value]  # IO[bytes], used for read only


def _gz_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    return gzip.GzipFile(fileobj=archive.open(entry))  # type: ignore[return-value]


def _printable(name: str) -> str:
    """An entry's name without characters that could play tricks on a terminal."""
    return "".join(c if c.isprintable() else "?" for c in name)
