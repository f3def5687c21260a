# SPDX-License-Identifier: MIT
"""SharePoint's own interface takes no secret; that matters only to an app with rights there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.certificates import pair
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.sharepoint_sign_in import CHECK, SharePointSignIn, judge
from wizard.demo.microsoft365 import Behaviour, TokenAnswer
from wizard.demo.sample_access import SampleAccess
from wizard.graph.service_call import ServiceCall
from wizard.model import Finding, Outcome, Workload
from wizard.product import Product
from wizard.texts import Texts

MAY = SampleAccess(("Sites.FullControl.All",))


def observed(folder: Path, behaviour: Behaviour, **more: Any) -> SharePointSignIn:
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context(**more))
    plain = json.loads(json.dumps(codec.to_plain(seen)))
    assert codec.from_plain(plain, SharePointSignIn) == seen
    return seen


def with_certificate(folder: Path, access: SampleAccess) -> SharePointSignIn:
    file = pair().written(folder / "app.pem")
    registered = Behaviour(sharepoint=access, registered_certificate=pair().public_pem)
    return observed(folder, registered, certificate=file)


def told(seen: SharePointSignIn, product: Product) -> Finding:
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def test_judge_when_a_secret_is_refused_then_worth_a_look_and_no_proof(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(observed(tmp_path, Behaviour(sharepoint=MAY)), product)
    assert (finding.outcome, finding.decisive) == (Outcome.WARNING, False)
    assert finding.text == "check.sharepoint_sign_in.secret_refused"
    sentence = texts.summary(finding)
    assert "401, “Unsupported app only token.”" in sentence
    assert "Sites.FullControl.All" in sentence
    assert "is not confirmed" in sentence
    assert "ended on 2026-04-02" in " ".join(texts.advice(finding))
    assert values_of(finding)["request_id"]


def test_judge_when_a_certificate_is_taken_then_ok(tmp_path: Path, product: Product) -> None:
    finding = told(with_certificate(tmp_path, MAY), product)
    assert (finding.outcome, finding.text) == (
        Outcome.OK,
        "check.sharepoint_sign_in.accepted",
    )


def test_judge_when_the_app_has_no_rights_there_then_ok_and_nothing_was_asked(
    tmp_path: Path, product: Product
) -> None:
    seen = observed(tmp_path, Behaviour())
    assert seen.call is None
    finding = told(seen, product)
    assert finding.outcome is Outcome.OK
    assert finding.text == "check.sharepoint_sign_in.not_permitted_secret"


def test_judge_when_no_rights_and_a_certificate_then_no_word_of_secrets(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(with_certificate(tmp_path, SampleAccess()), product)
    assert finding.outcome is Outcome.OK
    assert "secret" not in texts.summary(finding)


@pytest.mark.parametrize(
    ("made_with", "outcome", "text"),
    [
        ("1", Outcome.WARNING, "secret_not_tried"),
        ("2", Outcome.OK, "certificate_not_tried"),
        (None, Outcome.WARNING, "secret_not_tried"),  # as this program signed in
    ],
)
def test_judge_when_the_host_is_not_known_then_the_credential_decides(
    tmp_path: Path, product: Product, made_with: str | None, outcome: Outcome, text: str
) -> None:
    seen = observed(tmp_path, Behaviour(sharepoint=MAY))
    assert seen.token
    claims = replace(seen.token.claims, appidacr=made_with)
    unasked = SharePointSignIn(replace(seen.token, claims=claims))
    finding = told(unasked, product)
    assert (finding.outcome, finding.text) == (outcome, f"check.sharepoint_sign_in.{text}")


@pytest.mark.parametrize(
    ("call", "outcome", "text"),
    [
        (
            ServiceCall("GET x", 403, code="-2147024891", words="Access denied."),
            Outcome.WARNING,
            "refused",
        ),
        (
            ServiceCall("GET x", 401, words="Invalid issuer or signature."),
            Outcome.WARNING,
            "refused",
        ),
        (ServiceCall("GET x", 429), Outcome.COULD_NOT_CHECK, "passing"),
        (ServiceCall("GET x", 500), Outcome.COULD_NOT_CHECK, "passing"),
        (
            ServiceCall("GET x", no_answer="timeout", detail="8 s"),
            Outcome.COULD_NOT_CHECK,
            "no_answer",
        ),
        (
            ServiceCall("GET x", 200, no_answer="not-microsoft"),
            Outcome.COULD_NOT_CHECK,
            "no_answer",
        ),
    ],
)
def test_judge_when_the_answer_is_another_one_then_no_word_of_secrets(
    tmp_path: Path, product: Product, call: ServiceCall, outcome: Outcome, text: str
) -> None:
    seen = replace(observed(tmp_path, Behaviour(sharepoint=MAY)), call=call)
    finding = told(seen, product)
    assert (finding.outcome, finding.text) == (outcome, f"check.sharepoint_sign_in.{text}")
    assert "secret" not in Texts.load().summary(finding)


@pytest.mark.parametrize(
    ("behaviour", "text"),
    [
        (Behaviour(sharepoint=SampleAccess(token_error=500014)), "no_token"),
        (Behaviour(token_answer=TokenAnswer.UNREADABLE), "unreadable"),
    ],
)
def test_judge_when_the_token_tells_nothing_then_could_not_check(
    tmp_path: Path, product: Product, behaviour: Behaviour, text: str
) -> None:
    finding = told(observed(tmp_path, behaviour), product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert finding.text == f"check.sharepoint_sign_in.{text}"


def test_judge_when_the_app_has_no_rights_at_sharepoint_then_as_without_permissions(
    tmp_path: Path, product: Product
) -> None:
    seen = observed(tmp_path, Behaviour(sharepoint=SampleAccess(token_error=650057)))
    finding = told(seen, product)
    assert finding.outcome is Outcome.OK
    assert finding.text == "check.sharepoint_sign_in.not_permitted_secret"


@pytest.mark.parametrize("workload", [Workload.EXCHANGE, Workload.GROUPS, Workload.TEAMS])
def test_judge_when_no_sites_are_backed_up_then_not_applicable(
    tmp_path: Path, product: Product, workload: Workload
) -> None:
    seen = observed(tmp_path, Behaviour(sharepoint=MAY), workloads=(workload,))
    assert told(seen, product).outcome is Outcome.NOT_APPLICABLE
