# SPDX-License-Identifier: MIT
"""Requests to Graph: the same refusal by different causes, told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks import graph_calls, sign_in
from wizard.checks.graph_calls import CHECK, GraphCalls, judge
from wizard.demo.graph_service import NO_MAILBOX
from wizard.demo.microsoft365 import Behaviour, GraphAnswer, TokenAnswer
from wizard.demo.sample_access import SampleAccess
from wizard.graph import probes
from wizard.model import Finding, Outcome, Workload
from wizard.product import Product
from wizard.texts import Texts


def told(folder: Path, product: Product, behaviour: Behaviour, **more: Any) -> Finding:
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context(**more))
    assert codec.from_plain(codec.to_plain(seen), GraphCalls) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def answered(path: str, status: int, code: str = "", message: str = "", **more: Any) -> Behaviour:
    return Behaviour(graph_answers={path: GraphAnswer(status, code, message, **more)})


def test_judge_when_all_are_granted_then_ok(tmp_path: Path, product: Product) -> None:
    finding = told(tmp_path, product, Behaviour())
    assert (finding.outcome, finding.values["count"]) == (Outcome.OK, 5)


PLAIN = GraphAnswer(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
FIRST_MAILBOX = "/users/00000001-aaaa-4bbb-8ccc-dddddddddddd/mailFolders"


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (
            Behaviour(roles=("User.Read.All",), graph_answers={"/mailFolders": PLAIN}),
            (Outcome.PROBLEM, "check.graph_calls.role_missing", False),
        ),
        (
            Behaviour(
                graph_answers={
                    "/mailFolders": replace(
                        PLAIN,
                        headers={"WWW-Authenticate": 'Bearer error="insufficient_claims"'},
                    )
                }
            ),
            (Outcome.PROBLEM, "check.graph_calls.challenge_not_followed", False),
        ),
        (
            Behaviour(token_answer=TokenAnswer.UNREADABLE, graph_answers={"/mailFolders": PLAIN}),
            (Outcome.PROBLEM, "check.graph_calls.refused_unreadable", False),
        ),
        (
            Behaviour(graph_answers={FIRST_MAILBOX: PLAIN}),
            (Outcome.WARNING, "check.graph_calls.some_refused", False),
        ),
        (
            Behaviour(graph_answers={"/mailFolders": PLAIN}),
            (Outcome.PROBLEM, "check.graph_calls.refused_in_spite_of_role_exchange", False),
        ),
    ],
    ids=["role missing", "policy", "token unreadable", "one mailbox", "every mailbox"],
)
def test_judge_when_the_very_same_refusal_then_told_apart_by_what_is_around_it(
    tmp_path: Path, product: Product, behaviour: Behaviour, expected: tuple[Outcome, str, bool]
) -> None:
    finding = told(tmp_path, product, behaviour, workloads=(Workload.EXCHANGE,))
    assert (finding.outcome, finding.text, finding.decisive) == expected


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        ((1,), "refused 1 of the 2 mailboxes that were tried"),
        ((1, 2), "refused 2 of the 3 mailboxes that were tried"),
    ],
)
def test_judge_when_single_mailboxes_are_kept_back_then_how_many_of_how_many(
    tmp_path: Path, product: Product, texts: Texts, refused: tuple[int, ...], words: str
) -> None:
    blocked = GraphAnswer(403, "ErrorAccessDenied", RAOP)
    answers = {FIRST_MAILBOX.replace("00000001", f"0000000{one}"): blocked for one in refused}
    finding = told(tmp_path, product, Behaviour(graph_answers=answers))
    assert finding.outcome is Outcome.WARNING
    assert words in texts.summary(finding)
    assert "AppOnly AccessPolicy" in values_of(finding)["microsoft_text"]


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (Behaviour(graph_answers={FIRST_MAILBOX: PLAIN}), "a refusal in spite of the permission"),
        (Behaviour(graph_answers={"/mailFolders": PLAIN}), "a refusal in spite of the permission"),
        (Behaviour(roles=("User.Read.All",)), "a missing permission"),
    ],
)
def test_judge_when_refused_then_read_as_a_missing_permission_only_where_it_is_missing(
    tmp_path: Path, product: Product, behaviour: Behaviour, words: str
) -> None:
    finding = told(tmp_path, product, behaviour, workloads=(Workload.EXCHANGE,))
    assert values_of(finding)["call_reading"] == words


def test_judge_when_only_the_first_user_has_no_mailbox_then_ok(
    tmp_path: Path, product: Product
) -> None:
    assert told(tmp_path, product, Behaviour(users_without_mailbox=1)).outcome is Outcome.OK


def test_judge_when_every_mailbox_is_refused_then_how_many_were_tried(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(graph_answers={"/mailFolders": PLAIN}))
    assert "Met at 3 of 3 mailboxes tried" in texts.summary(finding)
    assert "these mailboxes" in texts.advice(finding)[0]


def test_judge_when_teams_names_permissions_then_they_are_shown(
    tmp_path: Path, product: Product
) -> None:
    roles = ("User.Read.All", "Sites.Read.All")
    message = (
        "Missing role permissions on the request. API requires one of 'ChannelSettings.Read.All, "
        "Channel.ReadBasic.All'. Roles on the request '{roles}'. Resource specific consent grants "
        "on the request ''."
    )
    for sent, shown in ((", ".join(roles), ", ".join(roles)), ("", "none")):
        answer = GraphAnswer(403, "Forbidden", message.format(roles=sent))
        finding = told(tmp_path, product, Behaviour(graph_answers={"/groups": answer}))
        values = values_of(finding)
        assert values["graph_wants_one_of"] == "ChannelSettings.Read.All, Channel.ReadBasic.All"
        assert values["graph_saw"] == shown


def test_judge_when_something_in_between_sends_the_token_back_then_masked(
    tmp_path: Path, product: Product
) -> None:
    echo = GraphAnswer(403, "Blocked", "refused: Authorization: Bearer eyJhbGciOi.eyJhdWQiOi.c2ln")
    finding = told(tmp_path, product, Behaviour(graph_answers={"/groups": echo}))
    assert "eyJ" not in repr(finding)
    assert "[masked:" in values_of(finding)["microsoft_text"]


FILTER = '{"error": {"code": "accessDenied", "message": "Blocked by the web filter"}}'
RAOP = "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy"
CHALLENGE = {"WWW-Authenticate": 'Bearer error="insufficient_claims", claims="e30="'}


@pytest.mark.parametrize(
    ("behaviour", "text", "decisive"),
    [
        # a 403 on mailboxes by five causes
        (
            Behaviour(roles=("User.Read.All",)),
            "check.graph_calls.role_missing_each",
            False,
        ),
        (
            answered("/mailFolders", 403, "ErrorAccessDenied", "Access is denied."),
            "check.graph_calls.refused_in_spite_of_role_exchange",
            False,
        ),
        (
            answered("/mailFolders", 403, "InvalidAuthenticationToken", "no", headers=CHALLENGE),
            "check.graph_calls.challenge_not_followed",
            False,
        ),
        (
            answered("/mailFolders", 403, "Forbidden", ""),
            "check.graph_calls.no_reason_in_spite_of_role",
            False,
        ),
        (answered("/mailFolders", 403, "NewWord", "huh"), "graph_error.unknown", False),
        # and others
        (
            answered("/drive", 403, "accessDenied", "Access denied"),
            "check.graph_calls.refused_in_spite_of_role",
            False,
        ),
        (
            answered("/groups", 403, "Authorization_RequestDenied", "Insufficient privileges"),
            "check.graph_calls.refused_in_spite_of_role",
            True,
        ),
        (
            answered("/sites/root", 400, "BadRequest", "Tenant does not have a SPO license."),
            "graph_error.no_sharepoint_licence",
            True,
        ),
        (
            answered("/sites/root", 403, "accessDenied", "AADSTS53003: Access has been blocked."),
            "graph_error.policy_code",
            False,
        ),
        (answered("/groups", 503, "serviceNotAvailable"), "graph_error.server_error", False),
        (
            answered("/groups", 503, raw="<html>busy</html>"),
            "check.graph_calls.fault_unmarked",
            False,
        ),
        (
            answered("/groups", 429, raw="<html>slow down</html>"),
            "check.graph_calls.throttled_unmarked",
            False,
        ),
        (Behaviour(throttled=True), "graph_error.throttled_wait", False),
    ],
)
def test_judge_when_refused_then_problem_by_its_cause(
    tmp_path: Path, product: Product, behaviour: Behaviour, text: str, decisive: bool
) -> None:
    finding = told(tmp_path, product, behaviour)
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, text)
    assert finding.decisive is decisive


def test_judge_when_exchange_refuses_in_spite_of_the_role_then_its_end_is_told_elsewhere(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    behaviour = answered("/mailFolders", 403, "ErrorAccessDenied", "Access is denied.")
    advice = " ".join(texts.advice(told(tmp_path, product, behaviour)))
    assert "the check of Exchange Web Services tells of it" in advice


def test_judge_when_refused_then_ids_and_time_for_support(tmp_path: Path, product: Product) -> None:
    finding = told(tmp_path, product, answered("/drive", 403, "accessDenied", "Access denied"))
    shown = values_of(finding)
    assert shown["request_id"]
    assert shown["client_request_id"]
    assert codec.from_rfc3339(shown["microsoft_time"])
    assert shown["microsoft_text"] == "Access denied"


def test_judge_when_a_proxys_page_tells_of_a_fault_then_microsoft_is_not_blamed(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, answered("/groups", 503, raw="<html>Squid</html>"))
    assert "may come from Microsoft 365 or from something in between" in texts.summary(finding)
    assert "or something in between" in values_of(finding)["call_reading"]


def test_judge_when_throttled_then_how_long_to_wait(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(throttled=True))
    waits = [e for e in finding.evidence if e.label == "retry_after"]
    assert [(wait.value, wait.unit) for wait in waits] == [(120, "s")]
    assert texts.advice(finding)[0] == "Wait 120 s, then run this check again."


def test_judge_when_all_services_meet_one_answer_then_it_is_shown_once(
    tmp_path: Path, product: Product
) -> None:
    finding = told(tmp_path, product, Behaviour(throttled=True))
    labels = [evidence.label for evidence in finding.evidence]
    assert len(labels) == len(set(labels))
    answer = next(e for e in finding.evidence if e.label == "call_answer")
    assert answer.source.split(", ") == [probe.name for probe in probes.load().probes]
    assert values_of(finding)["call_reading"] == "too many requests"


def test_judge_when_answer_names_no_time_then_wait_some_minutes(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, answered("/groups", 429, "TooManyRequests"))
    assert texts.advice(finding)[0] == "Wait some minutes, then run this check again."


@pytest.mark.parametrize(
    ("workloads", "words"),
    [
        ((Workload.SHAREPOINT,), "granted 1 read-only request, one for each chosen service"),
        (tuple(Workload), "granted 5 read-only requests"),
    ],
)
def test_judge_when_granted_then_the_number_fits_the_word(
    tmp_path: Path, product: Product, texts: Texts, workloads: tuple[Workload, ...], words: str
) -> None:
    sentence = texts.summary(told(tmp_path, product, Behaviour(), workloads=workloads))
    assert words in sentence
    assert "SharePoint Online" in sentence


def test_judge_when_policy_refuses_the_sign_in_then_all_that_its_log_is_searched_by(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=53003))
    shown = values_of(finding)
    searched = {"tenant_id", "client_id", "trace_id", "correlation_id", "sign_in_code", "policy_id"}
    assert searched <= set(shown)
    assert codec.from_rfc3339(shown["microsoft_time"])
    advice = " ".join(texts.advice(finding))
    assert "are not the cause" not in advice
    assert "not confirmed here" in advice


def test_judge_when_refused_at_sign_in_then_named_as_the_check_of_sign_in_does(
    tmp_path: Path, product: Product
) -> None:
    with running(Behaviour(token_error=53003), tmp_path) as m365:
        context = m365.context()
        graph, own = CHECK.observe(context), sign_in.CHECK.observe(context)
    sources = [
        {e.source for e in f.evidence} for f in (judge(graph, product), sign_in.judge(own, product))
    ]
    assert sources[0] == sources[1]


def test_judge_when_no_user_tried_has_a_mailbox_then_no_fault_and_how_many(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(users_without_mailbox=3))
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        "graph_error.mailbox_missing",
    )
    assert "Met at 3 of 3 mailboxes tried" in texts.summary(finding)


MAILBOXES = "/users/1/mailFolders"
REFUSED = '403 {"error":{"code":"ErrorAccessDenied","message":"Access to OData is disabled."}}'


def log_of(folder: Path, *lines: str) -> str:
    """The log of one night's run."""
    log = folder / "job.log"
    told = "".join(
        f"2026-11-24 02:{minute:02}:00 DEBUG GET https://graph.microsoft.com/v1.0{line}\n"
        for minute, line in enumerate(lines, 10)
    )
    log.write_text(told, encoding="utf-8")
    return str(log)


