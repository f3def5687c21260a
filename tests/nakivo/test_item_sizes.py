# SPDX-License-Identifier: MIT
"""Are sizes read as they were meant, and only the largest counted?"""

from __future__ import annotations

import pytest

from wizard.nakivo import item_sizes
from wizard.errors import BadInput
from wizard.product import Product


@pytest.mark.parametrize(
    ("text", "sizes"), [("12.5,8,3", (12.5, 8.0, 3.0)), (" 4 ", (4.0,)), ("1, 2", (1.0, 2.0))]
)
def test_parse_when_numbers_with_commas_then_their_sizes(
    text: str, sizes: tuple[float, ...]
) -> None:
    assert item_sizes.parse(text) == sizes


@pytest.mark.parametrize("text", ["", "a", "1;2", "1,,2", "0", "-1", "nan", "inf", "1e9", "5 GB"])
def test_parse_when_anything_else_then_bad_input_that_quotes_it(text: str) -> None:
    with pytest.raises(BadInput) as told:
        item_sizes.parse(text)
    assert told.value.values == {"given": text}


def test_needed_when_more_than_three_then_only_the_three_largest_and_the_reserve(
    product: Product,
) -> None:
    assert item_sizes.needed_gb((1, 12.5, 3, 8), product) == 24.5
    assert item_sizes.sum_of((1, 12.5, 3, 8), product) == "12.5 + 8 + 3 + 1"


def test_needed_when_fewer_than_three_then_those(product: Product) -> None:
    assert item_sizes.needed_gb((4,), product) == 5
