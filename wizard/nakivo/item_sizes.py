# SPDX-License-Identifier: MIT
"""How large are the largest items backed up, as the person names them, and what do they need?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wizard.errors import BadInput
from wizard.product import Product

_LARGEST_GB = 1_000_000.0
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,6})?")
_ONE_OR_TWO = re.compile(r"[0-9]+,[0-9]+")  # where a comma stands before decimals, it is one


def parse(text: str) -> tuple[float, ...]:
    """Sizes in GB, separated by commas; BadInput for anything else, and for what may mean two."""
    parts = [part.strip() for part in text.split(",")]
    if not all(map(_NUMBER.fullmatch, parts)):
        raise BadInput("error.largest_items", given=text)
    if _ONE_OR_TWO.fullmatch(text.strip()):
        one, two = ".".join(parts), ", ".join(parts)
        raise BadInput("error.largest_items_unclear", given=text, one=one, two=two)
    sizes = tuple(map(float, parts))
    if not all(0 < size <= _LARGEST_GB for size in sizes):
        raise BadInput("error.largest_items", given=text)
    return sizes


def counted(sizes_gb: Sequence[float], product: Product) -> tuple[float, ...]:
    """Those that the rule counts: the largest, as many as it names."""
    return tuple(sorted(sizes_gb, reverse=True))[: product.facts.temp_largest_items.value]


def needed_gb(sizes_gb: Sequence[float], product: Product) -> float:
    """More than this must be free for them."""
    return sum(counted(sizes_gb, product)) + product.facts.temp_items_extra_gb.value


def sum_of(sizes_gb: Sequence[float], product: Product) -> str:
    """The arithmetic, as "12.5 + 8 + 3 + 1"."""
    extra = product.facts.temp_items_extra_gb.value
    return " + ".join(f"{size:.13g}" for size in (*counted(sizes_gb, product), extra))
