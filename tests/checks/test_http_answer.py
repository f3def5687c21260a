# SPDX-License-Identifier: MIT
"""Answers: real, foreign, doubtful, lost; the clock; and sign-in codes of the network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.certificates import pair
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.http_answer import CHECK, Answers, EndpointAnswer, judge
from wizard.checks.own_way import Compared, JavasWay
from wizard.demo.microsoft365 import Behaviour, TokenAnswer
from wizard.graph.answer import Answer, AnswerKind
from wizard.graph.http import NoAnswerKind
from wizard.graph.network_path import Layer
from wizard.graph.sign_in_report import Credential
from wizard.model import Credentials, Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

GOOD = Answer("https://graph.test/x", AnswerKind.EXPECTED, 401, duration_ms=30.0)


def told(folder: Path, product: Product, behaviour: Behaviour, **more: Any) -> Finding:
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context(**more))
    assert codec.from_plain(codec.to_plain(seen), Answers) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def judged(product: Product, answer: Answer | None, broken: Layer | None = None) -> Finding:
    url = "https://graph.test/x"
    one = EndpointAnswer("graph", "graph.test", url, answer, broken, JavasWay(Compared.SAME))
    finding = judge(Answers((one,), signs_in_with=None, report=None), product)
    assert_told(finding, product)
    return finding


def test_judge_when_real_then_ok_and_no_tenant_id_is_shown(
    tmp_path: Path, product: Product
) -> None:
    finding = told(tmp_path, product, Behaviour())
    assert finding.outcome is Outcome.OK
    shown = values_of(finding)
    assert {"clock_agrees", "clock_ahead", "clock_behind"} & shown.keys()
    assert any("/{tenant}/" in evidence.source for evidence in finding.evidence)
    assert "5a5a5a5a" not in repr(finding)


def test_judge_when_page_answers_then_problem_with_its_title(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(wrong_page=True))
    # Nobody saw which way Java goes.
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)
    assert "Sign in to the network" in texts.summary(finding)


def test_judge_when_no_answer_then_problem(product: Product) -> None:
    lost = Answer("u", AnswerKind.NONE, broken=NoAnswerKind.TIMEOUT, detail="6 s")
    assert judged(product, lost).outcome is Outcome.PROBLEM


def test_judge_when_the_tenant_is_unknown_then_no_second_warning_beside_that_of_its_cloud(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    stranger = "99999999-1111-4222-8333-444444444444"
    finding = told(tmp_path, product, Behaviour(), tenant_id=stranger)
    assert (finding.outcome, finding.source) == (Outcome.OK, "sign_in_errors")
    assert "does not know the tenant" in texts.summary(finding)
    assert texts("check.tenant_cloud.title") in texts.advice(finding)[0]


@pytest.mark.parametrize("kind", [AnswerKind.THROTTLED, AnswerKind.SERVICE_FAULT])
def test_judge_when_doubtful_then_warning(product: Product, kind: AnswerKind) -> None:
    finding = judged(product, replace(GOOD, kind=kind, status=429))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, f"check.http_answer.{kind}")


def test_judge_when_throttled_then_how_long_to_wait(product: Product, texts: Texts) -> None:
    held = replace(GOOD, kind=AnswerKind.THROTTLED, status=429, retry_after="90")
    assert texts.advice(judged(product, held)) == ["Wait 90 s, then check again."]


@pytest.mark.parametrize("layer", list(Layer))
def test_judge_when_not_reached_then_could_not_check(product: Product, layer: Layer) -> None:
    finding = judged(product, None, layer)
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, f"not_reached.{layer}")


@pytest.mark.parametrize("code", [500021, 500022])
def test_judge_when_proxy_restricts_tenants_then_problem_here(
    tmp_path: Path, product: Product, code: int
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=code))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert finding.text == "sign_in_error.tenant_restrictions"
    assert values_of(finding)["tenant_id"]


@pytest.mark.parametrize("code", [53003, 7000222, 999999])
def test_judge_when_sign_in_code_is_another_causes_then_ok_here(
    tmp_path: Path, product: Product, code: int
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=code))
    assert finding.outcome is Outcome.OK


def test_judge_when_sign_in_hangs_on_an_open_way_then_warning(
    tmp_path: Path, product: Product
) -> None:
    behaviour = Behaviour(token_answer=TokenAnswer.HANG)
    finding = told(tmp_path, product, behaviour, timeout_s=1.0)
    assert (finding.outcome, finding.text) == (
        Outcome.WARNING,
        "check.http_answer.sign_in_lost",
    )


def test_judge_when_no_credentials_then_the_answers_alone(tmp_path: Path, product: Product) -> None:
    behaviour = Behaviour(token_error=500021)
    finding = told(tmp_path, product, behaviour, credentials=Credentials())
    assert finding.outcome is Outcome.OK


def test_judge_when_certificate_cannot_be_read_then_the_answers_alone(
    tmp_path: Path, product: Product
) -> None:
    finding = told(tmp_path, product, Behaviour(), certificate=str(tmp_path / "none.pem"))
    assert finding.outcome is Outcome.OK


@pytest.mark.parametrize("offset_s", [-1200.0, 1200.0])
def test_judge_when_clock_is_off_then_the_refused_sign_in_with_a_certificate_comes_first(
    tmp_path: Path, product: Product, offset_s: float
) -> None:
    registered = Behaviour(
        registered_certificate=pair().public_pem, clock_offset_s=offset_s, token_error=999999
    )
    file = pair().written(tmp_path / "app.pem")
    by_secret = told(tmp_path, product, registered)
    assert by_secret.text == "check.http_answer.clock_off_secret"
    finding = told(tmp_path, product, registered, certificate=file)
    # 20 minutes are refused by the sign-in itself, which is the harder evidence
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, "sign_in_error.assertion_clock")


@pytest.mark.parametrize(
    ("credential", "sentence"),
    [
        (Credential.CERTIFICATE, "Sign-in with a certificate may fail"),
        (Credential.SECRET, "a client secret, as it was given here, does not depend on the clock"),
        (None, "which of them the backup uses is not known here"),
    ],
)
def test_judge_when_clock_is_off_then_warning_with_number_and_limit_whatever_signs_in(
    credential: Credential | None, sentence: str, product: Product, texts: Texts
) -> None:
    for ahead, label in ((900.2, "clock_ahead"), (-400.0, "clock_behind")):
        one = EndpointAnswer("graph", "graph.test", "u", replace(GOOD, clock_ahead_s=ahead), None)
        finding = judge(Answers((one,), credential, report=None), product)
        assert_told(finding, product)
        assert finding.outcome is Outcome.WARNING
        word = "900 s ahead of" if ahead > 0 else "400 s behind"
        assert f"{word} Microsoft's; more than 300 s" in texts.summary(finding)
        assert sentence in texts.summary(finding)
        assert values_of(finding)[label] == round(abs(ahead))


def test_judge_when_the_clock_agrees_then_no_more_is_claimed_than_the_header_tells(
    product: Product,
) -> None:
    assert values_of(judged(product, replace(GOOD, clock_ahead_s=-0.4)))["clock_agrees"] == "< 1"


def test_judge_when_the_answer_is_slow_then_warning_with_number_and_limit(
    product: Product, texts: Texts
) -> None:
    finding = judged(product, replace(GOOD, duration_ms=4287.0))
    assert (finding.outcome, finding.decisive) == (Outcome.WARNING, False)
    assert "4287 ms" in texts.summary(finding)
    assert "more than 3000 ms" in texts.summary(finding)


@pytest.mark.parametrize(
    ("kind", "outcome", "text"),
    [
        (AnswerKind.CAPTIVE, Outcome.PROBLEM, "captive"),
        (AnswerKind.NOT_MICROSOFT, Outcome.PROBLEM, "not_microsoft"),
        (AnswerKind.UNEXPECTED, Outcome.WARNING, "unexpected"),
    ],
)
def test_judge_when_something_else_answers_then_by_kind(
    product: Product, kind: AnswerKind, outcome: Outcome, text: str
) -> None:
    answer = replace(GOOD, kind=kind, status=302, location="portal.test")
    finding = judged(product, answer)
    assert (finding.outcome, finding.text) == (outcome, f"check.http_answer.{text}")
    assert finding.decisive is (outcome is Outcome.PROBLEM)
    assert values_of(finding)["answer_location"] == "portal.test"


def test_judge_when_one_clock_of_several_is_wrong_then_it_is_not_taken_for_ours(
    product: Product,
) -> None:
    ahead = (0.2, 4000.0, -0.3)
    ones = tuple(
        EndpointAnswer("graph", "graph.test", "u", replace(GOOD, clock_ahead_s=skew), None)
        for skew in ahead
    )
    finding = judge(Answers(ones, Credential.CERTIFICATE, report=None), product)
    assert finding.outcome is Outcome.OK


@pytest.mark.parametrize(
    ("code", "outcome", "text"),
    [
        (500021, Outcome.PROBLEM, "sign_in_error.tenant_restrictions"),
        (500022, Outcome.PROBLEM, "sign_in_error.tenant_restrictions"),
        (90033, Outcome.WARNING, "sign_in_error.passing_fault"),
        (7000215, Outcome.WARNING, "check.http_answer.sign-in-error"),
        (99999999, Outcome.WARNING, "check.http_answer.sign-in-error"),
    ],
)
def test_judge_when_the_document_is_refused_then_by_its_number(
    product: Product, code: int, outcome: Outcome, text: str
) -> None:
    refused = replace(GOOD, kind=AnswerKind.SIGN_IN_ERROR, status=400, code=code)
    finding = judged(product, refused)
    assert (finding.outcome, finding.text) == (outcome, text)
    assert values_of(finding)["sign_in_code"] == f"AADSTS{code}"


@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (91462017.5, "1058.6 d ahead of Microsoft's"),
        (-91462017.5, "1058.6 d behind Microsoft's"),
        (4000.1, "66.7 min ahead of Microsoft's; this program takes more than 60 min for wrong"),
        (10800.0, "3 h ahead of Microsoft's"),
    ],
)
def test_judge_when_the_clock_is_wrong_then_warning_whatever_signs_in(
    product: Product, texts: Texts, ahead: float, told: str
) -> None:
    finding = judged(product, replace(GOOD, clock_ahead_s=ahead))
    assert finding.outcome is Outcome.WARNING
    assert told in texts.summary(finding)
