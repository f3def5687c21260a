# SPDX-License-Identifier: MIT
"""What a log is to whoever reads it: its name, how to open it, and why it may not be read."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from wizard.model import CauseId
from wizard.nakivo import log_content
from wizard.nakivo.log_content import DAMAGED, Layer, Unpacked
from wizard.nakivo.log_lines import Stop
from wizard.nakivo.log_signatures import Limits
from wizard.nakivo.log_xz import NeedsMemory

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


@dataclass(frozen=True)
class Source:
    """One log: `open` gives its unpacked bytes. `packed_bytes` is 0 for a plain file.

    `changed` is when it was last written to: it tells the year of lines that name none. `only` are
    the causes that a log of the system itself can tell of; the product's own logs tell of all.
    """

    path: str
    open: Callable[[], Unpacked]
    packed_bytes: int = 0
    changed: datetime | None = None
    only: tuple[CauseId, ...] = ()


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
    """Something that wasn't read, and why: an id under [label]. `only` as of a Source."""

    path: str
    reason: str
    only: tuple[CauseId, ...] = ()


Found = Source | Skipped


def reason_of(error: BaseException) -> str:
    """The id of what went wrong while reading."""
    if isinstance(error, FileNotFoundError):
        return "log_unread_missing"
    if isinstance(error, PermissionError):
        return "log_unread_no_permission"
    if isinstance(error, NeedsMemory):
        return "log_unread_memory"
    if isinstance(error, TimeoutError):
        return "log_unread_silent"
    # An OSError without a number is not the system's, but a decompressor's.
    if isinstance(error, DAMAGED) or (isinstance(error, OSError) and error.errno is None):
        return "log_unread_damaged"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "log_unread_link_loop"
    if isinstance(error, NotImplementedError | RuntimeError):
        return "log_unread_encrypted"
    return "log_unread_failed"


def is_other(name: str) -> bool:
    """Whether something in a folder or archive is no log by its name."""
    if NEVER.search(name):
        return True
    return OTHER_NAME.search(name) is not None and not LOG_NAME.search(name)


def stream(
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
