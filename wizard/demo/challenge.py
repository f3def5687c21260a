# SPDX-License-Identifier: MIT
"""How a sample Graph challenges tokens: it wants one that was issued for the address it sees."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from typing import Any

from wizard.demo.behaviour import Challenge, GraphAnswer

ADDRESS = "203.0.113.7"  # of the documentation range, RFC 5737
POLICY = "9011c1e5-7777-4888-8999-aaaaaaaaaaaa"
CAPABILITIES, SEEN_FROM = "xms_cc", "xms_rp_ipaddr"
MESSAGE = (
    "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: "
    "LocationConditionEvaluationSatisfied"
)


def answered(asked: Mapping[str, Any]) -> bool:
    """Whether the claims asked for at sign-in are those of the challenge."""
    return SEEN_FROM in asked


def token_claims(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What a token gets of the claims that were asked for."""
    claims: dict[str, Any] = {}
    if CAPABILITIES in asked:
        claims[CAPABILITIES] = asked[CAPABILITIES]["values"]
    if SEEN_FROM in asked:
        claims[SEEN_FROM] = asked[SEEN_FROM]["value"]
    return claims


def policy_claims() -> str:
    """What a sign-in that a policy refuses is told: which policy it was."""
    wanted = {"access_token": {"capolids": {"essential": True, "values": [POLICY]}}}
    return json.dumps(wanted)


def refusal(behaviour: Challenge, token: Mapping[str, Any]) -> GraphAnswer | None:
    """The challenge, None where the token passes: programs that don't know any get none."""
    if behaviour is Challenge.NONE or CAPABILITIES not in token:
        return None
    if behaviour is Challenge.MET and SEEN_FROM in token:
        return None
    return GraphAnswer(401, "InvalidAuthenticationToken", MESSAGE, headers=_header())


def _header() -> dict[str, str]:
    newer_than = {"essential": True, "value": str(int(time.time()))}
    wanted = {"access_token": {"nbf": newer_than, SEEN_FROM: {"value": ADDRESS}}}
    claims = base64.b64encode(json.dumps(wanted).encode()).decode()
    return {
        "WWW-Authenticate": 'Bearer realm="", authorization_uri="https://login.example/authorize", '
        f'error="insufficient_claims", claims="{claims}"'
    }
