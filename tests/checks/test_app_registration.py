# SPDX-License-Identifier: MIT
"""Is the app there and enabled: by the directory, and by the sign-in where that is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.app_registration import CHECK, AppState, judge
from wizard.demo.microsoft365 import Behaviour, GraphAnswer, TokenAnswer
from wizard.demo.sample_registration import SampleRegistration
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

ELSEWHERE = "99999999-0000-4000-8000-000000000000"


def told(folder: Path, product: Product, behaviour: Behaviour) -> Finding:
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context())
    assert codec.from_plain(codec.to_plain(seen), AppState) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


@pytest.mark.parametrize(
    ("registration", "text"),
    [
        (SampleRegistration(), "enabled_single"),
        (SampleRegistration(single_tenant=False), "enabled_several"),
        (SampleRegistration(single_tenant=False, owner_tenant=ELSEWHERE), "enabled_elsewhere"),
    ],
)
def test_judge_when_enabled_then_ok_and_whose_app_it_is(
    tmp_path: Path, product: Product, registration: SampleRegistration, text: str
) -> None:
    finding = told(tmp_path, product, Behaviour(registration=registration))
    assert (finding.outcome, finding.text) == (Outcome.OK, f"check.app_registration.{text}")


def test_judge_when_the_directory_says_disabled_then_problem(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    behaviour = Behaviour(registration=SampleRegistration(enabled=False))
    finding = told(tmp_path, product, behaviour)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert values_of(finding)["app_account_enabled"] is False
    assert "administrator of the tenant" in texts.advice(finding)[0]


def test_judge_when_graph_says_that_the_app_is_disabled_then_problem(
    tmp_path: Path, product: Product
) -> None:
    disabled = GraphAnswer(403, "Authorization_IdentityDisabled", "The identity is disabled.")
    finding = told(tmp_path, product, Behaviour(graph_answers={"/servicePrincipals": disabled}))
    assert finding.text == "check.app_registration.disabled"


def test_judge_when_signed_in_without_an_entry_then_problem_that_may_pass(
    tmp_path: Path, product: Product
) -> None:
    finding = told(tmp_path, product, Behaviour(registration=SampleRegistration(exists=False)))
    assert (finding.outcome, finding.text) == (
        Outcome.PROBLEM,
        "check.app_registration.not_there",
    )
    assert not finding.decisive


def test_judge_when_the_directory_is_closed_then_the_sign_in_answers(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(roles=("Mail.Read",)))
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.app_registration.signed_in")
    assert "was not seen" in texts.summary(finding)
    assert "Application.Read.All" in str(values_of(finding)["app_unread_right"])


def test_judge_when_graph_is_silent_then_the_sign_in_answers(
    tmp_path: Path, product: Product
) -> None:
    finding = told(tmp_path, product, Behaviour(throttled=True))
    assert finding.text == "check.app_registration.signed_in"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (7000112, "app_disabled"),
        (700016, "app_not_in_tenant"),
        (7000229, "no_service_principal"),
    ],
)
def test_judge_when_the_sign_in_says_what_the_app_is_then_that_check_tells_it(
    tmp_path: Path, product: Product, code: int, text: str
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=code))
    assert (finding.outcome, finding.text) == (
        Outcome.NOT_APPLICABLE,
        f"check.app_registration.{text}",
    )
    assert finding.values["code"] == code
    assert [evidence.source.split()[0] for evidence in finding.evidence] == ["POST"]


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(token_error=7000222),
        Behaviour(token_error=53003),
        Behaviour(token_error=9999999),
        Behaviour(token_answer=TokenAnswer.FAULT),
    ],
)
def test_judge_when_the_sign_in_fails_otherwise_then_could_not_check(
    tmp_path: Path, product: Product, behaviour: Behaviour
) -> None:
    finding = told(tmp_path, product, behaviour)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
