# SPDX-License-Identifier: MIT
"""Sizes in a unit that shows them."""

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
