# SPDX-License-Identifier: MIT
"""What kind of content a file or archive entry has, told by its first bytes and not by its name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from wizard.nakivo import log_encoding, log_times, log_xz

UNREADABLE = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    UnicodeDecodeError,  # a name in an archive that says it is UTF-8 and isn't
    RuntimeError,
    NotImplementedError,
)
DAMAGED = (
    zipfile.BadZipFile,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    gzip.BadGzipFile,
    UnicodeDecodeError,
)
Layer = Callable[[BinaryIO], BinaryIO]
HEAD_BYTES = 4096
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PROGRAM = (b"MZ", b"\x7fELF", b"#!")  # an archive that unpacks itself begins as a program
_STREAMS: dict[bytes, Layer] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream, mode="rb"),  # type: ignore[dict-item, return-value]
    b"BZh": bz2.BZ2File,  # type: ignore[dict-item]
    b"\xfd7zXZ\x00": log_xz.unpack,
}
# Zstandard, LZ4, 7-Zip, RAR, compress, cabinet.
_CLOSED = (b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"7z\xbc\xaf", b"Rar!", b"\x1f\x9d", b"MSCF")
_TAR_AT = 257
_MOST_LAYERS = 3  # a log that was packed, and packed again


def is_zip(path: Path, head: bytes) -> bool:
    """Whether a file is a .zip, be it an empty one or one behind a program."""
    return head.startswith(_ZIP) or (head.startswith(_PROGRAM) and zipfile.is_zipfile(path))


def is_archive(head: bytes) -> bool:
    """Whether content begins as a .zip does."""
    return head.startswith(_ZIP)


def is_tar(head: bytes) -> bool:
    """Whether content begins as a .tar does."""
    return head[_TAR_AT : _TAR_AT + 5] == b"ustar"


def packed_as(head: bytes) -> str | None:
    """Why content can't be read as text: the id of the reason; None where it can be tried."""
    if head.startswith(_ZIP):
        return "log_unread_nested"
    if head.startswith(_CLOSED) or is_tar(head):
        return "log_unread_packed"
    return None


def is_stream(head: bytes) -> bool:
    """Whether content is one packed stream that can be read."""
    return head.startswith(tuple(_STREAMS))


class Unpacked:
    """A stream through what it is packed in; closing it closes all of them."""

    def __init__(self, stream: BinaryIO, layers: Sequence[Layer] = ()) -> None:
        self._open = ExitStack()
        self._stream = self._open.enter_context(stream)
        for layer in layers:
            self._stream = self._open.enter_context(layer(self._stream))

    def read(self, size: int) -> bytes:
        """The next bytes, as a file's read."""
        return self._stream.read(size)

    def __enter__(self) -> Unpacked:
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.close()


def of_text(text: str) -> Callable[[], Unpacked]:
    """How to open what is in memory already."""
    return lambda: Unpacked(io.BytesIO(text.encode()))


def layers_of(open_: Callable[[], BinaryIO]) -> tuple[tuple[Layer, ...], bytes]:
    """In what a log is packed, outermost first, and how it begins within."""
    layers: tuple[Layer, ...] = ()
    while True:
        with Unpacked(open_(), layers) as stream:
            head = stream.read(HEAD_BYTES)
        layer = next((made for magic, made in _STREAMS.items() if head.startswith(magic)), None)
        if layer is None or len(layers) == _MOST_LAYERS:
            return layers, head
        layers = (*layers, layer)


def looks_like_log(head: bytes) -> bool:
    """Whether the beginning is text, and one of its lines begins with a time."""
    if log_encoding.is_binary(head):
        return False
    encoding = log_encoding.encoding_of(head)
    text = head.decode(encoding, "replace") if encoding else log_encoding.decode(head)
    return any(log_times.parse(line) for line in text.lstrip("\ufeff\0").split("\n"))
