# SPDX-License-Identifier: MIT
"""Blocks cover a log once, whatever its bytes are, and hold what surrounds each place."""

from __future__ import annotations

import hashlib
import io

import pytest

from wizard.nakivo import log_blocks
from wizard.nakivo.log_blocks import Block, Blocks, once_per_line
from wizard.nakivo.log_search import Search

MARK = b"No space left on device"
RECORD = 1000
LINE = b"2026-11-23 02:14:07,123 INFO  Block written to the repository\n"


def blocks(data: bytes) -> list[Block]:
    return list(Blocks(Search((MARK,)), RECORD).of(io.BytesIO(data)))


def marks(found: list[Block]) -> int:
    return sum(len(block.places) for block in found)


@pytest.mark.parametrize("shift", [0, 1, 500, RECORD - 1, RECORD, RECORD + 1])
def test_of_when_marks_lie_around_a_border_then_each_is_found_once_with_its_record(
    shift: int,
) -> None:
    before = (LINE * 20_000)[: log_blocks.BLOCK_BYTES - RECORD - 40 + shift]
    found = blocks(before + b"\n" + MARK + b"\n" + LINE * 1000)
    assert marks(found) == 1
    (block,) = [block for block in found if block.places]
    place = block.places[0][0]
    assert (
        block.buffer[place - 200 : place + 200]
        == (before + b"\n" + MARK + b"\n" + LINE * 9)[len(before) - 199 : len(before) + 201]
    )


@pytest.mark.parametrize(
    ("data", "encoding", "is_text"),
    [
        (LINE + MARK + b"\n", "utf-8", True),
        ((LINE + MARK).decode().encode("utf-16"), "utf-16", True),
        ((LINE + MARK).decode().encode("utf-16-le"), "utf-16-le", True),
        (b"\xef\xbb\xbf" + LINE + MARK, "utf-8-sig", True),
        (LINE + b"M\xfcller " + MARK, "latin-1", True),
        (LINE + b"M\xfcller \xc3\xbc " + MARK, "latin-1", True),
        (b"\0" * 5000 + LINE + MARK, "utf-8", True),
        (LINE + MARK[:9] + b"\0" * 3 + MARK[9:], "utf-8", True),
        (bytes(range(32)) * 300 + MARK, "utf-8", False),
    ],
)
def test_of_when_bytes_are_of_any_kind_then_the_mark_is_found_and_the_kind_is_told(
    data: bytes, encoding: str, is_text: bool
) -> None:
    found = blocks(data)
    assert marks(found) == 1
    assert (found[-1].encoding, found[-1].is_text) == (encoding, is_text)
    assert found[-1].bytes == len(data)


def test_of_when_a_line_never_ends_then_no_block_grows() -> None:
    found = blocks((b"x" * 99_977 + MARK) * 50)  # 5 MB
    assert marks(found) == 50
    assert max(len(block.buffer) for block in found) <= log_blocks.BLOCK_BYTES + 2 * RECORD


NOISE = hashlib.shake_128(b"noise").digest(3 << 20)  # as what is packed or encrypted


@pytest.mark.parametrize(
    ("data", "is_text"),
    [
        (NOISE, False),
        (NOISE + LINE * 2000, False),
        (LINE + NOISE, False),
        (b"\1\0\0\0" * 1024 + NOISE, False),  # a program: as UTF-32 by its head
        (LINE.decode().encode("utf-32-le") * 9000, True),
        (NOISE[: 256 << 10] + LINE * 20_000, True),  # a dump of a request among lines
        (LINE * 8000 + NOISE[: 256 << 10] + LINE * 8000, True),
        (("2026-11-23 02:14:07 \u0441\u0431\u043e\u0439\n" * 20_000).encode("cp1251"), True),
        (b"\0" * (2 << 20) + LINE, True),
        (b"\x1b[31m2026-11-23 02:14:07 ERROR\x1b[0m\n" * 2000, True),
    ],
)
def test_of_when_text_and_noise_are_mixed_then_what_is_more_decides(
    data: bytes, is_text: bool
) -> None:
    assert blocks(data)[-1].is_text is is_text


class Failing(io.BytesIO):
    """A disk that gives up after what it holds."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if not data:
            raise OSError(5, "Input/output error")
        return data


def test_rest_when_reading_failed_then_what_was_read_is_still_looked_at() -> None:
    cut = Blocks(Search((MARK,)), RECORD)
    with pytest.raises(OSError, match="Input/output"):
        list(cut.of(Failing(LINE + MARK + b"\n")))
    assert marks(list(cut.rest())) == 1


def test_once_per_line_when_a_line_holds_one_twice_then_it_comes_once() -> None:
    text = b"aaaa bbbb aaaa\naaaa"
    search = Search((b"aaaa", b"bbbb"))
    places = search.places(text, 0, len(text))
    block = Block(text, 0, len(text), places, len(text), "utf-8", is_text=True)
    assert list(once_per_line(block, places)) == [(0, 0, 14), (5, 1, 14), (15, 0, 19)]
