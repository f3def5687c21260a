# SPDX-License-Identifier: MIT
"""How is a size or an age shown, so that a small one is never told as zero?"""

from __future__ import annotations

_STEP = 1024  # as Windows shows sizes, and as product.toml takes GB
_UNITS = ("bytes", "kB", "MB", "GB")
_AGES = ((2 * 86400, 86400, "days"), (2 * 3600, 3600, "hours"), (2 * 60, 60, "minutes"))


def shown(size_bytes: int) -> tuple[float, str]:
    """The number and its unit, with one decimal at most."""
    size, units = float(size_bytes), list(_UNITS)
    while size >= _STEP and len(units) > 1:
        size /= _STEP
        units.pop(0)
    return (size if units[0] == _UNITS[0] else round(size, 1)), units[0]


def shown_age(seconds: float) -> tuple[float, str]:
    """The number and its unit, from the moment on when there are two of the unit."""
    for least, one, unit in _AGES:
        if seconds >= least:
            return round(seconds / one, 1), unit
    return round(max(0.0, seconds)), "seconds"
