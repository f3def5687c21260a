# SPDX-License-Identifier: MIT
"""Ids are taken in the forms that the portal shows, and in no other."""

from __future__ import annotations

import pytest

from wizard.errors import BadInput
from wizard.graph import app_ids


@pytest.mark.parametrize(
    "text",
    [
        "5a5a5a5a-1111-4222-8333-444444444444",
        "5A5A5A5A-1111-4222-8333-444444444444",
        " contoso.onmicrosoft.com ",
        "contoso.com",
        "xn--bcher-kva.xn--p1ai",
    ],
)
def test_check_tenant_id_when_right_then_without_blanks(text: str) -> None:
    assert app_ids.check_tenant_id(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "contoso", "5a5a5a5a-1111-4222-8333", "a b.com", "https://x.com", "x/../y.com", "-a.com"],
)
def test_check_tenant_id_when_wrong_then_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        app_ids.check_tenant_id(text)


@pytest.mark.parametrize("text", ["", "contoso.com", "5a5a5a5a11114222833344444444444", "{x}"])
def test_check_client_id_when_wrong_then_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        app_ids.check_client_id(text)
