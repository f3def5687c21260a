# SPDX-License-Identifier: MIT
"""What an .xz holds, unpacked with no more memory than its usual writers ask for.

The file itself says how much memory unpacking takes, up to gigabytes.
"""

from __future__ import annotations

import io
import lzma
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MEMORY_BYTES = 72 << 20  # the strongest setting of xz, -9, takes 65 MiB
_PIECE_BYTES = 1 << 16


class NeedsMemory(lzma.LZMAError):
    """Unpacking would take more memory than it may."""


class _Unpacked(io.RawIOBase):
    """The unpacked bytes of one stream after the other, as `xz` packs them together."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._piece = b""  # packed bytes that wait
        self._begin()

    def _begin(self) -> None:
        self._unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MEMORY_BYTES)

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """The next bytes."""
        room = memoryview(buffer)
        data = self._next(len(room))
        room[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        while not self._unpacker.eof or self._goes_on():
            if self._unpacker.needs_input and not self._piece:
                self._piece = self._packed.read(_PIECE_BYTES)
                if not self._piece:
                    raise EOFError("an .xz that is cut")
            piece, self._piece = self._piece, b""
            data = self._unpack(piece, size)
            if data:
                return data
        return b""

    def _unpack(self, piece: bytes, size: int) -> bytes:
        try:
            return self._unpacker.decompress(piece, size)
        except lzma.LZMAError as error:
            if "Memory usage limit" in str(error):
                raise NeedsMemory(str(error)) from error
            raise

    def _goes_on(self) -> bool:
        """Whether another stream follows; zeros may stand between."""
        rest = self._unpacker.unused_data or self._piece
        while not rest.strip(b"\0"):
            rest = self._packed.read(_PIECE_BYTES)
            if not rest:
                return False
        self._piece = rest.lstrip(b"\0")
        self._begin()
        return True


def unpack(packed: BinaryIO) -> BinaryIO:
    """A stream of what an .xz holds."""
    return io.BufferedReader(_Unpacked(packed))
