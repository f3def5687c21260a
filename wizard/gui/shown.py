# SPDX-License-Identifier: MIT
"""How values stand in the window: numbers with their unit, moments in local time."""

from __future__ import annotations

import re

from wizard.findings import wording
from wizard.model import LEFT_OUT, Evidence, Finding
from wizard.product import Product
from wizard.texts import Texts

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def source_of(evidence: Evidence, product: Product) -> str:
    """Where a value was seen; a page that the product's data names by its title."""
    known = product.sources.get(evidence.source)
    return known.title if known else evidence.source


def value_of(evidence: Evidence, texts: Texts) -> str:
    """An evidence's value with its unit, as every report says it."""
    return readable_moment(wording.value({"value": evidence.value, "unit": evidence.unit}, texts))


def readable_moment(told: str) -> str:
    """A value as it is told; a moment without its T and Z."""
    return f"{told[:10]} {told[11:19]} UTC" if _MOMENT.fullmatch(told) else told


def outcome_of(finding: Finding, texts: Texts) -> str:
    """The word of an outcome; what was left out on request is called so everywhere."""
    if finding.text in LEFT_OUT:
        return texts("page.scan.left_out")
    return texts(f"outcome.{finding.outcome}")
