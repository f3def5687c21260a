# SPDX-License-Identifier: MIT
"""Addresses of people in words that others wrote: log lines, and Microsoft's own texts."""

from __future__ import annotations

import re

from wizard.findings import names
from wizard.model import Evidence

LEFT_OUT = "***"
_QUOTES = ("log_line", "microsoft_text")


def without_addresses(text: str) -> str:
    """The text with each address of a person left out."""
    return names.EMAIL.sub(lambda found: found[0] if found["whole"] is None else LEFT_OUT, text)


def without_names(text: str) -> str:
    """A quote without addresses, accounts of sites, and what it says is somebody's."""
    for known in (*names.QUOTED, names.SITE):
        text = known.sub(_left_out, text)
    return without_addresses(text)


def _left_out(found: re.Match[str]) -> str:
    name = found["whole"]
    return found[0] if name is None else found[0].replace(name, LEFT_OUT)


def is_quote(evidence: Evidence) -> bool:
    """Whether its value is in the words of others, who may have named anybody."""
    return evidence.label.partition(".")[0].removesuffix("_of") in _QUOTES
