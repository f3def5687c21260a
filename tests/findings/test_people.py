# SPDX-License-Identifier: MIT
"""Addresses of people are left out of words that others wrote."""

from __future__ import annotations

import pytest

from wizard.findings import people
from wizard.model import Evidence


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("403 for joe.o'x+a@contoso.com, denied", "403 for ***, denied"),
        ("GET /users/ann%40sub.contoso.de/messages 403", "GET /users/***/messages 403"),
        ("user-1@masked.invalid is masked already", "user-1@masked.invalid is masked already"),
        ("8 messages @ 02:14", "8 messages @ 02:14"),
    ],
)
def test_without_addresses_when_people_are_named_then_nothing_else_goes(
    text: str, told: str
) -> None:
    assert people.without_addresses(text) == told


@pytest.mark.parametrize(
    ("label", "is_quote"),
    [
        ("log_line_of.graph_refused", True),
        ("log_line", True),
        ("microsoft_text", True),
        ("log_last", False),
        ("proxy", False),
    ],
)
def test_is_quote_when_others_wrote_it_then_it_may_name_anybody(label: str, is_quote: bool) -> None:
    assert people.is_quote(Evidence(label, "x")) is is_quote
