# SPDX-License-Identifier: MIT
"""The end of Exchange Web Services, told apart from a missing permission, and never as proof."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.exchange_web_services import CHECK, WebServices, judge
from wizard.demo.microsoft365 import Behaviour, GraphAnswer, TokenAnswer
from wizard.demo.sample_access import SampleAccess
from wizard.demo.sample_tenant import SampleTenant
from wizard.graph import retirements
from wizard.graph.resource_tokens import Resource
from wizard.graph.service_call import ServiceCall
from wizard.model import Finding, Outcome, Value, Workload
from wizard.product import Product
from wizard.texts import Texts

MAY = ("full_access_as_app",)
DISABLED = "EWS is disabled for this user or tenant"
LISTED = "EWS is blocked by policy for this user or tenant"
RULES = retirements.load().exchange_web_services


def observed(folder: Path, behaviour: Behaviour, **more: Any) -> WebServices:
    with running(behaviour, folder) as m365:
        context = m365.context(**more)
        seen = CHECK.observe(context)
        used = (context.sign_in(), context.resource_tokens[Resource.EXCHANGE]())
    plain = json.dumps(codec.to_plain(seen))
    assert codec.from_plain(json.loads(plain), WebServices) == seen
    kept = plain + repr(seen)
    for mailbox in SampleTenant.load().mailboxes():
        assert mailbox not in kept
    for signed_in in used:
        assert not signed_in.token or signed_in.token.reveal() not in kept
    return seen


def told(seen: WebServices, product: Product) -> Finding:
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def answered(folder: Path, call: ServiceCall | None, moment: datetime | None = None) -> WebServices:
    """A token with the permission, taken at a moment, and an answer as given."""
    seen = observed(folder, Behaviour(exchange=SampleAccess(MAY)))
    assert seen.token
    report = replace(seen.token.report, attempted=moment or seen.token.report.attempted)
    return WebServices(replace(seen.token, report=report), call)


def test_judge_when_the_app_may_not_use_them_then_ok_and_nothing_was_asked(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    seen = observed(tmp_path, Behaviour())
    assert seen.call is None
    finding = told(seen, product)
    assert finding.outcome is Outcome.OK
    assert "Exchange's token has no full_access_as_app" in texts.summary(finding)
    assert "is not confirmed" in " ".join(texts.advice(finding))


def test_judge_when_they_answer_then_ok_with_the_date_of_their_end(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(observed(tmp_path, Behaviour(exchange=SampleAccess(MAY))), product)
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.exchange_web_services.answers")
    assert "Microsoft announced to turn them off for good on 2027-04-01" in texts.summary(finding)


def test_texts_when_they_speak_of_the_end_then_as_announced_and_not_as_seen(texts: Texts) -> None:
    told = texts.raw("check.exchange_web_services")
    lines = [
        line
        for text in told.values()
        if isinstance(text, dict)
        for line in (text["summary"], *text.get("advice", ()), *text.get("for_tenant", ()))
        if "{blocked}" in line or "{gone}" in line
    ]
    assert len(lines) > 8
    for line in lines:
        assert "announced" in line or line.startswith("Before {gone}, ask")


@pytest.mark.parametrize(
    ("policy", "text"),
    [(DISABLED, "disabled"), (LISTED, "list"), ("Something new", "other")],
)
def test_judge_when_settings_forbid_it_then_a_problem_that_is_no_proof(
    tmp_path: Path, product: Product, texts: Texts, policy: str, text: str
) -> None:
    seen = observed(tmp_path, Behaviour(exchange=SampleAccess(MAY, policy=policy)))
    finding = told(seen, product)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)
    assert finding.text == f"check.exchange_web_services.{text}"
    assert policy in texts.summary(finding)
    assert "is not confirmed" in texts.summary(finding)
    assert values_of(finding)["request_id"]
    advice = " ".join(texts.advice(finding))
    assert "This changes nothing: Get-OrganizationConfig" in advice


def test_judge_when_off_by_default_then_the_commands_name_this_app_and_its_list(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    seen = observed(tmp_path, Behaviour(exchange=SampleAccess(MAY, policy=DISABLED)))
    advice = " ".join(texts.advice(told(seen, product)))
    assert SampleTenant.load().client_id in advice
    assert "with all that is in it already" in advice
    assert "-EwsEnabled:$true" in advice
    assert "up to 24 h" in advice
    assert "This program runs none of these commands" in advice


def test_judge_when_refused_without_a_reason_then_a_warning_with_what_others_report(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    call = ServiceCall("POST x", status=403, request_id="their-id")
    finding = told(answered(tmp_path, call), product)
    assert (finding.outcome, finding.text) == (
        Outcome.WARNING,
        "check.exchange_web_services.forbidden",
    )
    assert "others report" in texts.summary(finding)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (RULES.blocked.replace(month=9), "not_tried_open"),
        (RULES.blocked, "not_tried_blocked"),
        (RULES.gone, "not_tried_gone"),
    ],
)
def test_judge_when_nobody_can_be_asked_for_then_by_the_date(
    tmp_path: Path, product: Product, texts: Texts, moment: datetime, text: str
) -> None:
    finding = told(answered(tmp_path, None, moment), product)
    assert finding.outcome is Outcome.WARNING
    assert finding.text == f"check.exchange_web_services.{text}"
    assert "2027-04-01" in texts.summary(finding)


def test_judge_when_the_tenant_has_no_user_then_not_applicable_and_nothing_was_asked(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    empty = GraphAnswer(200, raw='{"value": []}', headers={"request-id": "x"})
    behaviour = Behaviour(exchange=SampleAccess(MAY), graph_answers={"/users": empty})
    seen = observed(tmp_path, behaviour)
    assert (seen.call, seen.nobody) == (None, True)
    finding = told(seen, product)
    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert "named no user" in texts.summary(finding)


def test_judge_when_their_end_has_come_then_no_setting_is_advised(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    call = ServiceCall("POST x", status=403, words=DISABLED)
    finding = told(answered(tmp_path, call, RULES.gone), product)
    assert finding.text == "check.exchange_web_services.gone"
    assert "Set-OrganizationConfig" not in " ".join(texts.advice(finding))


@pytest.mark.parametrize(
    ("call", "outcome", "text"),
    [
        (ServiceCall("x", 500, code="ErrorAccessDenied"), Outcome.WARNING, "other_limit"),
        (
            ServiceCall("x", 500, code="ErrorNonExistentMailbox"),
            Outcome.COULD_NOT_CHECK,
            "no_mailbox",
        ),
        (ServiceCall("x", 429, retry_after="60"), Outcome.COULD_NOT_CHECK, "passing"),
        (ServiceCall("x", 503), Outcome.COULD_NOT_CHECK, "passing"),
        (ServiceCall("x", 401), Outcome.COULD_NOT_CHECK, "unexpected"),
        (ServiceCall("x", 302), Outcome.COULD_NOT_CHECK, "unexpected"),
        (
            ServiceCall("x", 200, no_answer="not-microsoft"),
            Outcome.COULD_NOT_CHECK,
            "no_answer",
        ),
        (
            ServiceCall("x", no_answer="timeout", detail="8 s"),
            Outcome.COULD_NOT_CHECK,
            "no_answer",
        ),
        # words without a 403 are no block
        (ServiceCall("x", 401, words=DISABLED), Outcome.COULD_NOT_CHECK, "unexpected"),
    ],
)
def test_judge_when_the_answer_is_another_one_then_not_the_block(
    tmp_path: Path, product: Product, call: ServiceCall, outcome: Outcome, text: str
) -> None:
    finding = told(answered(tmp_path, call), product)
    assert (finding.outcome, finding.text) == (outcome, f"check.exchange_web_services.{text}")


@pytest.mark.parametrize(
    ("behaviour", "text"),
    [
        (Behaviour(exchange=SampleAccess(token_error=500014)), "no_token"),
        (Behaviour(token_answer=TokenAnswer.UNREADABLE), "unreadable"),
    ],
)
def test_judge_when_the_token_tells_nothing_then_could_not_check(
    tmp_path: Path, product: Product, behaviour: Behaviour, text: str
) -> None:
    finding = told(observed(tmp_path, behaviour), product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert finding.text == f"check.exchange_web_services.{text}"


@pytest.mark.parametrize("code", [650056, 650057, 501051])
def test_judge_when_the_app_has_no_rights_at_exchange_then_as_without_the_permission(
    tmp_path: Path, product: Product, code: int
) -> None:
    seen = observed(tmp_path, Behaviour(exchange=SampleAccess(token_error=code)))
    finding = told(seen, product)
    assert finding.text == "check.exchange_web_services.not_permitted"
    assert finding.outcome is Outcome.OK


def test_judge_when_graph_tells_no_mailbox_then_not_tried(tmp_path: Path, product: Product) -> None:
    refused = {"/users": GraphAnswer(403, "Authorization_RequestDenied", "no")}
    may = Behaviour(exchange=SampleAccess(MAY), graph_answers=refused)
    finding = told(observed(tmp_path, may), product)
    assert finding.outcome is Outcome.WARNING
    assert finding.text.startswith("check.exchange_web_services.not_tried_")


def test_judge_when_no_mailboxes_are_backed_up_then_not_applicable(
    tmp_path: Path, product: Product
) -> None:
    seen = observed(tmp_path, Behaviour(), workloads=(Workload.ONEDRIVE,))
    assert told(seen, product).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("text", ["disabled", "list"])
def test_advice_when_the_list_is_written_anew_then_what_to_fill_in_is_seen(
    texts: Texts, text: str
) -> None:
    values: dict[str, Value] = {"client_id": "APP", "hours": 24, "gone": "2027-04-01"}
    told = " ".join(texts.lines(f"check.exchange_web_services.{text}.for_tenant", values))
    assert "ALL-IDS-OF-THE-OLD-LIST" in told
    assert "replaces the whole list" in told
    assert "…" not in told