@pytest.mark.parametrize(
    ("lines", "outcome", "decisive", "words"),
    [
        ((f"{MAILBOXES} {REFUSED}",), Outcome.PROBLEM, True, "and by the newest run"),
        (
            (f"{MAILBOXES} {REFUSED}", f"{MAILBOXES} 200 OK"),
            Outcome.WARNING,
            False,
            "do not show that the newest run was refused",
        ),
        ((f"{MAILBOXES} 200 OK",) * 20, Outcome.WARNING, False, "need not be backed up"),
        (("/users/1/drive 403 Forbidden",), Outcome.WARNING, False, "need not be backed up"),
        (("nothing of Graph",), Outcome.WARNING, False, "No log was found"),
    ],
    ids=["refused", "refused, then good", "all good", "another request", "no request"],
)
def test_judge_when_single_mailboxes_are_refused_then_proof_only_where_the_log_agrees(
    tmp_path: Path,
    product: Product,
    texts: Texts,
    *,
    lines: tuple[str, ...],
    outcome: Outcome,
    decisive: bool,
    words: str,
) -> None:
    behaviour = answered("/mailFolders", 403, "ErrorAccessDenied", RAOP)
    finding = told(tmp_path, product, behaviour, log_paths=(log_of(tmp_path, *lines),))
    assert (finding.outcome, finding.decisive) == (outcome, decisive)
    assert "Met at 3 of 3 mailboxes tried" in texts.summary(finding)
    assert words in texts.summary(finding)


