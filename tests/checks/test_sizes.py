# SPDX-License-Identifier: MIT
"""Sizes and ages in a unit that shows them."""

from __future__ import annotations

import pytest

from wizard.checks import sizes


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [
        (0, (0, "bytes")),
        (1023, (1023, "bytes")),
        (1024, (1.0, "kB")),
        (52_000, (50.8, "kB")),
        (3 << 20, (3.0, "MB")),
        (5 << 40, (5120.0, "GB")),
    ],
)
def test_shown_when_a_size_is_given_then_in_the_unit_that_fits(
    size_bytes: int, shown: tuple[float, str]
) -> None:
    assert sizes.shown(size_bytes) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-1, (0, "seconds")),
        (119, (119, "seconds")),
        (120, (2.0, "minutes")),
        (7199, (120.0, "minutes")),
        (7200, (2.0, "hours")),
        (2 * 86400, (2.0, "days")),
    ],
)
def test_shown_age_when_an_age_is_given_then_in_the_unit_that_fits(
    seconds: float, shown: tuple[float, str]
) -> None:
    assert sizes.shown_age(seconds) == shown
