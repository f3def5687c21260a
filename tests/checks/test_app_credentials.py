# SPDX-License-Identifier: MIT
"""When the secret or certificate ends: days left, and never more than is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.certificates import pair
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.app_credentials import CHECK, AppCredentials, judge
from wizard.demo.microsoft365 import Behaviour, GraphAnswer, TokenAnswer
from wizard.demo.sample_registration import SampleKey, SampleRegistration
from wizard.graph.app_registration import AppCredential
from wizard.graph.sign_in_report import Credential
from wizard.model import Credentials, Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SOON, LONG = 12.5, 200.5
OTHER = "xyz"  # how a secret begins that isn't the one given


def told(folder: Path, product: Product, behaviour: Behaviour, **more: Any) -> Finding:
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context(**more))
        assert m365.stand_in.secret not in repr(seen)
    assert codec.from_plain(codec.to_plain(seen), AppCredentials) == seen
    return judged(seen, product)


def judged(seen: AppCredentials, product: Product) -> Finding:
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def with_secrets(*keys: SampleKey) -> Behaviour:
    return Behaviour(registration=SampleRegistration(secrets=keys))


def _unknown(*days: float) -> tuple[SampleKey, ...]:
    return tuple(SampleKey(left, OTHER) for left in days)


def certificate(ends: datetime | None, *, signed_in: bool = True) -> AppCredentials:
    return AppCredentials(NOON, Credential.CERTIFICATE, signed_in, (), ends, "52ED9B50")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ((SampleKey(LONG),), (Outcome.OK, "secret_valid", 200)),
        ((SampleKey(SOON),), (Outcome.WARNING, "secret_soon", 12)),
        ((SampleKey(0.5),), (Outcome.WARNING, "secret_soon", 0)),
        # which one is ours is known by how it begins
        ((SampleKey(SOON), SampleKey(LONG, OTHER)), (Outcome.WARNING, "secret_soon", 12)),
        ((SampleKey(LONG), SampleKey(SOON, OTHER)), (Outcome.OK, "secret_valid", 200)),
        # or since it is the only valid one
        ((SampleKey(LONG, OTHER),), (Outcome.OK, "secret_valid", 200)),
        ((SampleKey(-5, OTHER), SampleKey(LONG, OTHER)), (Outcome.OK, "secret_valid", 200)),
        # or not at all
        (_unknown(LONG, 90.5), (Outcome.OK, "first_secret_valid", 90)),
        (_unknown(LONG, SOON), (Outcome.WARNING, "first_secret_soon", 12)),
        (_unknown(SOON, 3.5), (Outcome.WARNING, "every_secret_soon", 12)),
    ],
)
def test_judge_when_secrets_are_registered_then_the_end_that_counts(
    tmp_path: Path,
    product: Product,
    keys: tuple[SampleKey, ...],
    expected: tuple[Outcome, str, int],
) -> None:
    finding = told(tmp_path, product, with_secrets(*keys))
    outcome, text, days = expected
    assert (finding.outcome, finding.text) == (outcome, f"check.app_credentials.{text}")
    assert finding.values["days"] == days


@pytest.mark.parametrize(("days", "outcome"), [(29.9, Outcome.WARNING), (30.1, Outcome.OK)])
def test_judge_when_near_the_threshold_then_its_value_decides(
    tmp_path: Path, product: Product, texts: Texts, days: float, outcome: Outcome
) -> None:
    assert product.facts.credential_soon_days.value == 30
    finding = told(tmp_path, product, with_secrets(SampleKey(days)))
    assert finding.outcome is outcome
    if outcome is Outcome.WARNING:
        assert "below 30 days, by its own choice" in texts.summary(finding)


def test_judge_when_several_are_registered_then_evidence_has_each_soonest_first(
    tmp_path: Path, product: Product
) -> None:
    finding = told(tmp_path, product, with_secrets(SampleKey(LONG), SampleKey(SOON, OTHER)))
    labels = [evidence.label for evidence in finding.evidence]
    assert labels == ["secret_registered_to", "secret_in_use_valid_to"]


def test_judge_when_the_registration_is_closed_then_not_asked_for_and_which_right_it_takes(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(roles=("Mail.Read",)))
    assert (finding.outcome, finding.text) == (
        Outcome.NOT_APPLICABLE,
        "check.app_credentials.no_right",
    )
    assert "Application.Read.All, Directory.Read.All" in texts.summary(finding)
    assert "calendar" in texts.advice(finding)[0]


def test_judge_when_registered_in_another_tenant_then_its_end_is_not_seen_from_here(
    tmp_path: Path, product: Product
) -> None:
    elsewhere = Behaviour(registration=SampleRegistration(owner_tenant="elsewhere"))
    finding = told(tmp_path, product, elsewhere)
    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert finding.text == "check.app_credentials.elsewhere"


@pytest.mark.parametrize(
    ("behaviour", "text"),
    [
        (with_secrets(SampleKey(-1)), "check.app_credentials.no_valid_secret"),
        (with_secrets(), "check.app_credentials.no_valid_secret"),
        (Behaviour(throttled=True), "app_registration.throttled"),
        (
            Behaviour(graph_answers={"/applications": GraphAnswer(503, raw="<html></html>")}),
            "app_registration.service_fault",
        ),
        (Behaviour(token_answer=TokenAnswer.FAULT), "error.not_signed_in"),
        (Behaviour(token_error=7000215), "error.not_signed_in"),
    ],
)
def test_judge_when_the_end_is_not_known_then_could_not_check(
    tmp_path: Path, product: Product, behaviour: Behaviour, text: str
) -> None:
    finding = told(tmp_path, product, behaviour)
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, text)


@pytest.mark.parametrize(
    ("code", "text"), [(7000222, "secret_expired"), (1000502, "certificate_dates")]
)
def test_judge_when_the_sign_in_says_that_it_is_over_then_that_check_tells_it(
    tmp_path: Path, product: Product, code: int, text: str
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=code))
    assert (finding.outcome, finding.text) == (
        Outcome.NOT_APPLICABLE,
        f"check.app_credentials.{text}",
    )


def test_judge_when_a_certificate_is_given_then_its_file_tells_without_any_right(
    tmp_path: Path, product: Product
) -> None:
    file = pair().written(tmp_path / "app.pem")
    behaviour = Behaviour(roles=None, registered_certificate=pair().public_pem)
    finding = told(tmp_path, product, behaviour, certificate=file, credentials=Credentials())
    assert (finding.outcome, finding.text) == (
        Outcome.WARNING,
        "check.app_credentials.certificate_soon",
    )
    assert finding.values["days"] == 29
    assert "certificate_thumbprint" in values_of(finding)


def test_judge_when_a_certificate_is_refused_then_its_end_is_told_all_the_same(
    tmp_path: Path, product: Product
) -> None:
    file = pair().written(tmp_path / "app.pem")
    finding = told(tmp_path, product, Behaviour(), certificate=file, credentials=Credentials())
    assert finding.text == "check.app_credentials.certificate_soon"


@pytest.mark.parametrize(
    ("left", "signed_in", "outcome", "text"),
    [
        (timedelta(days=40), True, Outcome.OK, "certificate_valid"),
        (timedelta(days=29), True, Outcome.WARNING, "certificate_soon"),
        (timedelta(days=-3), False, Outcome.PROBLEM, "certificate_over"),
        (timedelta(days=-3), True, Outcome.WARNING, "certificate_over_and_accepted"),
    ],
)
def test_judge_when_a_certificate_ends_then_by_its_date_and_by_what_microsoft_did(
    product: Product, left: timedelta, signed_in: bool, outcome: Outcome, text: str
) -> None:
    finding = judged(certificate(NOON + left, signed_in=signed_in), product)
    assert (finding.outcome, finding.text) == (outcome, f"check.app_credentials.{text}")
    assert finding.values["days"] == abs(left.days)


def test_judge_when_a_secret_is_not_valid_yet_then_it_does_not_count(product: Product) -> None:
    ends = NOON + timedelta(days=SOON)
    known = AppCredential(Credential.SECRET, NOON - timedelta(days=1), ends, "id-1")
    later = AppCredential(Credential.SECRET, NOON + timedelta(days=1), None, "id-2")
    seen = AppCredentials(NOON, Credential.SECRET, True, (), None, "", (known, later))
    assert judged(seen, product).text == "check.app_credentials.secret_soon"


def test_judge_when_secrets_have_no_end_then_it_is_not_called_fine(product: Product) -> None:
    endless = (AppCredential(Credential.SECRET, None, None, "id"),)
    seen = AppCredentials(NOON, Credential.SECRET, True, (), None, "", endless)
    assert judged(seen, product).outcome is Outcome.COULD_NOT_CHECK


def test_judge_when_a_certificate_shows_no_end_then_could_not_check(product: Product) -> None:
    assert judged(certificate(None), product).outcome is Outcome.COULD_NOT_CHECK