def test_judge_when_the_root_site_is_locked_then_a_warning(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, answered("/sites/root", 423, "notAllowed", "is locked"))
    assert finding.outcome is Outcome.WARNING
    assert "Met at 1 of 1 sites tried" in texts.summary(finding)


def test_judge_when_a_policy_stands_among_missing_mailboxes_then_the_policy_is_told(
    tmp_path: Path, product: Product
) -> None:
    blocked = GraphAnswer(403, "ErrorAccessDenied", RAOP)
    answers = {FIRST_MAILBOX: blocked, "/mailFolders": NO_MAILBOX}
    finding = told(tmp_path, product, Behaviour(graph_answers=answers))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "graph_error.mailbox_policy")


@pytest.mark.parametrize(
    ("roles", "text", "outcome"),
    [
        (("Sites.Selected",), "check.graph_calls.single_sites", Outcome.WARNING),
        (("User.Read.All",), "check.graph_calls.role_missing", Outcome.PROBLEM),
    ],
)
def test_judge_when_the_root_site_is_refused_then_it_proves_nothing_for_single_sites(
    tmp_path: Path, product: Product, roles: tuple[str, ...], text: str, outcome: Outcome
) -> None:
    finding = told(tmp_path, product, Behaviour(roles=roles), workloads=(Workload.SHAREPOINT,))
    assert (finding.outcome, finding.text, finding.decisive) == (outcome, text, False)


