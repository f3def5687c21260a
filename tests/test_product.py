# SPDX-License-Identifier: MIT
"""The product's data: every constant has a source, every cause is one of the article's seven."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wizard import codec, resources
from wizard.errors import BadInput
from wizard.findings import wording
from wizard.model import CauseId
from wizard.product import Facts, Product
from wizard.texts import Texts


def test_facts_when_loaded_then_each_names_a_known_source(product: Product) -> None:
    for field in dataclasses.fields(product.facts):
        fact = getattr(product.facts, field.name)
        assert fact.source in product.sources, field.name


def test_facts_when_declared_then_each_is_used_by_code() -> None:
    code = "".join(path.read_text() for path in Path("wizard").rglob("*.py"))
    unused = [f.name for f in dataclasses.fields(Facts) if not re.search(rf"\.{f.name}\b", code)]
    assert unused == []


def test_causes_when_loaded_then_follow_the_article(product: Product) -> None:
    assert [cause.id for cause in product.causes] == list(CauseId)
    assert all(cause.source in product.sources for cause in product.causes)


@pytest.mark.parametrize("spoil", [lambda t: t.update(extra=1), lambda t: t.popitem()])
def test_facts_when_a_key_is_unknown_or_missing_then_refused(
    spoil: Callable[[dict[str, Any]], None],
) -> None:
    table = resources.read_toml("product.toml")["facts"]
    spoil(table)
    with pytest.raises(BadInput):
        codec.from_plain(table, Facts)


def test_sources_when_a_page_shows_no_date_then_its_date_is_told_as_the_day_of_reading(
    product: Product, texts: Texts
) -> None:
    told = wording.source_title(product.sources["requirements"], texts)
    assert told.endswith("the date is the day it was read")
    assert wording.source_title(product.sources["article"], texts).endswith("(11.2)")


def test_shown_gb_when_a_byte_short_of_a_limit_then_less_than_the_limit(product: Product) -> None:
    limit = product.bytes_of_gb(5)
    assert product.shown_gb(limit - 1) < 5
    assert product.shown_gb(limit) == 5
    assert product.shown_gb(math.ceil(product.bytes_of_gb(4.96))) == 4.96
