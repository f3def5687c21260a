# SPDX-License-Identifier: MIT
"""Each data file of this folder names a source that the product's data knows."""

from __future__ import annotations

import tomllib

import pytest

from wizard import resources
from wizard.product import Product

FILES = sorted(path.name for path in resources.path("graph").glob("*.toml"))


@pytest.mark.parametrize("name", FILES)
def test_file_when_read_then_its_source_is_known(name: str, product: Product) -> None:
    plain = tomllib.loads(resources.path("graph", name).read_text(encoding="utf-8"))
    if name == "network.toml":  # our own choices, no facts
        assert "source" not in plain
    else:
        assert plain["source"] in product.sources