def test_judge_when_a_service_is_switched_off_then_told_once(
    tmp_path: Path, product: Product
) -> None:
    lapsed = "AADSTS500014: The service principal for resource is disabled."
    answers = {"/mailFolders": GraphAnswer(401, "UnknownError", lapsed)}
    off = Behaviour(graph_answers=answers, exchange=SampleAccess(token_error=500014))
    finding = told(tmp_path, product, off)
    assert (finding.outcome, finding.text) == (
        Outcome.NOT_APPLICABLE,
        "check.graph_calls.switched_off",
    )
    alone = told(tmp_path, product, Behaviour(graph_answers=answers))
    assert (alone.outcome, alone.text) == (Outcome.PROBLEM, "graph_error.service_disabled")


def test_judge_when_no_reason_is_given_then_nothing_is_asked_that_is_known(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, answered("/mailFolders", 403, "Forbidden", ""))
    assert "although the token has the permission" in texts.summary(finding)
    assert not any("If the needed permission" in line for line in texts.advice(finding))


@pytest.mark.parametrize(
    ("behaviour", "text"),
    [
        (answered("/groups", 400, "generalException", "huh"), "graph_error.unknown"),
        (answered("/groups", 200, raw="<html>hello</html>"), "check.graph_calls.foreign"),
        (answered("/groups", 403, raw="<html>blocked</html>"), "check.graph_calls.foreign"),
        (answered("/groups", 403, raw=FILTER), "check.graph_calls.foreign"),
        (
            answered(
                "/users",
                200,
                raw='{"value": [], "@odata.nextLink": "https://elsewhere.test/"}',
                headers={"request-id": "x"},
            ),
            "check.graph_calls.nothing_listed",
        ),
    ],
)
def test_judge_when_answer_says_nothing_about_the_app_then_could_not_check(
    tmp_path: Path, product: Product, behaviour: Behaviour, text: str
) -> None:
    finding = told(tmp_path, product, behaviour)
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, text)


