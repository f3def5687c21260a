# SPDX-License-Identifier: MIT
"""What comes out of an answer is short, on one line, and holds no token."""

from __future__ import annotations

import pytest

from wizard.graph import bounded


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("Request_ResourceNotFound", "Request_ResourceNotFound"),
        ("11111111-2222-4333-8444-555555555555", "11111111-2222-4333-8444-555555555555"),
        (403, "403"),
        ("a\x1b[31mb\nc", "a?31mb?c"),
        ("x\u200fy\u2028z", "x?y?z"),
        ("x" * 500_000, "x" * 100),
        (["a"], ""),
        (None, ""),
        ("", ""),
    ],
)
def test_name_when_read_then_letters_digits_and_little_else(raw: object, told: str) -> None:
    assert bounded.name(raw) == told


def test_name_when_the_token_is_sent_back_then_masked() -> None:
    assert bounded.name("eyJhbGciOi.eyJhdWQiOi.c2lnbmF0dXJl") == "?masked?token?"


@pytest.mark.parametrize(
    "kept",
    ["2026-11-20T02:11:45", "Wed, 21 Oct 2099 07:28:00 GMT", "120", "2026-11-20T02:11:45+01:00"],
)
def test_time_when_it_is_one_then_as_it_is(kept: str) -> None:
    assert bounded.time(kept) == kept


def test_time_when_digits_are_of_another_kind_or_too_many_then_no_number_of_them() -> None:
    assert bounded.time("\u00b2") == "?"
    assert int(bounded.time("9" * 5000)) < 10**bounded.TIME_LENGTH


def test_place_when_it_is_an_address_then_as_it_is() -> None:
    assert bounded.place("https://graph.microsoft.com/") == "https://graph.microsoft.com/"
