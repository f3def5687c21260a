# SPDX-License-Identifier: MIT
"""What is packed in a file? Told by its content: zip, tar, gzip, bzip2, xz.

An archive that holds bytes which none of its entries accounts for counts as one that can't be read.
"""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Protocol

Parts = list[tuple[str, bytes]]

_LOCAL_HEADER = 30
_LENGTHS_AT = 26
_HAS_DESCRIPTOR = 0x08
_LONGEST_DESCRIPTOR = 24
_TAR_MARK = slice(257, 262)
# Kinds of archives that Python can't open.
_OTHERS = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"MSCF": "cab",
    b"Rar!": "rar",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "msi",
}
_FAULTS = (
    OSError, EOFError, ValueError, RuntimeError, KeyError, IndexError, struct.error, zlib.error,
    lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError,
)  # fmt: skip


class UnreadableError(Exception):
    """An archive that can't be looked into, or not into all of it."""


class _Stream(Protocol):
    @property
    def unused_data(self) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def parts(content: bytes) -> Parts | None:
    """Name and content of all that is packed in a file; None when it is no archive.

    Raises:
        UnreadableError: it is one that can't be read whole.
    """
    for start, kind in _OTHERS.items():
        if content.startswith(start):
            raise UnreadableError(f"an archive of the kind {kind}")
    reader = _reader(content)
    try:
        return reader(content) if reader else None
    except _FAULTS as fault:
        raise UnreadableError(str(fault) or type(fault).__name__) from None


def _reader(content: bytes) -> Callable[[bytes], Parts] | None:
    if content.startswith(b"PK\x03\x04") or _has_zip_at_end(content):
        return _zip
    if content[_TAR_MARK] == b"ustar":
        return _tar
    streams: dict[bytes, Callable[[], _Stream]] = {
        b"\x1f\x8b": lambda: zlib.decompressobj(wbits=31),
        b"BZh": bz2.BZ2Decompressor,
        b"\xfd7zXZ\0": lzma.LZMADecompressor,
    }
    for start, stream in streams.items():
        if content.startswith(start):
            return lambda packed: _unpacked(packed, stream)
    return None


def _has_zip_at_end(content: bytes) -> bool:
    """Behind something else; its mark alone also stands in programs that read such files."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.infolist())
    except _FAULTS:
        return False


def _unpacked(content: bytes, stream: Callable[[], _Stream]) -> Parts:
    """One part for all: such a file may hold several streams, and nothing else, to its end."""
    whole = b""
    while content:
        one = stream()
        whole += one.decompress(content)
        if not one.eof:
            raise UnreadableError("its end is missing")
        content = one.unused_data
    return [("unpacked", whole)]


def _tar(content: bytes) -> Parts:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        entries = [entry for entry in archive if entry.isreg()]
        found = [(e.name, file.read()) for e in entries if (file := archive.extractfile(e))]
        if content[archive.offset :].strip(b"\0"):
            raise UnreadableError("something follows its entries")
    return found


def _zip(content: bytes) -> Parts:
    """All entries, also several of one name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
        _require_no_gap(content, entries, archive.start_dir)
        if archive.comment:
            raise UnreadableError("something follows its entries")
        return [(entry.filename, archive.read(entry)) for entry in entries]


def _require_no_gap(content: bytes, entries: list[zipfile.ZipInfo], directory: int) -> None:
    end, slack = 0, 0
    for begins, entry in [*((e.header_offset, e) for e in entries), (directory, None)]:
        if not end <= begins <= end + slack:
            raise UnreadableError("it holds bytes that belong to no entry")
        if entry:
            lengths = struct.unpack_from("<HH", content, begins + _LENGTHS_AT)
            end = begins + _LOCAL_HEADER + sum(lengths) + entry.compress_size
            slack = _LONGEST_DESCRIPTOR if entry.flag_bits & _HAS_DESCRIPTOR else 0
