# SPDX-License-Identifier: MIT
"""Equal evidence of many places, told once."""

from __future__ import annotations

from wizard.findings import alike
from wizard.findings.alike import Row
from wizard.findings.as_json import Document
from wizard.model import Value
from wizard.texts import Texts


def row(label: str, value: Value, unit: str, source: str) -> Document:
    return {"label": label, "value": value, "unit": unit, "source": source}


def test_rows_when_places_say_the_same_then_told_once_with_the_times_as_a_range(
    texts: Texts,
) -> None:
    evidence = [
        told
        for place, ms in (("a", 7.4), ("b", 3.6), ("c", 16.0))
        for told in (row("Answer", 407, "", place), row("Took", ms, "ms", place))
    ]
    assert list(alike.rows(evidence, texts)) == [
        Row("Answer", "407", "a and 2 more"),
        Row("Took", "4 ms to 16 ms", "a and 2 more"),
    ]


def test_rows_when_one_place_is_slow_then_it_stays_known(texts: Texts) -> None:
    evidence = [row("Took", 5.0, "ms", "a"), row("Took", 4000.0, "ms", "b")]
    assert list(alike.rows(evidence, texts)) == [
        Row("Took", "5 ms", "a"),
        Row("Took", "4000 ms", "b"),
    ]


def test_rows_when_values_differ_then_each_with_its_place(texts: Texts) -> None:
    evidence = [row("Answer", 407, "", "a"), row("Answer", 403, "", "b")]
    assert list(alike.rows(evidence, texts)) == [
        Row("Answer", "407", "a"),
        Row("Answer", "403", "b"),
    ]


def test_rows_when_slow_places_took_about_as_long_then_one_range(texts: Texts) -> None:
    slow = (("a", 5004.0), ("b", 5002.0), ("c", 3.0), ("d", 9000.0), ("e", 5023.0))
    evidence = [row("Took", ms, "ms", place) for place, ms in slow]
    assert list(alike.rows(evidence, texts)) == [
        Row("Took", "5002 ms to 5023 ms", "a and 2 more"),
        Row("Took", "3 ms", "c"),
        Row("Took", "9000 ms", "d"),
    ]
