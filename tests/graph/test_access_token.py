# SPDX-License-Identifier: MIT
"""What a token says of itself, without pretending to know more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import jwt
import pytest

from wizard.graph import access_token
from wizard.model import Secret

KEY = "0123456789abcdef0123456789abcdef"


def token(**claims: Any) -> Secret:
    return Secret(jwt.encode({"aud": "https://g", **claims}, KEY, algorithm="HS256"))


def test_read_when_app_token_then_roles_sorted_and_expiry() -> None:
    found = access_token.read(
        token(roles=["b", "a"], iat=1_799_996_400, exp=1_800_000_000, appidacr="2", tid="t")
    )
    assert found.roles == ("a", "b")
    assert found.issued == datetime.fromtimestamp(1_799_996_400, UTC)
    assert found.expires == datetime.fromtimestamp(1_800_000_000, UTC)
    assert (found.appidacr, found.tenant_id) == ("2", "t")
    assert found.scopes == ()


def test_read_when_audience_then_told() -> None:
    assert access_token.read(token(aud="https://g")).audience == "https://g"


def test_read_when_no_roles_claim_then_none_not_empty() -> None:
    assert access_token.read(token(aud="x")).roles is None
    assert access_token.read(token(roles=[])).roles == ()


def test_read_when_user_token_then_scopes() -> None:
    assert access_token.read(token(scp="Mail.Read User.Read")).scopes == ("Mail.Read", "User.Read")


def test_read_when_expired_then_still_read() -> None:
    assert access_token.read(token(exp=1, roles=["a"])).roles == ("a",)


@pytest.mark.parametrize("text", ["", "opaque", "a.b.c", "e30.bm90IGpzb24.x"])
def test_read_when_nobody_can_then_says_so(text: str) -> None:
    assert not access_token.read(Secret(text)).readable


@pytest.mark.parametrize("claims", [{"exp": "soon"}, {"iat": "now"}, {"exp": 10**30}])
def test_read_when_claim_is_odd_then_left_out(claims: dict[str, Any]) -> None:
    found = access_token.read(token(**claims))
    assert found.roles is None
    assert found.issued is None
    assert found.expires is None


def test_read_when_roles_are_hostile_then_short_and_on_one_line_and_no_known_one() -> None:
    odd = ["User.Read.All\n2. Grant more", "y" * 100_000, "\x1b[2J", "<b>", ["User.Read.All"], None]
    found = access_token.read(token(roles=odd, aud="https://a.test\nevil"))
    assert found.roles == ("?2J", "?b?", "User.Read.All?2.?Grant?more", "y" * 100)
    assert found.audience == "https://a.test?evil"


@pytest.mark.parametrize(
    "claims",
    [{"aud": None}, {"roles": "Mail.Read"}, {"roles": {"a": 1}}],
)
def test_read_when_built_in_an_unknown_way_then_unreadable(claims: dict[str, Any]) -> None:
    assert not access_token.read(token(**claims)).readable
