# SPDX-License-Identifier: MIT
"""Consent that a running product may not have yet, and when that can't be told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import host, running
from wizard import codec
from wizard.checks.product_token import CHECK, NewestConsent, ProductToken, judge
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.sample_registration import SampleRegistration
from wizard.errors import CannotCheck
from wizard.graph import token_lifetimes
from wizard.graph.app_registration import GRANTS, Unread
from wizard.host.recorded import RecordedHost
from wizard.model import Finding, Outcome, Workload
from wizard.product import Product
from wizard.texts import Texts

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LIVES = token_lifetimes.load()
JAVA = "/opt/nakivo/transporter/java/bin/java"
ROLES = Behaviour().roles or ()


def seen(age: timedelta, began: timedelta | None = None, **more: Any) -> ProductToken:
    """Consent so long before noon, and the product's start likewise."""
    newest = NewestConsent(("Files.Read.All",), NOON - age)
    started = None if began is None else NOON - began
    return ProductToken(NOON, newest, running=more.get("running", True), started=started)


def told(observation: ProductToken, product: Product) -> Finding:
    plain = json.loads(json.dumps(codec.to_plain(observation)))
    assert codec.from_plain(plain, ProductToken) == observation
    finding = judge(observation, product)
    assert_told(finding, product)
    return finding


def computer(*processes: dict[str, Any]) -> RecordedHost:
    facts = codec.to_plain(host().facts())
    plain = {"facts": facts, "environment": {}, "proxies": [], "name_servers": []}
    return RecordedHost({**plain, "processes": list(processes)})


def java(began: datetime) -> dict[str, Any]:
    words = [JAVA, "-jar", "/opt/nakivo/transporter/java/transporter.jar"]
    started = codec.to_rfc3339(began)
    row = {"pid": 7, "name": "java", "executable": JAVA, "arguments": words, "started": started}
    row |= {"resident_bytes": 1, "account": "bhsvc", "java_options": [], "memory_limit": None}
    return row


def observed(folder: Path, behaviour: Behaviour, on: RecordedHost, **more: Any) -> ProductToken:
    with running(behaviour, folder, on) as m365:
        return CHECK.observe(m365.context(**more))


def consent(hours: float) -> Behaviour:
    given = {"Files.ReadWrite.All": hours, "Application.Read.All": 0.01}
    return Behaviour(registration=SampleRegistration(consent_hours_ago=given))


def test_judge_when_the_product_began_before_new_consent_then_when_it_ends(
    product: Product, texts: Texts
) -> None:
    finding = told(seen(10 * MINUTE, began=20 * MINUTE), product)
    assert (finding.outcome, finding.decisive) == (Outcome.WARNING, False)
    assert "(Files.Read.All)" in texts.summary(finding)
    advice = " ".join(texts.advice(finding))
    assert "wait until 2026-11-24 13:20:00 UTC" in advice  # 11:50 and 90 minutes
    assert "while no job runs" in advice


@pytest.mark.parametrize(
    ("observation", "outcome", "text"),
    [
        (seen(10 * MINUTE, began=9 * MINUTE), Outcome.OK, "began_after"),
        (seen(10 * MINUTE, began=10 * MINUTE), Outcome.WARNING, "began_before"),
        (seen(10 * MINUTE), Outcome.WARNING, "began_unseen"),
        (seen(10 * MINUTE, running=None), Outcome.WARNING, "began_unseen"),
        (seen(10 * MINUTE, running=False), Outcome.OK, "not_running"),
        (seen(LIVES.usual - MINUTE, began=LIVES.usual), Outcome.WARNING, "began_before"),
        (seen(LIVES.usual, began=LIVES.longest), Outcome.OK, "usually_over"),
        (seen(LIVES.longest - MINUTE), Outcome.OK, "usually_over"),
        (seen(LIVES.longest), Outcome.OK, "long_ago"),
        (seen(-MINUTE, began=10 * MINUTE), Outcome.WARNING, "began_before"),  # clocks differ
    ],
)
def test_judge_when_consent_has_an_age_then_by_it_and_the_start(
    product: Product, observation: ProductToken, outcome: Outcome, text: str
) -> None:
    finding = told(observation, product)
    assert (finding.outcome, finding.text) == (outcome, f"check.product_token.{text}")


