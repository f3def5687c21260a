# SPDX-License-Identifier: MIT
"""Literals are found wherever they stand, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.nakivo import log_signatures
from wizard.nakivo.log_search import SHORTEST, Search
from wizard.product import Product

WORDS = (b"timed out", b"out of memory", b"memory: kill", b"AADSTS", b"disk full", b"full disk")


@pytest.fixture
def search() -> Search:
    return Search(WORDS)


def test_places_when_literals_stand_at_both_ends_then_each_is_told_in_order(search: Search) -> None:
    text = b"AADSTS50 then timed out\nand disk full"
    assert search.places(text, 0, len(text)) == [(0, 3), (14, 0), (28, 4)]


def test_places_when_a_literal_reaches_over_the_border_then_it_counts_once(search: Search) -> None:
    text = b"xxxx timed out xxxx"
    assert search.places(text, 0, 7) == [(5, 0)]
    assert search.places(text, 7, len(text)) == []
    assert search.places(text, 0, 5) == []


def test_is_in_when_a_part_cuts_the_literal_then_it_is_not(search: Search) -> None:
    text = b"xxxx timed out xxxx"
    assert search.is_in(text, 0, len(text))
    assert not search.is_in(text, 0, 10)


def test_places_when_there_are_no_literals_then_nothing_is_found() -> None:
    assert Search(()).places(b"anything", 0, 8) == []


@given(st.lists(st.sampled_from([*WORDS, b"x", b"\n", b" and "]), max_size=40))
def test_places_when_lines_hold_literals_then_exactly_those_lines_are_found(
    parts: list[bytes],
) -> None:
    text = b"".join(parts)
    found = {text.count(b"\n", 0, place) for place, _ in Search(WORDS).places(text, 0, len(text))}
    lines = text.split(b"\n")
    assert found == {n for n, line in enumerate(lines) if any(word in line for word in WORDS)}


def test_literals_when_listed_then_none_is_too_short_to_be_found_fast(product: Product) -> None:
    literals = log_signatures.load(product).literals
    assert [literal for literal in literals if len(literal) < SHORTEST] == []


def test_places_when_there_are_many_literals_then_each_is_found_under_its_own_number(
    product: Product,
) -> None:
    literals = log_signatures.load(product).literals
    text = b"\n".join(literals)
    found = dict.fromkeys(which for _, which in Search(literals).places(text, 0, len(text)))
    whole = {n for n, literal in enumerate(literals) if sum(literal in x for x in literals) == 1}
    assert whole <= set(found)
