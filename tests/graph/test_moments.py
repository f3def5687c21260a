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
