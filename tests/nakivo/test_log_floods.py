# SPDX-License-Identifier: MIT
"""In a flood samples stand for the rest, and no other line is lost in it."""

from __future__ import annotations

import pytest

from wizard.nakivo import log_floods
from wizard.nakivo.log_blocks import Block
from wizard.nakivo.log_search import Search

FLOOD, HOST, RARE = b"Connection reset", b"graph.microsoft.", b"reset by quarantine"
SEARCH = Search((FLOOD, HOST, RARE))


def places(text: bytes, context: bytes = HOST) -> list[tuple[int, int]]:
    found = SEARCH.places(text, 0, len(text))
    block = Block(text, 0, len(text), found, len(text), "utf-8", is_text=True)
    return log_floods.places(block, SEARCH, frozenset({FLOOD}), frozenset({context}))


@pytest.mark.parametrize("count", [1, 200, 201, 5000])
def test_places_when_there_are_many_lines_then_samples_stand_for_all(count: int) -> None:
    found = places(b"java.net.SocketException: Connection reset\n" * count)
    assert sum(stands_for for _, stands_for in found) == count
    assert len(found) <= 202
    assert found[-1][0] > 43 * (count - 1)  # the newest is always looked at


def test_places_when_a_rare_literal_overlaps_the_flood_then_it_is_found() -> None:
    line = b"Connection reset by quarantine\n"
    text = b"Connection reset\n" * 3000 + line + b"Connection reset\n" * 3000
    assert (3000 * 17 + 11, 1) in places(text)


def test_places_when_context_stands_in_a_flooded_line_then_only_elsewhere_it_counts() -> None:
    flooded, alone = b"Connection reset by graph.microsoft.com\n", b"GET graph.microsoft.com\n"
    text = flooded * 3000 + alone
    assert [place for place, _ in places(text) if place >= len(flooded) * 3000] == [
        len(flooded) * 3000 + 4
    ]
    assert len(places(text)) <= 203
