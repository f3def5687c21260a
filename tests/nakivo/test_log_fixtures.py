# SPDX-License-Identifier: MIT
"""Each signature proves itself on its own fixtures, and a broken one is caught."""

from __future__ import annotations

import pytest

from wizard import codec
from wizard import product as product_module
from wizard.nakivo import log_fixtures, log_signatures
from wizard.nakivo.log_signatures import Signature
from wizard.product import Product

SIGNATURES = log_signatures.load(product_module.load()).signatures


@pytest.mark.parametrize("signature", SIGNATURES, ids=lambda s: s.id)
def test_signature_when_tried_on_its_own_fixtures_then_it_tells_them_apart(
    signature: Signature, product: Product
) -> None:
    assert log_fixtures.failed(signature, product) == []


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"pattern": "nothing"}, ["hit", "stale"]),
        ({"near_miss": SIGNATURES[0].hit}, ["near_miss"]),
        ({"hit": SIGNATURES[0].stale, "stale": SIGNATURES[0].hit}, ["hit", "stale"]),
        ({"maximum_age_days": 22}, ["stale"]),
    ],
)
def test_failed_when_a_signature_is_broken_then_the_fixtures_are_named(
    changed: dict[str, str], wrong: list[str], product: Product
) -> None:
    broken = codec.from_plain(codec.to_plain(SIGNATURES[0]) | changed, Signature)
    assert log_fixtures.failed(broken, product) == wrong


def test_check_all_when_all_are_right_then_they_are_counted(product: Product) -> None:
    assert log_fixtures.check_all(product) == len(SIGNATURES)
