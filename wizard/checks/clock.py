# SPDX-License-Identifier: MIT
"""What it means that this computer's clock differs from Microsoft's."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.checks.base import warning
from wizard.graph.sign_in_report import Credential
from wizard.model import Evidence, Finding, Value
from wizard.product import Product

# The header has whole seconds: less cannot be told from nothing.
_LEAST_S = 1.0


def wrong(ahead: Sequence[float], product: Product) -> Finding | None:
    """So wrong that it matters whatever signs in."""
    limit = product.facts.clock_wrong_s.value
    if abs(_middle(ahead)) <= limit:
        return None
    return warning("check.http_answer.clock_wrong", values=_values(ahead, limit), source="wizard")


def off(ahead: Sequence[float], credential: Credential | None, product: Product) -> Finding | None:
    """Only signed requests care for the clock, and Microsoft's tolerance is not published.

    How NAKIVO signs in is known only where the same credential was given to this program.
    """
    limit = product.facts.clock_tolerance_s.value
    if abs(_middle(ahead)) <= limit:
        return None
    text = f"check.http_answer.clock_off_{credential or 'unknown'}"
    return warning(text, values=_values(ahead, limit), source="wizard")


def _values(ahead: Sequence[float], limit: int) -> dict[str, Value]:
    seconds = _middle(ahead)
    shown, unit = _span(abs(seconds))
    most, limit_unit = _span(limit)
    span: dict[str, Value] = {"skew": shown, "unit": unit, "ahead": int(seconds > 0)}
    return {**span, "limit": most, "limit_unit": limit_unit}


def _middle(ahead: Sequence[float]) -> float:
    """The middle of what the endpoints' clocks say: a single one may be wrong itself."""
    measured = sorted(ahead)
    return measured[(len(measured) - 1) // 2] if measured else 0.0


def _span(seconds: float) -> tuple[float, str]:
    """A number that can be read, with its unit."""
    for size, unit, least in ((86400, "d", 2), (3600, "h", 2), (60, "min", 30)):
        if seconds >= least * size:
            return round(seconds / size, 1), unit
    return round(seconds), "s"


def evidence(ahead: float, host: str) -> Evidence:
    """How one host's clock compares with this one."""
    source = f"Date: {host}"
    if abs(ahead) < _LEAST_S:
        return Evidence("clock_agrees", f"< {_LEAST_S:.0f}", "s", source)
    label = "clock_behind" if ahead < 0 else "clock_ahead"
    return Evidence(label, *_span(abs(ahead)), source)
