# SPDX-License-Identifier: MIT
"""Answers that send back what was sent, without the secret in it.

What a secret looks like doesn't matter here: Microsoft is free to issue tokens of any shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, quote_plus

MASK = "***"
LEAST_LENGTH = 16  # of a part that is taken out alone; shorter ones are in every text


def without(text: str, plain: str) -> str:
    """The text without a secret, in whatever form what answered may have sent it back."""
    for form in _forms(plain) if plain else ():
        text = text.replace(form, MASK)
    return text


def sent_token(authorization: str) -> str:
    """The token in an Authorization header, empty when it holds none."""
    return authorization.partition(" ")[2].strip()


def _forms(plain: str) -> Iterator[str]:
    """The whole first, so that no part of it stays; a token's signature may come alone."""
    yield from dict.fromkeys((plain, quote_plus(plain), quote(plain, safe=""), quote(plain)))
    yield plain.replace("/", r"\/")
    for wide in ("04x", "04X"):  # as strict writers of JSON have it
        yield "".join(c if c.isalnum() or c in "-._~" else f"\\u{ord(c):{wide}}" for c in plain)
    yield from (part for part in plain.split(".")[1:] if len(part) >= LEAST_LENGTH)
