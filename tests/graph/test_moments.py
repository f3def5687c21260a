# SPDX-License-Identifier: MIT
"""Moments of answers in RFC 3339, whatever form they came in."""

from __future__ import annotations

import pytest

from wizard.graph import moments


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("Tue, 24 Nov 2026 06:53:12 GMT", "2026-11-24T06:53:12.000Z"),
        ("Tue, 24 Nov 2026 06:53:12 -0000", "2026-11-24T06:53:12.000Z"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_http_to_rfc3339_when_date_then_utc(header: str, shown: str) -> None:
    assert moments.http_to_rfc3339(header) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-11-24 06:47:35Z", "2026-11-24T06:47:35Z"),
        ("2026-11-24T06:47:35Z", "2026-11-24T06:47:35Z"),
        ("", ""),
    ],
)
def test_sign_in_to_rfc3339_when_blank_between_then_t(text: str, shown: str) -> None:
    assert moments.sign_in_to_rfc3339(text) == shown


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", "120"),
        (" 0 ", "0"),
        ("Tue, 24 Nov 2026 06:53:12 GMT", "2026-11-24T06:53:12.000Z"),
        ("", ""),
        ("\xb2", ""),
        ("-5", ""),
        ("1e9", ""),
        ("9" * 5000, ""),
        ("sample-secret", ""),
    ],
)
def test_wait_of_when_neither_seconds_nor_date_then_nothing(header: str, wait: str) -> None:
    assert moments.wait_of(header) == wait


@pytest.mark.parametrize(
    ("wait", "seconds"), [("120", 120), ("\xb2", None), ("9" * 5000, None), ("", None)]
)
def test_seconds_of_when_odd_then_none(wait: str, seconds: int | None) -> None:
    assert moments.seconds_of(wait) == seconds
