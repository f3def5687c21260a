# SPDX-License-Identifier: MIT
"""The logs in a .tar, plain or packed as one stream: one pass from its beginning to its end.

Links, devices and sparse files are never followed or made; names are only ever shown.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from wizard.host import shared_file
from wizard.nakivo import log_archives, log_content, log_sources
from wizard.nakivo.log_archives import Account
from wizard.nakivo.log_content import UNREADABLE, Layer, Unpacked
from wizard.nakivo.log_signatures import Limits
from wizard.nakivo.log_sources import LOG_NAME, Found, LimitReached, Skipped, Source

_BLOCK = 512
_STEP = 1 << 20
_NAME_BYTES = 1 << 16  # a name, or what else is told of one entry, is never longer
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_LINKS = (tarfile.LNKTYPE, tarfile.SYMTYPE)
_DEVICES = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
_LONG_NAME, _TOLD, _TOLD_OF_ALL = tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE
_LONG_LINK = tarfile.GNUTYPE_LONGLINK
Step = Found | None  # None: still at it


def layers_of(path: Path, head: bytes) -> tuple[Layer, ...] | None:
    """In what a .tar is packed; None for what is none."""
    layers: tuple[Layer, ...] = ()
    if log_content.is_stream(head):
        layers, head = log_content.layers_of(lambda: shared_file.open_to_read(path))
    return layers if log_content.is_tar(head) else None


def find(path: Path, layers: Sequence[Layer], limits: Limits) -> Iterator[Step]:
    """The logs in a .tar; each must be read before the next is asked for."""
    account = Account(limits, max(1, path.stat().st_size))
    with Unpacked(shared_file.open_to_read(path), layers) as stream:
        try:
            yield from _entries(_Tape(stream, account), str(path))
        except (tarfile.HeaderError, ValueError):
            yield Skipped(str(path), "log_unread_damaged")
        except LimitReached as limit:
            yield Skipped(str(path), limit.reason)
        except UNREADABLE as error:
            yield Skipped(str(path), log_sources.reason_of(error))


class _Tape:
    """A stream that only goes on; `left` is how much of the entry at hand is still to come."""

    def __init__(self, stream: Unpacked, account: Account) -> None:
        self.account = account
        self.left = 0
        self.is_lent = False  # somebody reads it who didn't come to an end
        self._stream = stream
        self._padding = 0

    def begin(self, size: int) -> None:
        """An entry of so many bytes comes."""
        self.left, self._padding = size, -size % _BLOCK

    def read(self, size: int) -> bytes:
        """The next bytes of the entry."""
        data = self._next(min(size, self.left))
        self.left -= len(data)
        return data

    def block(self) -> bytes:
        """The next header; nothing where the file ends."""
        return self._next(_BLOCK)

    def skip(self) -> Iterator[None]:
        """Go on behind the entry."""
        if self.is_lent:
            raise TimeoutError
        self.left += self._padding
        self._padding = 0
        while self.left:
            if not self.read(_STEP):
                raise EOFError
            yield None

    def _next(self, size: int) -> bytes:
        parts, missing = [], size
        while missing and (part := self._stream.read(missing)):
            parts.append(part)
            missing -= len(part)
            self.account.add(len(part))
        return b"".join(parts)


class _Entry(io.RawIOBase):
    """One entry's bytes: how it begins was read already."""

    def __init__(self, head: bytes, tape: _Tape) -> None:
        self._head = head
        self._tape = tape
        tape.is_lent = True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data
        data = self._tape.read(size)
        if not data and self._tape.left:
            raise EOFError
        return data

    def close(self) -> None:
        """The tape may go on."""
        self._tape.is_lent = False
        super().close()


@dataclass(frozen=True)
class _Told:
    """What is told ahead of an entry about it."""

    name: str | None = None
    size: int | None = None
    is_sparse: bool = False


def _entries(tape: _Tape, shown: str) -> Iterator[Step]:
    told, found, limits = _Told(), False, tape.account.limits
    while (block := tape.block()) and block.strip(b"\0"):
        entry = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
        tape.account.entries += 1
        if tape.account.entries > limits.archive_entries:
            yield Skipped(shown, "log_unread_too_many")
            return
        if entry.type in (_LONG_NAME, _TOLD):
            tape.begin(entry.size)
            told = _told(told, entry.type, tape)
        else:
            name = told.name or entry.name
            tape.begin(0 if entry.type in (*_LINKS, *_DEVICES) else told.size or entry.size)
            if entry.type not in (_TOLD_OF_ALL, _LONG_LINK):
                for one in _entry(entry, name, told, tape, shown):
                    found = True
                    yield one
                told = _Told()
        yield from tape.skip()
    if not found:
        yield Skipped(shown, "log_unread_no_logs_in_it")


def _told(told: _Told, kind: bytes, tape: _Tape) -> _Told:
    if tape.left > _NAME_BYTES:
        raise LimitReached("log_unread_bomb")
    data = tape.read(_NAME_BYTES)
    if kind == _LONG_NAME:
        return replace(told, name=data.split(b"\0", 1)[0].decode("utf-8", "replace"))
    while data:
        length = int(data.split(b" ", 1)[0])
        if length < 1:
            raise ValueError(length)
        key, _, value = data[:length].partition(b" ")[2].rstrip(b"\n").partition(b"=")
        data = data[length:]
        if key == b"path":
            told = replace(told, name=value.decode("utf-8", "replace"))
        elif key == b"size":
            told = replace(told, size=max(0, int(value)))
        elif key.startswith(b"GNU.sparse"):
            told = replace(told, is_sparse=True)
    return told


def _entry(
    entry: tarfile.TarInfo, name: str, told: _Told, tape: _Tape, shown: str
) -> Iterator[Found]:
    if entry.type == tarfile.DIRTYPE or name.endswith("/") or log_sources.is_other(name):
        return
    shown = f"{shown}!{name}"
    if entry.type in _LINKS:
        yield Skipped(shown, "log_unread_link")
    elif entry.type in _DEVICES:
        yield Skipped(shown, "log_unread_not_a_file")
    elif entry.type not in _FILES or told.is_sparse:
        yield Skipped(shown, "log_unread_packed")
    else:
        for found in _file(name, tape, shown):
            changed = _moment(entry.mtime)
            yield replace(found, changed=changed) if isinstance(found, Source) else found


def _file(name: str, tape: _Tape, shown: str) -> Iterator[Found]:
    account, size = tape.account, tape.left
    head = tape.read(log_content.HEAD_BYTES)
    is_log = LOG_NAME.search(name) is not None
    if not log_content.is_archive(head) and not log_content.is_stream(head):
        # The archive's own account sees to what it unpacks to.
        yield from log_sources.stream(
            shown, lambda: _entry_of(head, tape), head, size, is_log=is_log
        )
        return
    room = account.limits.archive_held_bytes - account.held
    if size > room:
        yield Skipped(shown, "log_unread_nested")
        return
    data = head + tape.read(size)
    account.held += len(data)
    try:
        if log_content.is_archive(head):
            yield from log_archives.in_file(io.BytesIO(data), shown, 2, account)
        else:
            yield from log_sources.stream(
                shown, lambda: io.BytesIO(data), head, size, is_log=is_log
            )
    except UNREADABLE as error:
        yield Skipped(shown, log_sources.reason_of(error))
    finally:
        account.held -= len(data)


def _entry_of(head: bytes, tape: _Tape) -> BinaryIO:
    return _Entry(head, tape)  # type: ignore[return-value]  # read only


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
