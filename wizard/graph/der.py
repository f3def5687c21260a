# SPDX-License-Identifier: MIT
"""Takes apart what is written in DER, as far as key stores need it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, OCTETS, OID, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
TWO_BYTES = 0x1E  # BMPString: text with two bytes for each sign
FIRST = 0xA0  # [0], with an element or elements in it
FIRST_PLAIN = 0x80  # [0], with bytes in it
_MOST = 10_000  # elements in one: more than any key store has with reason


@dataclass(frozen=True)
class Element:
    """One element: what kind, and its content."""

    tag: int
    content: bytes

    def children(self, tag: int = SEQUENCE) -> tuple[Element, ...]:
        """The elements in it; ValueError when it is of another kind."""
        return tuple(elements(self.of(tag)))

    def of(self, tag: int) -> bytes:
        """The content; ValueError when it is of another kind."""
        if self.tag != tag:
            raise ValueError(f"tag {self.tag:#x} in place of {tag:#x}")
        return self.content

    @property
    def number(self) -> int:
        """Of an integer."""
        return int.from_bytes(self.of(INTEGER), "big", signed=True)


def only(data: bytes) -> Element:
    """The one element that the bytes are, or begin with."""
    found = next(elements(data), None)
    if found is None:
        raise ValueError("nothing there")
    return found


def first(data: bytes) -> bytes:
    """The first element as it is written; all bytes where there is none."""
    try:
        return data[: _header(data, 0)[2]]
    except ValueError:
        return data


def elements(data: bytes) -> Iterator[Element]:
    """All elements, one behind the other.

    Raises:
        ValueError: it isn't DER, ends too early, or there are too many.
    """
    position = count = 0
    while position < len(data):
        count += 1
        if count > _MOST:
            raise ValueError("too many elements")
        tag, start, end = _header(data, position)
        yield Element(tag, data[start:end])
        position = end


def _header(data: bytes, position: int) -> tuple[int, int, int]:
    if position + 2 > len(data):
        raise ValueError("ends too early")
    tag, length, start = data[position], data[position + 1], position + 2
    if length == 0x80 or tag & 0x1F == 0x1F:
        raise ValueError("not written in DER")
    if length > 0x80:
        size = length - 0x80
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if start + length > len(data):
        raise ValueError("ends too early")
    return tag, start, start + length


def oid(dotted: str) -> bytes:
    """The content of an object identifier's element."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    return b"".join(_base128(number) for number in (40 * first + second, *rest))


def _base128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.insert(0, 0x80 | (number & 0x7F))
    return bytes(digits)
