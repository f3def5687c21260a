# SPDX-License-Identifier: MIT
"""How is a number of bytes shown, so that it is never told as zero?"""

from __future__ import annotations

_STEP = 1024  # as Windows shows sizes, and as product.toml takes GB
_UNITS = ("bytes", "kB", "MB", "GB")


def shown(size_bytes: int) -> tuple[float, str]:
    """The number and its unit, with one decimal at most."""
    size, units = float(size_bytes), list(_UNITS)
    while size >= _STEP and len(units) > 1:
        size /= _STEP
        units.pop(0)
    return (size if units[0] == _UNITS[0] else round(size, 1)), units[0]
