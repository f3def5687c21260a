# SPDX-License-Identifier: MIT
"""Tokens are believed by their issuer only, and for one audience."""

from __future__ import annotations

import jwt
import pytest

from wizard.demo.token_issuer import TokenIssuer

ISSUER = TokenIssuer("tenant", "client")
GRAPH = "https://graph.test"


def test_roles_when_own_token_then_its_roles() -> None:
    assert ISSUER.roles(ISSUER.issue(GRAPH, ("a", "b"), "1"), GRAPH) == ("a", "b")


def test_roles_when_none_were_given_then_the_claim_is_absent() -> None:
    token = ISSUER.issue(GRAPH, None, "1")
    assert "roles" not in jwt.decode(token, options={"verify_signature": False})
    assert ISSUER.roles(token, GRAPH) == ()


@pytest.mark.parametrize(
    "token",
    ["", "nonsense", TokenIssuer("tenant", "client").issue(GRAPH, ("a",), "1")],
)
def test_roles_when_foreign_then_none(token: str) -> None:
    assert ISSUER.roles(token, GRAPH) is None


def test_roles_when_for_another_audience_then_none() -> None:
    assert ISSUER.roles(ISSUER.issue("https://other.test", ("a",), "1"), GRAPH) is None