def test_judge_when_consent_may_not_be_read_then_said_with_the_right_that_would_do(
    product: Product, texts: Texts
) -> None:
    unread = Unread(GRANTS, "app_registration.no_right", {"wanted": "Application.Read.All"})
    finding = told(ProductToken(NOON, None, unread), product)
    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert "it is not known whether NAKIVO has it yet" in texts.summary(finding)
    assert "Application.Read.All" in texts.summary(finding)
    assert "within the last 90 minutes" in texts.advice(finding)[0]


def test_judge_when_the_directory_gave_no_answer_then_its_reason(product: Product) -> None:
    unread = Unread(GRANTS, "app_registration.no_answer", {"detail": "no answer in time"})
    finding = told(ProductToken(NOON, None, unread), product)
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, unread.reason)


def test_judge_when_nothing_was_granted_then_not_applicable(product: Product) -> None:
    assert told(ProductToken(NOON, None), product).outcome is Outcome.NOT_APPLICABLE


def test_observe_when_consent_is_new_then_which_and_since_when_the_product_runs(
    tmp_path: Path, product: Product
) -> None:
    began = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=9)
    found = observed(tmp_path, consent(0.5), computer(java(began)))
    assert found.newest
    # what only this program reads is not what the product waits for
    assert found.newest.permissions == ("Files.ReadWrite.All",)
    assert (found.running, found.started) == (True, began)
    finding = told(found, product)
    assert finding.text == "check.product_token.began_before"
    assert values_of(finding)["consent_newest"] == "Files.ReadWrite.All"


def test_observe_when_one_click_granted_several_then_all_of_them(tmp_path: Path) -> None:
    some_seconds = 20 / 3600
    hours = {"Files.ReadWrite.All": 0.5, "Mail.ReadWrite": 0.5 + some_seconds}
    hours["User.ReadWrite.All"] = 0.6
    given = replace(Behaviour(), registration=SampleRegistration(consent_hours_ago=hours))
    found = observed(tmp_path, given, computer())
    assert found.newest
    assert found.newest.permissions == ("Files.ReadWrite.All", "Mail.ReadWrite")


def test_observe_when_the_product_was_restarted_then_it_has_it(
    tmp_path: Path, product: Product
) -> None:
    found = observed(tmp_path, consent(0.5), computer(java(datetime.now(UTC) - MINUTE)))
    assert told(found, product).text == "check.product_token.began_after"


def test_observe_when_the_new_consent_is_for_another_service_then_it_does_not_count(
    tmp_path: Path, product: Product
) -> None:
    found = observed(tmp_path, consent(0.5), computer(), workloads=(Workload.EXCHANGE,))
    assert told(found, product).text == "check.product_token.long_ago"


def test_observe_when_no_java_runs_then_said(tmp_path: Path) -> None:
    found = observed(tmp_path, consent(0.5), computer())
    assert (found.running, found.started) == (False, None)


def test_observe_when_java_is_hidden_then_not_told_as_stopped(tmp_path: Path) -> None:
    nameless = java(NOON) | {"arguments": None, "executable": None}
    found = observed(tmp_path, consent(0.5), computer(nameless))
    assert (found.running, found.started) == (None, None)


def test_observe_when_processes_cannot_be_read_then_not_told_as_stopped(tmp_path: Path) -> None:
    found = observed(tmp_path, consent(0.5), host())
    assert (found.running, found.started) == (None, None)


def test_observe_when_the_registration_may_not_be_read_then_why(tmp_path: Path) -> None:
    without = tuple(role for role in ROLES if role != "Application.Read.All")
    found = observed(tmp_path, replace(consent(0.5), roles=without), computer())
    assert found.newest is None
    assert found.unread
    assert found.unread.reason == "app_registration.no_right"


def test_observe_when_not_signed_in_then_could_not_check(tmp_path: Path) -> None:
    with pytest.raises(CannotCheck) as reason:
        observed(tmp_path, Behaviour(token_error=7000222), computer())
    assert reason.value.text == "error.not_signed_in"
