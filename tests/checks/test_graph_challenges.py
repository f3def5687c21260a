# SPDX-License-Identifier: MIT
"""A challenged call: whether a policy stops the app for good, for now, or this program alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.graph_calls import CHECK, GraphCalls, judge
from wizard.demo import challenge
from wizard.demo.behaviour import Challenge
from wizard.demo.microsoft365 import Behaviour, TokenAnswer
from wizard.graph.challenged import Again, FollowUp
from wizard.model import Finding, Outcome, Sensitivity
from wizard.product import Product
from wizard.texts import Texts


def observed(folder: Path, kind: Challenge, **more: object) -> GraphCalls:
    with running(Behaviour(challenge=kind), folder) as m365:
        seen = CHECK.observe(m365.context(**more))
    assert codec.from_plain(codec.to_plain(seen), GraphCalls) == seen
    return seen


def told(seen: GraphCalls, product: Product) -> Finding:
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


@pytest.mark.parametrize(
    ("kind", "outcome", "text"),
    [
        (Challenge.MET, Outcome.WARNING, "challenge_met"),
        (Challenge.BLOCKED, Outcome.PROBLEM, "challenge_stands_not_without"),
        (Challenge.REPEATED, Outcome.PROBLEM, "challenge_stands_not_without"),
    ],
)
def test_judge_when_challenged_then_what_came_of_it_and_no_proof_where_others_pass(
    tmp_path: Path, product: Product, kind: Challenge, outcome: Outcome, text: str
) -> None:
    finding = told(observed(tmp_path, kind), product)
    assert (finding.outcome, finding.text) == (outcome, f"check.graph_calls.{text}")
    assert not finding.decisive


def test_judge_when_the_sign_in_is_blocked_too_then_all_that_its_log_is_searched_by(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(observed(tmp_path, Challenge.BLOCKED), product)
    shown = values_of(finding)
    assert {"correlation_id", "trace_id", "client_id", "request_id"} <= set(shown)
    assert codec.from_rfc3339(shown["microsoft_time"])
    assert shown["challenge_with_claims"] == "AADSTS53003"
    assert shown["challenge_without"] == "200"
    assert shown["policy_id"] == challenge.POLICY
    assert "that sign-in was refused (AADSTS53003)" in texts.summary(finding)
    assert "asked as one that cannot, the same request is let through" in texts.summary(finding)
    assert "It is not known which kind NAKIVO is" in texts.advice(finding)[0]


def test_judge_when_challenged_then_the_claims_in_words_and_the_address_masked_in_packages(
    tmp_path: Path, product: Product
) -> None:
    finding = told(observed(tmp_path, Challenge.REPEATED), product)
    shown = values_of(finding)
    assert "challenge_claims" not in shown  # all of it is told in words
    assert not any("xms_rp_ipaddr" in str(value) for value in shown.values())
    assert codec.from_rfc3339(shown["challenge_newer_than"])
    assert shown["challenge_reason"].startswith("believed: the request came from an address")
    assert "LocationConditionEvaluationSatisfied" in shown["challenge_reason"]
    assert shown["challenge_address"] == "203.0.113.7"
    marked = {e.label for e in finding.evidence if e.sensitivity is Sensitivity.HOST}
    assert marked == {"challenge_address"}


def test_judge_when_programs_without_challenges_are_refused_too_then_proof(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    seen = observed(tmp_path, Challenge.BLOCKED)
    assert seen.follow_up is not None
    both = FollowUp(seen.follow_up.with_claims, seen.follow_up.with_claims)
    finding = told(replace(seen, follow_up=both), product)
    assert (finding.text, finding.decisive) == ("check.graph_calls.challenge_stands", True)
    assert "IPv4 and IPv6" in " ".join(texts.advice(finding))


def test_judge_when_there_was_no_time_to_follow_then_no_proof_and_says_so(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(observed(tmp_path, Challenge.MET, timeout_s=3.0), product)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)
    assert "could not be tried to its end" in texts.summary(finding)


@pytest.mark.parametrize(
    ("fails", "text"),
    [("with_claims", "challenge_not_followed"), ("without", "challenge_stands_half_tried")],
)
def test_judge_when_a_sign_in_of_a_follow_up_fails_otherwise_then_no_proof_and_says_so(
    tmp_path: Path, product: Product, texts: Texts, fails: str, text: str
) -> None:
    seen = observed(tmp_path, Challenge.BLOCKED)
    assert seen.follow_up is not None
    folder = tmp_path / "faulty"
    folder.mkdir()
    with running(Behaviour(token_answer=TokenAnswer.FAULT), folder) as m365:
        faulty = Again(m365.sign_in().report, None)
    blocked = seen.follow_up.with_claims
    ways = {"with_claims": blocked, "without": blocked, fails: faulty}
    finding = told(replace(seen, follow_up=FollowUp(**ways)), product)
    assert (finding.text, finding.decisive) == (f"check.graph_calls.{text}", False)
    assert "could not be tried to its end" in texts.summary(finding)


def test_observe_when_the_time_limit_is_short_then_not_followed(tmp_path: Path) -> None:
    assert observed(tmp_path, Challenge.MET, timeout_s=3.0).follow_up is None
