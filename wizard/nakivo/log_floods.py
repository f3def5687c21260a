# SPDX-License-Identifier: MIT
"""Where to look in a log with very many lines of one kind: at samples of those, at all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from wizard.nakivo.log_blocks import Block, once_per_line
from wizard.nakivo.log_search import Search

_SAMPLES = 200  # lines of a flood that are looked at, per block and literal


def places(
    block: Block, search: Search, floods: frozenset[bytes], context: frozenset[bytes]
) -> list[tuple[int, int]]:
    """Places in order, with the lines that each stands for.

    Literals of `context` tell nothing new in a line of a flood.
    """
    flooded = {n for n, literal in enumerate(search.literals) if literal in floods}
    by_literal: dict[int, list[int]] = {which: [] for which in flooded}
    lines: set[int] = set()
    for place, which, end in once_per_line(block, [p for p in block.places if p[1] in flooded]):
        by_literal[which].append(place)
        lines.add(end)
    others = _without(search, floods)
    found = [
        (place, 1)
        for place, which, end in once_per_line(
            block, others.places(block.buffer, block.begin, block.border)
        )
        if end not in lines or others.literals[which] not in context
    ]
    for of_literal in by_literal.values():
        found += _samples(of_literal)
    return sorted(found)


def _samples(of_literal: Sequence[int]) -> Iterator[tuple[int, int]]:
    step = len(of_literal) // _SAMPLES + 1
    for n in range(0, len(of_literal), step):
        yield of_literal[n], min(step, len(of_literal) - n)
    if step > 1 and (len(of_literal) - 1) % step:
        yield of_literal[-1], 0  # the last is looked at, and counted already


@lru_cache(maxsize=8)
def _without(search: Search, floods: frozenset[bytes]) -> Search:
    """A search in which no literal of a flood covers another one."""
    return Search([literal for literal in search.literals if literal not in floods])
