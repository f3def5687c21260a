# SPDX-License-Identifier: MIT
"""What is known of a registration, and why a part isn't."""

from __future__ import annotations

from wizard.graph.app_registration import APPLICATION, GRANTS, AppRegistration, Unread


def test_why_unread_when_a_part_was_read_then_none() -> None:
    unread = Unread(APPLICATION, "app_registration.no_right", {"wanted": "Application.Read.All"})
    found = AppRegistration(None, None, (), None, None, None, (unread,))
    assert found.why_unread(APPLICATION) is unread
    assert found.why_unread(GRANTS) is None
