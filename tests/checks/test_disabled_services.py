# SPDX-License-Identifier: MIT
"""Services that are switched off while Graph stays on, told apart from other refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.disabled_services import CHECK, ServiceTokens, judge
from wizard.demo.microsoft365 import Behaviour, TokenAnswer
from wizard.demo.sample_access import SampleAccess
from wizard.errors import CannotCheck
from wizard.graph.sign_in_report import Failure
from wizard.model import Finding, Outcome, Workload
from wizard.product import Product
from wizard.texts import Texts

OFF = SampleAccess(token_error=500014)


def told(folder: Path, product: Product, behaviour: Behaviour, **more: Any) -> Finding:
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context(**more))
    plain = json.loads(json.dumps(codec.to_plain(seen)))
    assert codec.from_plain(plain, ServiceTokens) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def test_judge_when_all_are_on_then_ok_and_each_is_named(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour())
    assert finding.outcome is Outcome.OK
    assert "3 services" in texts.summary(finding)


def test_judge_when_one_is_off_and_graph_on_then_proof_by_name(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(exchange=OFF))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    sentence = texts.summary(finding)
    assert "1 service is switched off in the tenant (AADSTS500014)" in sentence
    assert "Office 365 Exchange Online" in sentence
    assert "SharePoint" not in sentence
    shown = values_of(finding)
    assert shown["service_token_refused"] == "Office 365 Exchange Online"
    assert shown["correlation_id"]
    assert shown["microsoft_time"]
    assert "Permissions need no change" in " ".join(texts.advice(finding))


def test_judge_when_several_are_off_then_all_are_named(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(exchange=OFF, sharepoint=OFF, teams=OFF))
    assert "3 services are switched off" in texts.summary(finding)
    assert "Microsoft Teams Services" in texts.summary(finding)


def test_judge_when_the_one_that_is_off_was_not_chosen_then_not_asked(
    tmp_path: Path, product: Product
) -> None:
    chosen = (Workload.ONEDRIVE,)
    finding = told(tmp_path, product, Behaviour(exchange=OFF, teams=OFF), workloads=chosen)
    assert (finding.outcome, finding.values["count"]) == (Outcome.OK, 1)


def test_judge_when_nothing_was_chosen_then_not_applicable(product: Product) -> None:
    assert judge(ServiceTokens(()), product).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("code", "outcome", "text"),
    [
        (650052, Outcome.PROBLEM, "no_subscription"),
        (500011, Outcome.WARNING, "resource_missing"),
        (53003, Outcome.WARNING, "refused"),
        (650057, Outcome.OK, "all_on"),  # the app has no rights there; two others are on
        (501051, Outcome.OK, "all_on"),
        (90033, Outcome.COULD_NOT_CHECK, "unknown_code"),  # passes
        (999999, Outcome.COULD_NOT_CHECK, "unknown_code"),
    ],
)
def test_judge_when_refused_for_another_reason_then_that_one(
    tmp_path: Path, product: Product, code: int, outcome: Outcome, text: str
) -> None:
    finding = told(tmp_path, product, Behaviour(teams=SampleAccess(token_error=code)))
    assert finding.text == f"check.disabled_services.{text}"
    assert (finding.outcome, finding.decisive) == (outcome, outcome is Outcome.PROBLEM)
    if finding.outcome is not Outcome.OK:
        assert str(code) in str(finding.values["code"])


def test_judge_when_the_app_has_rights_nowhere_then_nothing_is_told_of_the_services(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    without = SampleAccess(token_error=650057)
    behaviour = Behaviour(exchange=without, sharepoint=without, teams=without)
    finding = told(tmp_path, product, behaviour)
    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert "AADSTS650057" in texts.summary(finding)


def test_judge_when_one_is_off_and_another_unknown_then_the_proof_wins(
    tmp_path: Path, product: Product
) -> None:
    unknown = SampleAccess(token_error=999999)
    finding = told(tmp_path, product, Behaviour(exchange=unknown, sharepoint=OFF))
    assert finding.outcome is Outcome.PROBLEM


def test_judge_when_one_is_missing_and_another_unknown_then_not_told_as_fine(
    tmp_path: Path, product: Product
) -> None:
    unknown, missing = SampleAccess(token_error=999999), SampleAccess(token_error=500011)
    finding = told(tmp_path, product, Behaviour(exchange=unknown, teams=missing))
    assert finding.outcome is Outcome.COULD_NOT_CHECK


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(token_error=500014),
        Behaviour(token_answer=TokenAnswer.THROTTLED),
        Behaviour(listening=False),
    ],
)
def test_observe_when_graph_gives_no_token_then_could_not_check(
    tmp_path: Path, behaviour: Behaviour
) -> None:
    with running(behaviour, tmp_path) as m365, pytest.raises(CannotCheck) as reason:
        CHECK.observe(m365.context())
    assert reason.value.text == "error.not_signed_in"


def test_judge_when_a_service_gets_no_answer_then_could_not_check(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        seen = CHECK.observe(m365.context(workloads=(Workload.ONEDRIVE,)))
    plain = codec.to_plain(seen)
    report = plain["tokens"][0]["report"]
    report |= {"signed_in": False, "failure": str(Failure.THROTTLED), "detail": "429"}
    report |= {"retry_after": "30"}
    finding = judge(codec.from_plain(plain, ServiceTokens), product)
    assert_told(finding, product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "Wait 30 s" in " ".join(texts.advice(finding))
