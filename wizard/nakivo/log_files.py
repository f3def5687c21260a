# SPDX-License-Identifier: MIT
"""Which log files there are in what was named, and their bytes: folders, .gz and .zip included.

Nothing is unpacked to disk, no link inside a folder is followed, and whatever could be a log and
can't be read is handed on with its reason. What a folder or archive holds beside logs (programs,
pictures, databases, settings) is passed over without a word; a file without a telling name is
taken for a log when one of its first lines begins with a time.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from wizard.nakivo import log_content
from wizard.nakivo.log_content import DAMAGED, UNREADABLE, Layer, Unpacked
from wizard.nakivo.log_lines import Stop
from wizard.nakivo.log_signatures import Limits

LOG_NAME = re.compile(
    r"(?i)(?:\.log|\.out|\.err|\.trace)(?:[._-][\w.-]{1,30}|\s?\(\d{1,4}\))?$"
    r"|\.txt(?:\.(?:gz|bz2|xz))?$"
    # rotated by the day, without .log
    r"|[._-]\d{4}-?\d\d-?\d\d(?:[._-]\d{1,6}){0,3}(?:\.(?:gz|bz2|xz|txt))?$"
)
ARCHIVE_NAME = re.compile(r"(?i)\.(?:zip|7z|rar|tar|tgz|tbz2?|txz|tar\.\w{2,4}|zst|lz4|cab)$")
# Databases, key stores and profiles hold secrets: never opened, whatever was asked.
NEVER = re.compile(
    r"(?i)\.(?:h2\.db|mv\.db|db|keystore|jks|p12|pfx|pem|key|profile|hprof)(?:\.gz)?$"
    r"|(?:^|[\\/])(?:\.keystore|cacerts)$"
)
# Programs, pictures, pages and settings: no logs, whatever they hold.
OTHER_NAME = re.compile(
    r"(?i)\.(?:jar|war|class|exe|dll|so|bin|dat|lib|msi|deb|rpm|sh|bat|cmd|ps1|py|js|css|html?|map"
    r"|png|jpe?g|gif|ico|svg|bmp|webp|woff2?|ttf|pdf|docx?|xlsx?|md|xml|json|ya?ml|properties|conf"
    r"|cfg|ini|policy|security|template|sql|sqlite\d?|idx|lock|pid|part|partial|tmp|crt|cer|der"
    r"|sys|inf|cat|desktop|service|vmdk|vhdx?|iso|img)(?:\.\d{1,3})?$"
)
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a folder of Windows that leads elsewhere


@dataclass(frozen=True)
class Source:
    """One log: `open` gives its unpacked bytes. `packed_bytes` is 0 for a plain file."""

    path: str
    open: Callable[[], Unpacked]
    packed_bytes: int = 0


class LimitReached(Exception):
    """Reading stopped on purpose; `reason` is an id under [label]."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Capped:
    """A stream that ends with LimitReached instead of filling memory, disk or time."""

    def __init__(
        self, stream: Unpacked, packed_bytes: int, limits: Limits, room: int, stop: Stop
    ) -> None:
        self._stream = stream
        self._stop = stop
        self._limits = limits
        self._room = room
        self._packed = packed_bytes
        self._read = 0

    def read(self, size: int) -> bytes:
        """The next bytes, as a file's read."""
        if self._stop.is_late:
            raise LimitReached("log_unread_time")
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
    # An OSError without a number is not the system's, but a decompressor's.
    if isinstance(error, DAMAGED) or (isinstance(error, OSError) and error.errno is None):
        return "log_unread_damaged"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "log_unread_link_loop"
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
            yield from _file(path, mode, limits, is_named=True)
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
    elif not _is_other(entry.name):
        yield from _file(path, status.st_mode, limits, is_named=False)


def _is_other(name: str) -> bool:
    """Whether something in a folder or archive is no log by its name."""
    if NEVER.search(name):
        return True
    return OTHER_NAME.search(name) is not None and not LOG_NAME.search(name)


def _link(path: Path, root: Path) -> Iterator[Found]:
    """A link that leads elsewhere is named; one that stays inside leads to what is read anyway."""
    if _is_other(path.name):
        return
    try:
        inside = path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # Python before 3.13 raises RuntimeError for a loop
        yield Skipped(str(path), "log_unread_link_loop")
        return
    if not inside:
        yield Skipped(str(path), "log_unread_link")


def _file(path: Path, mode: int, limits: Limits, *, is_named: bool) -> Iterator[Found]:
    if NEVER.search(str(path)):
        yield Skipped(str(path), "log_unread_never")
    elif not stat.S_ISREG(mode):
        yield Skipped(str(path), "log_unread_not_a_file")
    else:
        yield from _by_content(path, limits, is_named=is_named)


def _by_content(path: Path, limits: Limits, *, is_named: bool) -> Iterator[Found]:
    try:
        with path.open("rb") as file:
            head = file.read(log_content.HEAD_BYTES)
        if log_content.is_zip(path, head):
            yield from _archive(path, limits)
        else:
            size = path.stat().st_size
            is_log = is_named or LOG_NAME.search(path.name) is not None
            yield from _stream(str(path), lambda: path.open("rb"), head, size, is_log=is_log)
    except UNREADABLE as error:
        yield Skipped(str(path), reason_of(error))


def _stream(
    shown: str, open_: Callable[[], BinaryIO], head: bytes, size: int, *, is_log: bool
) -> Iterator[Found]:
    """A log that is plain or one packed stream. `size` is that of the file as it lies there."""
    layers: tuple[Layer, ...] = ()
    packed = 0
    if log_content.is_stream(head):
        layers, head = log_content.layers_of(open_)
        packed = max(1, size)
    reason = log_content.packed_as(head)
    if reason or log_content.is_stream(head):
        yield Skipped(shown, reason or "log_unread_packed")
    elif is_log or packed or ARCHIVE_NAME.search(shown) or log_content.looks_like_log(head):
        yield Source(shown, lambda: Unpacked(open_(), layers), packed)


def _archive(path: Path, limits: Limits) -> Iterator[Found]:
    """The logs in a .zip; the archive stays open until all of them are read."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        found = False
        for entry in entries[: limits.archive_entries]:
            if not entry.is_dir() and not _is_other(entry.filename):
                for one in _entry(archive, entry, f"{path}!{_printable(entry.filename)}"):
                    found = True
                    yield one
        if len(entries) > limits.archive_entries:
            yield Skipped(str(path), "log_unread_too_many")
        elif not found:
            yield Skipped(str(path), "log_unread_no_logs_in_it")


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> Iterator[Found]:
    def opened() -> BinaryIO:
        return _opened(archive, entry)

    if entry.flag_bits & 1:
        yield Skipped(shown, "log_unread_encrypted")
        return
    try:
        with opened() as stream:
            head = stream.read(log_content.HEAD_BYTES)
        is_log = LOG_NAME.search(entry.filename) is not None
        for found in _stream(shown, opened, head, entry.compress_size, is_log=is_log):
            if isinstance(found, Source):
                yield replace(found, packed_bytes=max(1, entry.compress_size))
            else:
                yield found
    except UNREADABLE as error:
        yield Skipped(shown, reason_of(error))


def _opened(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    try:
        return archive.open(entry)  # type: ignore[return-value]  # IO[bytes], used for read only
    except ValueError as error:  # a place in the archive that can't be
        raise zipfile.BadZipFile(str(error)) from error


def _printable(name: str) -> str:
    """An entry's name without characters that could play tricks on a terminal."""
    return "".join(c if c.isprintable() else "?" for c in name)
