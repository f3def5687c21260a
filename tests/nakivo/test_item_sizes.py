# SPDX-License-Identifier: MIT
"""Are sizes read as they were meant, and only the largest counted?"""

from __future__ import annotations

import pytest

from wizard.errors import BadInput
from wizard.nakivo import item_sizes
from wizard.product import Product


@pytest.mark.parametrize(
    ("text", "sizes"), [("12.5,8,3", (12.5, 8.0, 3.0)), (" 4 ", (4.0,)), ("1, 2", (1.0, 2.0))]
)
def test_parse_when_numbers_with_commas_then_their_sizes(
    text: str, sizes: tuple[float, ...]
) -> None:
    assert item_sizes.parse(text) == sizes


@pytest.mark.parametrize(
    "text",
    ["", "a", "1;2", "1,,2", "0", "-1", "nan", "inf", "1e9", "1e-320", "1_0", "\u0665", "5 GB"],
)
def test_parse_when_anything_else_then_bad_input_that_quotes_it(text: str) -> None:
    with pytest.raises(BadInput) as told:
        item_sizes.parse(text)
    assert told.value.values == {"given": text}


@pytest.mark.parametrize("text", ["12,5", " 12,50 "])
def test_parse_when_a_comma_may_stand_before_decimals_then_asked_what_is_meant(text: str) -> None:
    with pytest.raises(BadInput) as told:
        item_sizes.parse(text)
    assert told.value.text == "error.largest_items_unclear"
    assert item_sizes.parse(str(told.value.values["one"])) == (12.5,)
    assert len(item_sizes.parse(str(told.value.values["two"]))) == 2


def test_sum_when_a_size_is_large_then_all_its_digits_are_shown(product: Product) -> None:
    assert item_sizes.sum_of((999999.5,), product) == "999999.5 + 1"


def test_needed_when_more_than_three_then_only_the_three_largest_and_the_reserve(
    product: Product,
) -> None:
    assert item_sizes.needed_gb((1, 12.5, 3, 8), product) == 24.5
    assert item_sizes.sum_of((1, 12.5, 3, 8), product) == "12.5 + 8 + 3 + 1"


def test_needed_when_fewer_than_three_then_those(product: Product) -> None:
    assert item_sizes.needed_gb((4,), product) == 5
