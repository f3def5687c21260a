# SPDX-License-Identifier: MIT
"""Addresses of people in words that others wrote: log lines, and Microsoft's own texts."""

from __future__ import annotations

from wizard.findings import names
from wizard.model import Evidence

LEFT_OUT = "***"
_QUOTES = ("log_line", "microsoft_text")


def without_addresses(text: str) -> str:
    """The text with each address of a person left out."""
    return names.EMAIL.sub(lambda found: found[0] if found["whole"] is None else LEFT_OUT, text)


def is_quote(evidence: Evidence) -> bool:
    """Whether its value is in the words of others, who may have named anybody."""
    return evidence.label.partition(".")[0].removesuffix("_of") in _QUOTES
