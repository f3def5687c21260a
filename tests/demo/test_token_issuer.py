# SPDX-License-Identifier: MIT
"""Tokens are believed by their issuer only, and for one audience."""

from __future__ import annotations

import jwt
import pytest

from wizard.demo.token_issuer import TokenIssuer

ISSUER = TokenIssuer("tenant", "client")
GRAPH = "https://graph.test"


def roles(token: str, audience: str = GRAPH, issuer: TokenIssuer = ISSUER) -> object:
    claims = issuer.claims(token, audience)
    return None if claims is None else claims.get("roles", "no claim")


def test_claims_when_own_token_then_its_roles() -> None:
    assert roles(ISSUER.issue(GRAPH, ("a", "b"), "1")) == ["a", "b"]


def test_claims_when_no_roles_were_given_then_the_claim_is_absent() -> None:
    assert roles(ISSUER.issue(GRAPH, None, "1")) == "no claim"


@pytest.mark.parametrize(
    "token",
    ["", "nonsense", TokenIssuer("tenant", "client").issue(GRAPH, ("a",), "1")],
)
def test_claims_when_foreign_then_none(token: str) -> None:
    assert roles(token) is None


def test_claims_when_for_another_audience_then_none() -> None:
    assert roles(ISSUER.issue("https://other.test", ("a",), "1")) is None


def test_hide_when_hidden_then_the_issuer_alone_can_read_it() -> None:
    hidden = ISSUER.hide(ISSUER.issue(GRAPH, ("a",), "1"))
    assert roles(hidden) == ["a"]
    assert roles(hidden, issuer=TokenIssuer("tenant", "client")) is None
    with pytest.raises(jwt.PyJWTError):
        jwt.decode(hidden, options={"verify_signature": False})


def test_issue_when_more_claims_then_they_are_in_it() -> None:
    claims = ISSUER.claims(ISSUER.issue(GRAPH, None, "1", xms_cc=["CP1"]), GRAPH)
    assert claims is not None
    assert claims["xms_cc"] == ["CP1"]
