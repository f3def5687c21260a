# SPDX-License-Identifier: MIT
"""Where any of many literals stands in a part of a log: all of them in one pass over the bytes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ahocorasick_rs import BytesAhoCorasick, MatchKind

Place = tuple[int, int]  # where a literal begins, and which one

# The engine compares whole vectors of bytes only as long as the literals are few and none is short;
# beyond that it is nine times slower. It isn't fast with very few, either, so parts are alike.
_AT_ONCE = 42
SHORTEST = 4
# Of the kinds of match, only the leftmost ones let the engine compare vectors.
_KIND = MatchKind.LeftmostFirst


class Search:
    """Looks for literals; while it does, other threads go on.

    Of two literals that overlap, one may be missed. A line that holds any is always found.
    """

    def __init__(self, literals: Sequence[bytes]) -> None:
        self.literals = tuple(literals)
        self._reach = max(map(len, literals), default=1) - 1
        parts = -(-len(literals) // _AT_ONCE)
        firsts = [len(literals) * n // max(1, parts) for n in range(parts + 1)]
        self._parts = [
            (a, BytesAhoCorasick(literals[a:b], matchkind=_KIND)) for a, b in pairwise(firsts)
        ]

    def places(self, buffer: bytes, begin: int, border: int) -> list[Place]:
        """Where literals begin in a part of the buffer, in order.

        One that begins before the border counts, also where it ends behind it.
        """
        part = memoryview(buffer)[begin : border + self._reach]
        found = [
            (begin + start, first + which)
            for first, engine in self._parts
            for which, start, _ in engine.find_matches_as_indexes(part)
            if begin + start < border
        ]
        found.sort()
        return found

    def is_in(self, buffer: bytes, begin: int, end: int) -> bool:
        """Whether a part of the buffer holds any literal."""
        part = memoryview(buffer)[begin:end]
        return any(engine.find_matches_as_indexes(part) for _, engine in self._parts)
