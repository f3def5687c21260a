# SPDX-License-Identifier: MIT
"""The sample Graph challenges those alone that understand it, and lets pass what has its claims."""

from __future__ import annotations

import json

import pytest

from wizard.demo import challenge
from wizard.demo.behaviour import Challenge
from wizard.graph import claims_challenge

CAPABLE = {"xms_cc": {"values": ["CP1"]}}
MET = {**CAPABLE, "xms_rp_ipaddr": {"value": challenge.ADDRESS}}


@pytest.mark.parametrize(
    ("kind", "asked", "challenged"),
    [
        (Challenge.NONE, CAPABLE, False),
        (Challenge.MET, {}, False),
        (Challenge.MET, CAPABLE, True),
        (Challenge.MET, MET, False),
        (Challenge.REPEATED, MET, True),
        (Challenge.BLOCKED, CAPABLE, True),
    ],
)
def test_refusal_when_token_then_challenged_or_let_pass(
    kind: Challenge, asked: dict[str, dict[str, object]], challenged: bool
) -> None:
    refused = challenge.refusal(kind, challenge.token_claims(asked))
    assert (refused is not None) is challenged


def test_refusal_when_challenged_then_its_claims_can_be_asked_for() -> None:
    refused = challenge.refusal(Challenge.MET, challenge.token_claims(CAPABLE))
    assert refused is not None
    told = claims_challenge.read(refused.headers["WWW-Authenticate"])
    assert challenge.answered(json.loads(told.claims)["access_token"])
    assert not challenge.answered(CAPABLE)


def test_policy_claims_when_read_then_the_policy() -> None:
    assert claims_challenge.values(challenge.policy_claims(), "capolids") == (challenge.POLICY,)
