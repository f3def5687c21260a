# SPDX-License-Identifier: MIT
"""How long a token stays in use, as shipped."""

from __future__ import annotations

from datetime import timedelta

from wizard.graph import token_lifetimes
from wizard.product import Product


def test_load_when_read_then_the_longest_is_longer_and_the_source_is_named(
    product: Product,
) -> None:
    lives = token_lifetimes.load()
    assert timedelta(hours=1) <= lives.usual < lives.longest
    assert lives.source in product.sources
