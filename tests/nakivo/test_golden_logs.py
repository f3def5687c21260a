# SPDX-License-Identifier: MIT
"""Logs in the shapes they have in the field, each with what must be found in it and what not."""

from __future__ import annotations

import threading
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from wizard.nakivo import logs
from wizard.nakivo.log_tally import LogMatch
from wizard.product import Product

GOLDEN = Path(__file__).with_name("golden")
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((GOLDEN / "expected.toml").read_text())


def found(name: str, product: Product) -> tuple[LogMatch, ...]:
    return logs.scan((str(GOLDEN / name),), product, threading.Event()).matches


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_scan_when_given_a_golden_log_then_it_finds_exactly_what_is_in_it(
    name: str, product: Product
) -> None:
    matches = found(name, product)
    assert {match.signature for match in matches} == set(EXPECTED[name])
    for signature, wanted in EXPECTED[name].items():
        of_kind = sorted((m for m in matches if m.signature == signature), key=lambda m: m.line)
        told = [asdict(match) for match in of_kind]
        many = wanted if isinstance(wanted, list) else [wanted]
        assert [
            {key: one[key] for key in want} for one, want in zip(told, many, strict=True)
        ] == many


def test_golden_logs_when_listed_then_each_has_its_expectation() -> None:
    shipped = {file.name for file in GOLDEN.iterdir()} - {".gitattributes", "expected.toml"}
    assert shipped == set(EXPECTED)
