# SPDX-License-Identifier: MIT
"""The sign-in's verdict: only what belongs to permissions is told as their problem."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.certificates import pair
from tests.support.microsoft365 import host, running
from wizard import codec
from wizard.checks.sign_in import CHECK, judge
from wizard.demo.microsoft365 import Behaviour, TokenAnswer
from wizard.errors import CannotCheck
from wizard.graph import sign_in_errors
from wizard.graph.sign_in_report import Credential, Failure, Report, SignInError
from wizard.model import CauseId, Credentials, Finding, Outcome, Secret, Sensitivity
from wizard.product import Product
from wizard.texts import Texts

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def told(folder: Path, product: Product, behaviour: Behaviour, **more: Any) -> Finding:
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context(**more))
    assert codec.from_plain(codec.to_plain(seen), Report) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def test_judge_when_signed_in_then_ok(tmp_path: Path, product: Product) -> None:
    finding = told(tmp_path, product, Behaviour())
    assert (finding.outcome, finding.text) == (
        Outcome.OK,
        "check.sign_in.signed_in_with_secret",
    )


def test_judge_when_certificate_then_its_expiry_is_shown(tmp_path: Path, product: Product) -> None:
    file = pair().written(tmp_path / "app.pem")
    registered = Behaviour(registered_certificate=pair().public_pem)
    finding = told(tmp_path, product, registered, certificate=file)
    assert finding.text == "check.sign_in.signed_in_with_certificate"
    assert str(values_of(finding)["certificate_valid_to"]).startswith("20")


def test_judge_when_variables_name_another_place_then_shown_as_not_heeded(
    tmp_path: Path, product: Product
) -> None:
    named = {"MSAL_FORCE_REGION": "westeurope", "REGION_NAME": "", "PATH": "/bin"}
    with running(Behaviour(), tmp_path, host(named)) as m365:
        seen = CHECK.observe(m365.context())
    finding = judge(seen, product)
    assert finding.outcome is Outcome.OK
    told = [(e.value, e.source) for e in finding.evidence if e.label == "sign_in_variable"]
    assert told == [("westeurope", "environment MSAL_FORCE_REGION")]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (7000215, "sign_in_error.secret_wrong"),
        (7000222, "sign_in_error.secret_expired"),
        (700016, "sign_in_error.app_not_in_tenant"),
        (7000229, "sign_in_error.no_service_principal"),
    ],
)
def test_judge_when_permissions_are_at_fault_then_problem_with_all_that_helps(
    tmp_path: Path, product: Product, texts: Texts, code: int, text: str
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=code))
    assert (finding.outcome, finding.text, finding.decisive) == (Outcome.PROBLEM, text, True)
    assert f"AADSTS{code}" in texts.summary(finding)
    shown = values_of(finding)
    assert shown["who_can_mend"]
    assert shown["trace_id"]
    assert shown["correlation_id"]


def test_judge_when_meaning_is_not_microsofts_own_then_that_is_said(
    tmp_path: Path, product: Product
) -> None:
    own = told(tmp_path, product, Behaviour(token_error=7000222))
    other = told(tmp_path, product, Behaviour(token_error=7000229))
    assert "meaning_confidence" not in values_of(own)
    assert "not Microsoft's own list" in values_of(other)["meaning_confidence"]


CATALOGUE = sign_in_errors.load()
ELSEWHERE = [
    (entry.codes[0], entry.page.name.lower())
    for entry in CATALOGUE.errors
    if CATALOGUE.cause(entry) is not CauseId.PERMISSIONS
]


@pytest.mark.parametrize(("code", "page"), ELSEWHERE)
def test_judge_when_another_cause_is_at_fault_then_permissions_are_not_blamed(
    product: Product, texts: Texts, code: int, page: str
) -> None:
    error = SignInError(400, "invalid_grant", (code,), "words", "t", "c", "now")
    report = Report("https://l.test/t", "t", "c", Credential.SECRET, NOON, 1.0, False, error)
    finding = judge(report, product)
    assert_told(finding, product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert finding.text == f"check.sign_in.elsewhere.{page}"
    assert "{" not in texts.summary(finding)


def test_judge_when_policy_refused_then_says_that_the_credentials_were_not_judged(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=53003))
    sentence = texts.summary(finding)
    assert "a policy of the tenant refused the sign-in (AADSTS53003)" in sentence
    assert "see the cause MS Graph Forbidden" in sentence
    assert "not judged" in sentence


def test_judge_when_refused_then_values_are_words_and_moments(
    tmp_path: Path, product: Product
) -> None:
    shown = values_of(told(tmp_path, product, Behaviour(token_error=7000215)))
    assert shown["who_can_mend"] == "the owner of the app registration"
    assert shown["credential"] == "client secret"
    assert codec.from_rfc3339(shown["microsoft_time"])


@pytest.mark.parametrize("code", [7000215, 7000222])
def test_judge_when_secret_is_bad_then_asks_for_the_new_one_here_too(
    tmp_path: Path, product: Product, texts: Texts, code: int
) -> None:
    advice = " ".join(texts.advice(told(tmp_path, product, Behaviour(token_error=code))))
    assert "Give the new one to this program as well" in advice


@pytest.mark.parametrize(
    ("retry_after", "value", "advised"),
    [("30", 30, "Wait 30 s"), ("", None, "Wait some minutes")],
)
def test_judge_when_throttled_then_how_long_to_wait(
    product: Product, texts: Texts, retry_after: str, value: int | None, advised: str
) -> None:
    report = Report(
        "https://l.test/t",
        "t",
        "c",
        Credential.SECRET,
        NOON,
        1.0,
        False,
        failure=Failure.THROTTLED,
        detail="429",
        retry_after=retry_after,
    )
    finding = judge(report, product)
    assert values_of(finding).get("retry_after") == value
    assert texts.advice(finding)[0].startswith(advised)


def test_judge_when_host_was_not_found_then_words_before_the_systems_own(
    tmp_path: Path, product: Product
) -> None:
    shown = values_of(told(tmp_path, product, Behaviour(name_resolves=False)))
    assert shown["sign_in_failure"].startswith("host name not found: ")


def test_judge_when_code_is_unknown_then_it_stays_unknown(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=999999))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)
    assert "does not know: AADSTS999999" in texts.summary(finding)
    assert str(values_of(finding)["microsoft_text"]).startswith("AADSTS999999: ")


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(listening=False),
        Behaviour(untrusted_authority=True),
        Behaviour(wrong_page=True),
        Behaviour(token_answer=TokenAnswer.THROTTLED),
        Behaviour(token_answer=TokenAnswer.FAULT),
    ],
)
def test_judge_when_there_was_no_answer_then_could_not_check(
    tmp_path: Path, product: Product, behaviour: Behaviour
) -> None:
    assert told(tmp_path, product, behaviour).outcome is Outcome.COULD_NOT_CHECK


def test_observe_when_certificate_cannot_be_read_then_cannot_check(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, pytest.raises(CannotCheck):
        CHECK.observe(m365.context(certificate=str(tmp_path / "none.pfx")))


def test_judge_when_told_then_ids_of_the_tenant_are_marked(
    tmp_path: Path, product: Product
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=7000215))
    marked = {
        evidence.label
        for evidence in finding.evidence
        if evidence.sensitivity is Sensitivity.IDENTITY
    }
    assert marked == {"tenant_id", "client_id", "microsoft_text"}


def test_judge_when_secret_is_planted_then_it_is_told_nowhere(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    secrets = Credentials(Secret("PLANTED"), Secret("PLANTED"))
    finding = told(tmp_path, product, Behaviour(), credentials=secrets)
    assert finding.text == "sign_in_error.secret_wrong"
    assert "PLANTED" not in repr(finding) + texts.summary(finding)