@pytest.mark.parametrize(
    ("code", "text", "decisive"),
    [
        (53003, "sign_in_error.conditional_access", True),
        (500014, "sign_in_error.resource_disabled", True),
        (90033, "sign_in_error.passing_fault", False),
    ],
)
def test_judge_when_sign_in_is_refused_by_this_cause_then_problem(
    tmp_path: Path, product: Product, code: int, text: str, decisive: bool
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=code))
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, text)
    assert finding.decisive is decisive
    assert values_of(finding)["correlation_id"]


@pytest.mark.parametrize("code", [7000222, 500021, 999999])
def test_judge_when_sign_in_is_refused_by_another_then_could_not_check(
    tmp_path: Path, product: Product, code: int
) -> None:
    finding = told(tmp_path, product, Behaviour(token_error=code))
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, "error.not_signed_in")


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (TokenAnswer.THROTTLED, "check.graph_calls.sign_in_throttled"),
        (TokenAnswer.FAULT, "check.graph_calls.sign_in_service-fault"),
    ],
)
def test_judge_when_sign_in_is_throttled_or_faulty_then_problem_but_no_proof(
    tmp_path: Path, product: Product, answer: TokenAnswer, text: str
) -> None:
    finding = told(tmp_path, product, Behaviour(token_answer=answer))
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, text)
    assert not finding.decisive


def test_judge_when_network_is_broken_then_could_not_check(
    tmp_path: Path, product: Product
) -> None:
    finding = told(tmp_path, product, Behaviour(listening=False))
    assert finding.outcome is Outcome.COULD_NOT_CHECK


