# SPDX-License-Identifier: MIT
"""Where any of many literals stands in a part of a log: all of them in one pass over the bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

Place = tuple[int, int]  # where a literal begins, and which one
_Find = Callable[[memoryview], Sequence[tuple[int, int, int]]]  # which, where it begins and ends

# The engine compares whole vectors of bytes only as long as the literals are few and none is short;
# beyond that it is nine times slower. It isn't fast with very few, either, so parts are alike.
_AT_ONCE = 40
SHORTEST = 4


class Search:
    """Looks for literals; while it does, other threads go on.

    Of two literals that overlap, one may be missed. A line that holds any is always found.
    """

    def __init__(self, literals: Sequence[bytes]) -> None:
        self.literals = tuple(literals)
        self._reach = max(map(len, literals), default=1) - 1
        parts = -(-len(literals) // _AT_ONCE)
        firsts = [len(literals) * n // max(1, parts) for n in range(parts + 1)]
        self._parts = [(a, _finder(literals[a:b])) for a, b in pairwise(firsts)]

    def places(self, buffer: bytes, begin: int, border: int) -> list[Place]:
        """Where literals begin in a part of the buffer, in order.

        One that begins before the border counts, also where it ends behind it.
        """
        part = memoryview(buffer)[begin : border + self._reach]
        found = [
            (begin + start, first + which)
            for first, find in self._parts
            for which, start, _ in find(part)
            if begin + start < border
        ]
        found.sort()
        return found

    def is_in(self, buffer: bytes, begin: int, end: int) -> bool:
        """Whether a part of the buffer holds any literal."""
        part = memoryview(buffer)[begin:end]
        return any(find(part) for _, find in self._parts)


def _finder(literals: Sequence[bytes]) -> _Find:
    """The engine's matches from left to right, none of which overlaps the one before."""
    try:
        from ahocorasick_rs import BytesAhoCorasick, MatchKind  # noqa: PLC0415
    except ImportError:  # no build of it for this processor or Python
        return _one_by_one(literals)
    # Of the kinds of match, only the leftmost ones let the engine compare vectors.
    engine = BytesAhoCorasick(literals, matchkind=MatchKind.LeftmostFirst)
    find: _Find = engine.find_matches_as_indexes
    return find


def _one_by_one(literals: Sequence[bytes]) -> _Find:
    """The same by Python itself, thirty times slower; it finds those that overlap, too."""

    def find(part: memoryview) -> list[tuple[int, int, int]]:
        data, found = bytes(part), []
        for which, literal in enumerate(literals):
            place = data.find(literal)
            while place >= 0:
                found.append((which, place, place + len(literal)))
                place = data.find(literal, place + 1)
        return found

    return find
