# SPDX-License-Identifier: MIT
"""A challenge is followed once in both ways, with real msal over real HTTPS."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import jwt
import pytest

from tests.support.microsoft365 import Running, running
from wizard.demo.behaviour import Challenge
from wizard.demo.microsoft365 import Behaviour
from wizard.graph import challenged, claims_challenge, probes
from wizard.graph.challenged import Asking, FollowUp
from wizard.graph.probes import Call
from wizard.graph.sign_in import SignIn


def calls_of(m365: Running, found: SignIn) -> tuple[Call, ...]:
    assert found.token is not None
    return probes.run(m365.cloud, m365.scope, m365.computer, found.token, threading.Event())


def followed(m365: Running, seconds: float = 20) -> FollowUp | None:
    call = challenged.first(calls_of(m365, m365.sign_in()))
    assert call is not None
    asking = Asking(m365.cloud, m365.scope, m365.credentials, m365.computer, threading.Event())
    return asking.follow(call, seconds)


def test_token_when_we_announce_it_then_capable_and_else_not(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        tokens = [m365.sign_in().token, m365.sign_in(challengeable=False).token]
    found = []
    for token in tokens:
        assert token is not None
        found.append(jwt.decode(token.reveal(), options={"verify_signature": False}))
    assert [claims.get("xms_cc") for claims in found] == [["CP1"], None]


def test_first_when_nothing_was_challenged_then_none(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        assert challenged.first(calls_of(m365, m365.sign_in())) is None


def test_call_when_challenged_then_what_is_asked_for_can_be_read(tmp_path: Path) -> None:
    with running(Behaviour(challenge=Challenge.BLOCKED), tmp_path) as m365:
        call = challenged.first(calls_of(m365, m365.sign_in()))
    assert call is not None
    assert call.error is not None
    assert claims_challenge.value(call.error.claims, "xms_rp_ipaddr") == "203.0.113.7"
    assert claims_challenge.newer_than(call.error.claims)


@pytest.mark.parametrize(
    ("challenge", "status", "codes"),
    [
        (Challenge.MET, 200, ()),
        (Challenge.REPEATED, 401, ()),
        (Challenge.BLOCKED, None, (53003,)),
    ],
)
def test_follow_when_challenged_then_both_ways(
    tmp_path: Path, challenge: Challenge, status: int | None, codes: tuple[int, ...]
) -> None:
    with running(Behaviour(challenge=challenge), tmp_path) as m365:
        found = followed(m365)
    assert found is not None
    met, without = found.with_claims, found.without
    assert (met.call.status if met.call else None) == status
    assert (met.report.error.codes if met.report.error else ()) == codes
    assert without.call is not None
    assert without.call.is_ok


def test_follow_when_there_is_no_time_then_nothing_is_begun(tmp_path: Path) -> None:
    with running(Behaviour(challenge=Challenge.MET), tmp_path) as m365:
        started = time.monotonic()
        assert followed(m365, 1) is None
    assert time.monotonic() - started < 5
