# SPDX-License-Identifier: MIT
"""The logs in a .zip and in archives inside it; nothing is unpacked but in memory.

One archive, with all inside it, has one account: of entries, of unpacked bytes, of what is held.
Names in it are only ever shown, so none can lead anywhere.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from wizard.host import shared_file
from wizard.nakivo import log_content, log_sources
from wizard.nakivo.log_content import UNREADABLE
from wizard.nakivo.log_signatures import Limits
from wizard.nakivo.log_sources import LOG_NAME, Found, LimitReached, Skipped, Source

_DIRECTORY_BYTES = 16 << 20  # a list of entries that is longer fills memory by itself
_END = struct.Struct("<4s8xLL2x")  # of an archive: length and place of its list of entries
_END_REACH = _END.size + (1 << 16)  # a comment may follow
_END64, _END64_PLACE = struct.Struct("<4s36xQ"), struct.Struct("<4s4xQ4x")
_IN_END64 = 0xFFFFFFFF

_NO_YEAR = 1980  # the first that a .zip can name stands for none


@dataclass
class Account:
    """What one archive costs, with all archives inside it."""

    limits: Limits
    packed: int
    entries: int = 0
    unpacked: int = 0
    held: int = 0

    def add(self, count: int) -> None:
        """So many bytes more were unpacked."""
        self.unpacked += count
        most = max(self.limits.archive_ratio_from_bytes, self.packed * self.limits.archive_ratio)
        if self.unpacked > most:
            raise LimitReached("log_unread_bomb")


class _Counted(io.RawIOBase):
    """An entry's bytes, which the account is told of."""

    def __init__(self, stream: BinaryIO, account: Account) -> None:
        self._stream = stream
        self._account = account

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        block = self._stream.read(size)
        self._account.add(len(block))
        return block

    def close(self) -> None:
        """Close the entry, too."""
        self._stream.close()
        super().close()


@dataclass(frozen=True)
class _Archive:
    """An open archive: how it is shown, and how deep it lies in others."""

    file: zipfile.ZipFile
    shown: str
    depth: int
    account: Account

    def open(self, entry: zipfile.ZipInfo) -> BinaryIO:
        """An entry's bytes."""
        try:
            stream = self.file.open(entry)
        except ValueError as error:  # a place in the archive that can't be
            raise zipfile.BadZipFile(str(error)) from error
        return _Counted(stream, self.account)  # type: ignore[arg-type, return-value]  # read only


def find(path: Path, limits: Limits) -> Iterator[Found]:
    """The logs in a .zip; it stays open until all of them are read."""
    with shared_file.open_to_read(path) as file:
        account = Account(limits, max(1, path.stat().st_size))
        yield from in_file(file, str(path), 1, account)


def in_file(file: BinaryIO, shown: str, depth: int, account: Account) -> Iterator[Found]:
    """The logs in a .zip that is open already, or in memory."""
    if _directory_bytes(file) > _DIRECTORY_BYTES:
        yield Skipped(shown, "log_unread_too_many")
        return
    with zipfile.ZipFile(file) as opened:
        yield from _entries(_Archive(opened, shown, depth, account))


def _entries(archive: _Archive) -> Iterator[Found]:
    found = False
    for entry in archive.file.infolist():
        archive.account.entries += 1
        if archive.account.entries > archive.account.limits.archive_entries:
            yield Skipped(archive.shown, "log_unread_too_many")
            return
        if not entry.is_dir() and not log_sources.is_other(entry.filename):
            for one in _entry(archive, entry, f"{archive.shown}!{entry.filename}"):
                found = True
                yield one
    # One archive among many in a bundle may well hold no log.
    if not found and archive.depth == 1:
        yield Skipped(archive.shown, "log_unread_no_logs_in_it")


def _entry(archive: _Archive, entry: zipfile.ZipInfo, shown: str) -> Iterator[Found]:
    if entry.flag_bits & 1:
        yield Skipped(shown, "log_unread_encrypted")
        return
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield Skipped(shown, "log_unread_link")
        return
    try:
        with archive.open(entry) as stream:
            head = stream.read(log_content.HEAD_BYTES)
        if log_content.is_archive(head):
            yield from _inner(archive, entry, shown)
        else:
            yield from _log(archive, entry, shown, head)
    except LimitReached as limit:
        yield Skipped(shown, limit.reason)
    except UNREADABLE as error:
        yield Skipped(shown, log_sources.reason_of(error))


def _log(archive: _Archive, entry: zipfile.ZipInfo, shown: str, head: bytes) -> Iterator[Found]:
    is_log = LOG_NAME.search(entry.filename) is not None
    packed = max(1, entry.compress_size)
    for found in log_sources.stream(
        shown, lambda: archive.open(entry), head, packed, is_log=is_log
    ):
        if isinstance(found, Source):
            yield replace(found, packed_bytes=packed, changed=_packed_at(entry))
        else:
            yield found


def _inner(archive: _Archive, entry: zipfile.ZipInfo, shown: str) -> Iterator[Found]:
    """The logs of an archive inside an archive, which must fit into memory."""
    account = archive.account
    if archive.depth >= account.limits.archive_depth:
        yield Skipped(shown, "log_unread_too_deep")
        return
    room = account.limits.archive_held_bytes - account.held
    with archive.open(entry) as stream:
        data = stream.read(room + 1)
    if len(data) > room:
        yield Skipped(shown, "log_unread_nested")
        return
    account.held += len(data)
    try:
        yield from in_file(io.BytesIO(data), shown, archive.depth + 1, account)
    finally:
        account.held -= len(data)


def _directory_bytes(file: BinaryIO) -> int:
    """How long an archive's list of entries claims to be; 0 where no end of an archive is found."""
    size = file.seek(0, io.SEEK_END)
    begin = file.seek(max(0, size - _END_REACH))
    tail = file.read(_END_REACH)
    place = tail.rfind(b"PK\x05\x06", 0, len(tail) - _END.size + 4)
    if place < 0 or place + _END.size > len(tail):
        return 0
    _, length, _ = _END.unpack_from(tail, place)
    if length != _IN_END64 or place < _END64_PLACE.size:
        return int(length)
    mark, at = _END64_PLACE.unpack_from(tail, place - _END64_PLACE.size)
    if mark != b"PK\x06\x07" or at > begin + place:
        return int(length)
    file.seek(at)
    record = file.read(_END64.size)
    return int(_END64.unpack(record)[1]) if len(record) == _END64.size else int(length)


def _packed_at(entry: zipfile.ZipInfo) -> datetime | None:
    """When a file in an archive was last written to, by the clock of where it was packed."""
    if entry.date_time[0] <= _NO_YEAR:
        return None
    try:
        return datetime(*entry.date_time)  # noqa: DTZ001 - a .zip names no zone
    except ValueError:
        return None