def test_judge_when_graph_is_too_slow_then_that_is_said_in_words(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        seen = CHECK.observe(m365.context(workloads=(Workload.GROUPS,)))
    late = replace(seen.calls[0], status=None, no_answer="timeout", detail="8 s")
    finding = judge(replace(seen, calls=(late,)), product)
    assert_told(finding, product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "was not answered (no answer in time: 8 s)" in texts.summary(finding)


def test_judge_when_nothing_was_asked_then_never_ok(tmp_path: Path, product: Product) -> None:
    finding = told(tmp_path, product, Behaviour(), workloads=())
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        "check.graph_calls.none_made",
    )


NO_ROLE = Behaviour(roles=("Mail.Send",))
DENIED = GraphAnswer(403, "accessDenied", "Access denied")
BUSY = GraphAnswer(503, "serviceNotAvailable", "busy")


def test_judge_when_all_services_are_refused_alike_then_one_sentence_names_them_all(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, NO_ROLE)
    sentence = texts.summary(finding)
    assert finding.text == "check.graph_calls.role_missing_each"
    named = ", ".join(probe.name for probe in probes.load().probes)
    assert sentence.startswith(f"5 of 5 services ({named}): ")
    assert "Of the others" not in sentence
    wanted = {e.source: e.value for e in finding.evidence if e.label == "call_wanted"}
    assert wanted["SharePoint Online"] == "Sites.Read.All"
    assert len(wanted) == 5


def test_judge_when_services_are_refused_for_two_reasons_then_grouped_by_reason(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    answers = {"/drive": DENIED, "/sites/root": DENIED, "/groups": BUSY}
    finding = told(tmp_path, product, Behaviour(graph_answers=answers))
    sentence = texts.summary(finding)
    assert sentence.startswith("2 of 5 services (OneDrive for Business, SharePoint Online): ")
    assert "has the permission for them." in sentence
    assert sentence.endswith(
        "Of the others: Microsoft 365 Groups, Microsoft Teams "
        "(503 serviceNotAvailable: a fault at Microsoft's side)."
    )
    assert texts.advice(finding)[-1].startswith("Then check again.")


def test_judge_when_one_service_is_asked_then_the_words_fit_one(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, NO_ROLE, workloads=(Workload.SHAREPOINT,))
    sentence = texts.summary(finding)
    assert sentence.startswith("1 of 1 service (SharePoint Online): Microsoft Graph refused a read")
    assert "would suffice: Sites.Read.All." in sentence


def test_each_when_there_are_several_reasons_then_each_with_its_own_evidence(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with running(Behaviour(graph_answers={"/drive": DENIED, "/groups": BUSY}), tmp_path) as m365:
        seen = CHECK.observe(m365.context())
    apart = graph_calls.each(seen, product)
    assert [texts.summary(one)[:14] for one in apart] == ["1 of 5 service", "2 of 5 service"]
    assert [values_of(one)["call_answer"] for one in apart] == [
        "403 accessDenied",
        "503 serviceNotAvailable",
    ]
    granted = replace(seen, calls=tuple(call for call in seen.calls if call.is_ok))
    assert graph_calls.each(granted, product) == ()


NOTHING = GraphAnswer(200, raw='{"value": []}', headers={"request-id": "x"})


@pytest.mark.parametrize(
    ("listed", "chosen", "objects"),
    [
        ("/groups", Workload.TEAMS, "teams"),
        ("/groups", Workload.GROUPS, "groups"),
        ("/users", Workload.EXCHANGE, "mailboxes"),
    ],
)
def test_judge_when_the_tenant_has_none_of_the_kind_then_not_applicable_and_never_ok(
    tmp_path: Path, product: Product, texts: Texts, *, listed: str, chosen: Workload, objects: str
) -> None:
    behaviour = Behaviour(graph_answers={listed: NOTHING})
    finding = told(tmp_path, product, behaviour, workloads=(chosen,))
    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert f"nothing of this kind that could be asked for ({objects}: none)" in texts.summary(
        finding
    )
    assert values_of(finding)["call_found_nothing"] == 0


def test_judge_when_only_some_kinds_are_there_then_the_others_are_not_among_the_granted(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(graph_answers={"/groups": NOTHING}))
    sentence = texts.summary(finding)
    granted, _, untried = sentence.partition("Not tried: ")
    assert (finding.outcome, finding.values["count"]) == (Outcome.OK, 3)
    assert "Teams" not in granted
    assert "Microsoft 365 Groups, Microsoft Teams" in untried


def test_judge_when_some_are_refused_and_of_others_there_is_none_then_both_are_told(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    answers = {"/groups": NOTHING, "/drive": DENIED}
    finding = told(tmp_path, product, Behaviour(graph_answers=answers))
    assert finding.outcome is Outcome.PROBLEM
    assert "Microsoft Teams (there is nothing of this kind" in texts.summary(finding)


def test_judge_when_several_are_refused_then_the_hardest_evidence_is_told(
    tmp_path: Path, product: Product
) -> None:
    answers = {
        "/groups": GraphAnswer(503, raw="busy"),
        "/drive": GraphAnswer(403, "accessDenied", "Access denied"),
    }
    finding = told(tmp_path, product, Behaviour(graph_answers=answers))
    assert finding.text == "check.graph_calls.refused_in_spite_of_role"
    answers_told = [e.value for e in finding.evidence if e.label == "call_answer"]
    assert sorted(str(answer) for answer in answers_told) == ["200", "403 accessDenied", "503"]


def test_judge_when_token_is_seen_then_it_is_told_nowhere(tmp_path: Path, product: Product) -> None:
    with running(Behaviour(throttled=True), tmp_path) as m365:
        context = m365.context()
        seen = CHECK.observe(context)
        token = context.sign_in().token
    assert token is not None
    shown = repr(seen) + str(codec.to_plain(seen)) + repr(judge(seen, product))
    assert token.reveal() not in shown
    assert "eyJ" not in shown


@pytest.mark.parametrize("wait", ["\xb2", "9" * 5000])
def test_judge_when_retry_after_is_odd_then_throttled_without_a_time(
    tmp_path: Path, product: Product, wait: str
) -> None:
    answer = GraphAnswer(429, "TooManyRequests", "x", headers={"Retry-After": wait})
    finding = told(tmp_path, product, Behaviour(graph_answers={"/groups": answer}))
    assert finding.outcome is not Outcome.OK
    assert "retry_after" not in values_of(finding)
