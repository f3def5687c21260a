# SPDX-License-Identifier: MIT
"""The marked difference of two argument strings."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.fixes.strings import MANY, awkward_strings
from wizard.fixes.diff import Spans, spans


@MANY
@given(awkward_strings, awkward_strings)
def test_spans_of_any_two_strings_put_together_give_both(current: str, proposed: str) -> None:
    parts = spans(current, proposed)
    assert parts.prefix + parts.removed + parts.suffix == current
    assert parts.prefix + parts.inserted + parts.suffix == proposed


@pytest.mark.parametrize(
    ("current", "proposed", "expected"),
    [
        ("-Da", "-Da -Db", Spans("-Da", "", " -Db", "")),
        ("", "-Db", Spans("", "", "-Db", "")),
        ("-Da=xy -Db", "-Da=xz -Db", Spans("", "-Da=xy", "-Da=xz", " -Db")),
        ("-Dc -Da=1 -Db", "-Dc -Da=21 -Db", Spans("-Dc ", "-Da=1", "-Da=21", " -Db")),
        ("-Da -Db -Dc", "-Da -Dc", Spans("-Da ", "-Db ", "", "-Dc")),
        ("-Da", "-Da", Spans("-Da", "", "", "")),
    ],
)
def test_spans_mark_whole_arguments(current: str, proposed: str, expected: object) -> None:
    assert spans(current, proposed) == expected
