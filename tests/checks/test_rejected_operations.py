# SPDX-License-Identifier: MIT
"""Refused requests of the job logs: those of the newest run decide, with what they would need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.hosts import bare_context
from tests.support.microsoft365 import running
from wizard import codec
from wizard import product as product_module
from wizard.checks import log_evidence, rejected_operations
from wizard.checks.context import make_context
from wizard.checks.log_hits import LogHits
from wizard.checks.rejected_operations import RejectedOperations, judge
from wizard.demo.microsoft365 import Behaviour
from wizard.graph import graph_errors
from wizard.graph.graph_errors import KnownAnswer
from wizard.model import Finding, Outcome, Scope
from wizard.nakivo.deciding_run import Chosen, DecidingRun
from wizard.nakivo.log_operations import RejectedOperation, Standing
from wizard.nakivo.logs import LogFile
from wizard.texts import Texts

PRODUCT = product_module.load()
GRAPH = "https://graph.microsoft.com/v1.0"
READ = LogHits(2, 1_500_000, "2026-11-23T02:15:00", complete=True, skipped=(), matches=())
UNREAD = LogFile("/l/a.log", 0, None, "log_unread_no_permission")
REFUSED = RejectedOperation(
    method="GET",
    path="/users/{id}/drive",
    status=403,
    code="accessDenied",
    inner_code="",
    message="Access denied",
    request_id="6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11",
    answered="2026-11-23T02:14:06",
    permission_needed="Files.Read.All or Files.ReadWrite.All",
    count=9,
    recent=7,
    earlier=2,
    undated=0,
    first="2026-11-20T02:00:00",
    last="2026-11-23T02:14:07",
    since="2026-11-22T02:00:00",
    standing=Standing.SINCE,
    good=4,
    good_last="2026-11-21T02:00:00",
    clean_until=None,
    file="/l/a.log",
    line=7,
)
MAIL = replace(
    REFUSED,
    path="/users/{id}/messages",
    code="ErrorAccessDenied",
    message="Access is denied. Check credentials and try again.",
    permission_needed="Mail.Read or Mail.ReadWrite",
)


def seen(*refused: RejectedOperation, **more: Any) -> RejectedOperations:
    facts: dict[str, Any] = {"logs": READ, "answered_well": 12, "roles": None}
    return RejectedOperations(operations=refused, **facts | more)


def told(finding: Finding, texts: Texts) -> str:
    for row in finding.evidence:
        texts(f"label.{row.label}")
    return " ".join([texts.summary(finding), *texts.advice(finding)])


def shown(finding: Finding) -> dict[str, Any]:
    return {row.label: row.value for row in reversed(finding.evidence)}


def test_judge_when_a_request_was_refused_then_it_is_told_with_what_it_needs(texts: Texts) -> None:
    finding = judge(seen(REFUSED), PRODUCT)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    said = told(finding, texts)
    assert "refused GET /users/{id}/drive 7 times in the newest run (403 accessDenied)" in said
    assert "since 2026-11-22 02:00:00" in said
    assert "one of these application permissions: Files.Read.All, Files.ReadWrite.All" in said
    assert "needs Files.Read.All (Microsoft Graph, application permission)" in said
    assert shown(finding) == {
        "rejected_request": "GET /users/{id}/drive",
        "rejected_answer": "403 accessDenied",
        "rejected_wanted": "Files.Read.All, Files.ReadWrite.All",
        "rejected_count": 9,
        "rejected_recent": 7,
        "rejected_since": "2026-11-22T02:00:00",
        "rejected_last": "2026-11-23T02:14:07",
        "rejected_standing.since": "2026-11-21T02:00:00",
        "microsoft_text": "Access denied",
        "request_id": "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11",
        "microsoft_time": "2026-11-23T02:14:06",
        "logs_read": 2,
        "logs_size": 1.4,
        "logs_newest": "2026-11-23T02:15:00",
    }


UPLOAD = replace(
    REFUSED,
    method="POST",
    path="/drives/{id}/items/{id}/createUploadSession",
    permission_needed="Sites.ReadWrite.All",
)


@pytest.mark.parametrize(
    ("refused", "roles", "text"),
    [
        (REFUSED, ("Mail.Read",), "missing_now"),
        (REFUSED, (), "missing_now"),
        (REFUSED, ("Files.ReadWrite.All",), "granted_now"),
        (REFUSED, None, "needed"),
        (MAIL, ("User.Read.All",), "missing_or_in_exchange"),
        (MAIL, ("Mail.ReadWrite",), "granted_now"),
        # Believed to be allowed by a permission that the table doesn't list for it.
        (UPLOAD, ("Files.ReadWrite.All",), "granted_now"),
        (replace(REFUSED, standing=Standing.BETWEEN), ("Mail.Read",), "some_objects"),
        (replace(REFUSED, path="/groups/{id}/events", permission_needed=""), (), "user_needed"),
        (replace(REFUSED, path="/users/{id}/todo", permission_needed=""), (), "need_unknown"),
        (replace(REFUSED, code="", message="Hm"), None, "needed"),
        (
            replace(REFUSED, status=401, code="Hm", message="Hm", permission_needed=""),
            (),
            "answer_unknown",
        ),
        (replace(REFUSED, method="", path="", others=True), (), "many_kinds"),
    ],
)
def test_judge_when_the_same_403_has_other_causes_then_they_are_told_apart(
    refused: RejectedOperation, roles: tuple[str, ...] | None, text: str, texts: Texts
) -> None:
    finding = judge(seen(refused, roles=roles), PRODUCT)
    assert finding.text == f"check.rejected_operations.{text}"
    # What the app may do by now is perhaps over: only another run tells.
    is_warning = text in ("granted_now", "some_objects")
    assert finding.outcome is (Outcome.WARNING if is_warning else Outcome.PROBLEM)
    assert finding.decisive is not is_warning
    assert told(finding, texts)


POLICY: dict[str, Any] = {
    "message": "AADSTS53003: Access has been blocked.",
    "code": "accessDenied",
}
PROTECTED: dict[str, Any] = {
    "status": 412,
    "code": "PreconditionFailed",
    "message": "It is a protected API.",
}
USERS_OWN = replace(REFUSED, path="/groups/{id}/events", permission_needed="")
UNKNOWN_NEED = replace(REFUSED, path="/users/{id}/todo", permission_needed="")


@pytest.mark.parametrize(
    ("refused", "roles", "reason"),
    [
        (replace(REFUSED, **POLICY), None, "Conditional Access or security policy"),
        (replace(REFUSED, **POLICY), ("Files.Read.All",), "Conditional Access"),
        (replace(UNKNOWN_NEED, **PROTECTED), (), "needs Microsoft's approval"),
    ],
)
def test_judge_when_the_reason_is_only_inferred_then_it_is_told_as_believed(
    refused: RejectedOperation, roles: tuple[str, ...] | None, reason: str, texts: Texts
) -> None:
    finding = judge(seen(refused, roles=roles), PRODUCT)
    assert finding.text == "check.rejected_operations.believed_reason"
    assert reason in texts.summary(finding)
    assert "believed" in texts.summary(finding)
    assert reason in shown(finding)["call_believed"]
    assert told(finding, texts)


def test_judge_when_the_app_lacks_the_permission_then_a_belief_is_not_told() -> None:
    finding = judge(seen(replace(REFUSED, **POLICY), roles=()), PRODUCT)
    assert finding.text == "check.rejected_operations.missing_now"
    assert "call_believed" not in shown(finding)


@pytest.mark.parametrize(("given", "shown_id"), [(None, "CLIENT-ID"), ("0815-id", "0815-id")])
def test_judge_when_a_command_is_shown_then_it_names_the_app_where_known(
    given: str | None, shown_id: str, texts: Texts, tmp_path: Path
) -> None:
    log = tmp_path / "a.log"
    refused = (
        f'{GRAPH}/users/x/messages 403 {{"error":{{"code":"ErrorAccessDenied","message":"m"}}}}'
    )
    log.write_text(f"2026-11-23 02:14:07 ERROR GET {refused}\n")
    there = rejected_operations.observe(
        bare_context(Scope(log_paths=(str(log),), client_id=given, offline=True))
    )
    advice = " ".join(texts.advice(judge(replace(there, roles=()), PRODUCT)))
    assert f"Test-ServicePrincipalAuthorization -Identity {shown_id} -Resource MAILBOX" in advice


@pytest.mark.parametrize("refused", [USERS_OWN, UNKNOWN_NEED, replace(UNKNOWN_NEED, **PROTECTED)])
@pytest.mark.parametrize(
    ("standing", "text"),
    [(Standing.WITHIN, "within_run_unknown"), (Standing.BETWEEN, "some_objects")],
)
def test_judge_when_the_request_worked_in_the_same_run_then_its_kind_is_no_proof(
    refused: RejectedOperation, standing: Standing, text: str, texts: Texts
) -> None:
    finding = judge(seen(replace(refused, standing=standing)), PRODUCT)
    assert finding.text == f"check.rejected_operations.{text}"
    assert finding.outcome is Outcome.WARNING
    assert not finding.decisive
    assert told(finding, texts)


@pytest.mark.parametrize(
    ("fields", "outcome", "reason"),
    [
        (
            {"code": "ErrorAccessDenied", "message": "Access to OData is disabled."},
            Outcome.PROBLEM,
            "a limit on one mailbox, site or drive",
        ),
        (
            {"status": 400, "code": "BadRequest", "message": "Tenant does not have a SPO license."},
            Outcome.PROBLEM,
            "licence",
        ),
        (
            {"status": 401, "code": "InvalidAuthenticationToken", "message": "Token has expired."},
            Outcome.WARNING,
            "sign-in",
        ),
    ],
)
def test_judge_when_the_answer_names_another_reason_then_no_permission_is_asked_for(
    fields: dict[str, Any], outcome: Outcome, reason: str, texts: Texts
) -> None:
    finding = judge(seen(replace(MAIL, **fields)), PRODUCT)
    assert (finding.around or finding.text).startswith("check.rejected_operations.")
    assert (finding.outcome, finding.decisive) == (outcome, outcome is Outcome.PROBLEM)
    assert reason in f"{told(finding, texts)} {shown(finding)['call_reading']}"
    assert "refused GET /users/{id}/messages 7 times" in told(finding, texts)
    assert "Mail.Read" not in told(finding, texts)
    assert "rejected_wanted" not in shown(finding)


def test_judge_when_roles_are_known_then_those_that_would_do_are_shown() -> None:
    roles = ("Mail.Read", "Files.ReadWrite.All")
    assert shown(judge(seen(REFUSED, roles=roles), PRODUCT))["rejected_held"] == roles[1]
    assert shown(judge(seen(REFUSED, roles=()), PRODUCT))["rejected_held"] == "none"


def test_judge_when_several_were_refused_then_what_is_proven_leads(texts: Texts) -> None:
    often = replace(MAIL, recent=500)  # perhaps granted in Exchange, so no proof
    finding = judge(seen(often, REFUSED, roles=()), PRODUCT)
    assert finding.text == "check.rejected_operations.missing_now"
    assert shown(finding)["rejected_request"] == "GET /users/{id}/drive"
    assert shown(finding)["rejected_more"] == 1
    told(finding, texts)


def test_judge_when_none_is_proven_then_the_most_frequent_leads(texts: Texts) -> None:
    single = replace(MAIL, message="Access to OData is disabled.", recent=1)
    expired = replace(MAIL, status=401, code="InvalidAuthenticationToken", message="", recent=900)
    finding = judge(seen(single, expired, REFUSED), PRODUCT)
    assert finding.text == "check.rejected_operations.needed"
    assert "refused GET /users/{id}/drive 7 times" in told(finding, texts)


EARLIER = replace(REFUSED, recent=0, earlier=3, standing=Standing.CLEAN_RUN)
OLD = replace(REFUSED, recent=0, earlier=0)
SOLVED = replace(EARLIER, standing=Standing.AFTERWARDS, good_last="2026-11-23T02:00:00")
UNDATED = replace(
    OLD, undated=2, first=None, last=None, since=None, standing=Standing.UNKNOWN, good_last=None
)


@pytest.mark.parametrize(
    ("refused", "text", "outcome"),
    [
        ((EARLIER,), "earlier", Outcome.WARNING),
        ((EARLIER, SOLVED), "earlier", Outcome.WARNING),
        ((UNDATED, OLD), "undated", Outcome.WARNING),
        ((SOLVED,), "solved", Outcome.OK),
        ((OLD,), "old", Outcome.OK),
    ],
)
def test_judge_when_no_refusal_is_of_the_newest_run_then_that_is_told(
    refused: tuple[RejectedOperation, ...],
    text: str,
    outcome: Outcome,
    texts: Texts,
) -> None:
    finding = judge(seen(*refused), PRODUCT)
    assert (finding.text, finding.outcome) == (f"check.rejected_operations.{text}", outcome)
    assert not finding.decisive
    assert told(finding, texts)


@pytest.mark.parametrize("refused", [(), (OLD,), (SOLVED,)])
@pytest.mark.parametrize(
    "logs",
    [
        replace(READ, files=0, bytes=0),
        replace(READ, files=0, bytes=0, skipped=(UNREAD,)),
        replace(READ, skipped=(UNREAD,)),
        replace(READ, complete=False),
        replace(READ, complete=False, stopped_after_s=45.0),
    ],
)
def test_judge_when_not_all_logs_were_read_then_it_is_no_ok(
    logs: LogHits, refused: tuple[RejectedOperation, ...], texts: Texts
) -> None:
    finding = judge(seen(*refused, logs=logs), PRODUCT)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert told(finding, texts)


def test_judge_when_nothing_was_refused_then_ok_with_what_was_seen(texts: Texts) -> None:
    finding = judge(seen(), PRODUCT)
    assert finding.outcome is Outcome.OK
    shown = told(finding, texts)
    assert "No refusal in 2 log files, which show 12 requests to Microsoft Graph" in shown
    finding = judge(seen(answered_well=0), PRODUCT)
    assert finding.outcome is Outcome.OK
    assert "No line shows an answer of Microsoft Graph, so this says little" in told(finding, texts)


def context(log: Path, *lines: str) -> Any:
    log.write_text("".join(f"2026-11-23 02:14:0{n} {line}\n" for n, line in enumerate(lines)))
    return bare_context(Scope(log_paths=(str(log),)))


@pytest.mark.parametrize(
    ("roles", "text", "decisive"),
    [(None, "within_run", False), (("Mail.Read",), "missing_now", True)],
)
def test_judge_when_one_of_many_is_refused_in_the_end_then_it_proves_no_missing_permission(
    roles: tuple[str, ...] | None, text: str, decisive: bool, texts: Texts, tmp_path: Path
) -> None:
    good = [f"DEBUG GET {GRAPH}/users/u{n}/drive 200 OK" for n in range(9)]
    there = rejected_operations.observe(
        context(tmp_path / "a.log", *good, f"ERROR GET {GRAPH}/users/x/drive 403 Forbidden")
    )
    found = judge(replace(there, roles=roles), PRODUCT)
    assert (found.text, found.decisive) == (f"check.rejected_operations.{text}", decisive)
    assert found.outcome is (Outcome.PROBLEM if decisive else Outcome.WARNING)
    assert told(found, texts)


def test_judge_when_refusals_flood_then_a_named_one_leads_and_the_rest_is_still_counted(
    texts: Texts, tmp_path: Path
) -> None:
    codes = (
        f"ERROR GET {GRAPH}/users/x/drive {ERROR.format(403, f'E{n}', 'm')}" for n in range(90)
    )
    log = tmp_path / "a.log"
    log.write_text("".join(f"2026-11-23 02:14:07 {one}\n" for one in codes))
    there = rejected_operations.observe(bare_context(Scope(log_paths=(str(log),))))
    assert there.operations[-1].others
    assert "refused GET /users/{id}/drive 1 time " in told(judge(there, PRODUCT), texts)
    rest = judge(replace(there, operations=there.operations[-1:]), PRODUCT)
    assert rest.text == "check.rejected_operations.many_kinds"
    assert "Any one of these" not in told(rest, texts)
    assert not {"rejected_answer", "rejected_wanted", "microsoft_text"} & set(shown(rest))


ERROR = '{} {{"error":{{"code":"{}","message":"{}"}}}}'


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (("404", "MailboxNotEnabledForRESTAPI", "m"), "graph_error.mailbox_missing"),
        (("404", "ExtensionError", "m"), "graph_error.mailbox_hybrid"),
        (("404", "ResourceNotFound", "User's mysite not found."), "graph_error.onedrive_missing"),
        (("412", "PreconditionFailed", "protected API"), "log_signature.graph_declined"),
        (("402", "PaymentRequired", "m"), "graph_error.metered"),
    ],
)
def test_judge_when_an_answer_stops_single_objects_then_it_warns_once(
    answer: tuple[str, str, str], reason: str, texts: Texts, tmp_path: Path
) -> None:
    request = f"ERROR GET {GRAPH}/users/x/mailFolders {ERROR.format(*answer)}"
    logs = context(tmp_path / "a.log", request, request)
    found = judge(rejected_operations.observe(logs), PRODUCT)
    assert (found.outcome, found.decisive) == (Outcome.WARNING, False)
    assert "GET /users/{id}/mailFolders 2 times" in told(found, texts)
    assert reason in (found.text, "log_signature.graph_declined")
    check = log_evidence.LOG_GRAPH_FORBIDDEN
    lines = check.judge(check.observe(logs), PRODUCT)
    assert (lines.outcome, lines.text) == (Outcome.NOT_APPLICABLE, "log_evidence.in_the_list")
    assert "2 refused requests" in texts.summary(lines)


def test_judge_when_answers_are_other_errors_only_then_they_are_counted(
    texts: Texts, tmp_path: Path
) -> None:
    request = f"ERROR GET {GRAPH}/users/x/messages {ERROR.format('400', 'BadRequest', 'm')}"
    gone = f"WARN GET {GRAPH}/users/x 404 Not Found"
    found = judge(
        rejected_operations.observe(context(tmp_path / "a.log", request, request, gone)), PRODUCT
    )
    assert "answered 0 requests well and 3 by another error" in told(found, texts)


def test_observe_when_only_the_products_words_are_there_then_the_request_stays_unknown(
    texts: Texts, tmp_path: Path
) -> None:
    there = rejected_operations.observe(context(tmp_path / "a.log", "ERROR MS Graph Forbidden"))
    finding = judge(there, PRODUCT)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "“MS Graph Forbidden” 1 time, and no line shows the request" in told(finding, texts)


def test_observe_when_a_log_holds_refusals_then_they_are_found_and_go_through_json(
    tmp_path: Path,
) -> None:
    refused = f"ERROR GET {GRAPH}/users/jo@contoso.com/drive 403 Forbidden"
    there = rejected_operations.observe(
        context(tmp_path / "a.log", refused, f"DEBUG GET {GRAPH}/sites/root 200 OK", refused)
    )
    assert [(one.path, one.recent) for one in there.operations] == [("/users/{id}/drive", 2)]
    assert (there.answered_well, there.roles) == (1, None)
    assert codec.from_plain(codec.to_plain(there), RejectedOperations) == there
    assert "contoso" not in str(codec.to_plain(there))
    assert judge(there, PRODUCT).outcome is Outcome.PROBLEM


@pytest.mark.parametrize(
    ("behaviour", "offline", "roles"),
    [
        (Behaviour(roles=("Mail.Read",)), False, ("Mail.Read",)),
        (Behaviour(roles=None), False, ()),
        (Behaviour(roles=("Mail.Read",)), True, None),
        (Behaviour(token_error=7000222), False, None),
        (Behaviour(listening=False), False, None),
    ],
)
def test_observe_when_the_app_can_sign_in_then_its_roles_of_now_are_compared(
    behaviour: Behaviour,
    offline: bool,
    roles: tuple[str, ...] | None,
    tmp_path: Path,
) -> None:
    log = tmp_path / "a.log"
    log.write_text(f"2026-11-23 02:14:07 ERROR GET {GRAPH}/users/1/drive 403 Forbidden\n")
    with running(behaviour, tmp_path) as m365:
        scope = replace(m365.scope, log_paths=(str(log),), offline=offline)
        there = rejected_operations.observe(
            make_context(m365.computer, PRODUCT, scope, m365.credentials)
        )
    assert there.roles == roles
    text = "needed" if roles is None else "missing_now"
    assert judge(there, PRODUCT).text == f"check.rejected_operations.{text}"


RUN = DecidingRun(Chosen.TOLD, "2026-11-20T02:00:00", "2026-11-20T04:00:00", "2026-11-20")


@pytest.mark.parametrize(
    ("standing", "told_of"),
    [
        (Standing.SINCE, "It is new: until 2026-11-21 02:00:00 the same request went well."),
        (Standing.CLEAN_RUN, "It is new: the run that ended 2026-11-22 03:00:00 had no such"),
        (Standing.NOT_SEEN, "These logs show no good answer to it."),
        (Standing.UNKNOWN, "since 2026-11-22 02:00:00. The request needs"),
    ],
)
def test_judge_when_it_worked_before_then_the_sentence_says_how_new_it_is(
    standing: Standing, told_of: str, texts: Texts
) -> None:
    one = replace(REFUSED, standing=standing, clean_until="2026-11-22T03:00:00")
    assert told_of in texts.summary(judge(seen(one), PRODUCT))


def test_judge_when_the_person_told_then_the_sentence_names_that_run(texts: Texts) -> None:
    finding = judge(seen(REFUSED, logs=replace(READ, run=RUN)), PRODUCT)
    assert "7 times in the run of 2026-11-20 02:00:00 (403" in texts.summary(finding)
    assert "7 times in the newest run (403" in texts.summary(judge(seen(REFUSED), PRODUCT))


@pytest.mark.parametrize("refused", [(), (replace(REFUSED, recent=0, earlier=0),)])
def test_judge_when_nothing_was_logged_at_the_time_told_then_that_is_no_ok(
    refused: tuple[RejectedOperation, ...], texts: Texts
) -> None:
    run = replace(RUN, chosen=Chosen.NOT_LOGGED, begin=None, end=None)
    finding = judge(seen(*refused, logs=replace(READ, run=run)), PRODUCT)
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, "log_evidence.not_logged")
    assert "2026-11-20" in texts.summary(finding)


@pytest.mark.parametrize("row", graph_errors.load().errors, ids=lambda row: row.id)
def test_judge_when_the_catalogue_gives_the_reason_then_its_sentence_has_its_values(
    row: KnownAnswer, texts: Texts
) -> None:
    codes: dict[str, Any] = {"code": row.codes[0]} if row.codes else {}
    status = row.statuses[0] if row.statuses else 403
    one = replace(MAIL, message=row.message, status=status, **codes)
    assert told(judge(seen(one), PRODUCT), texts)


TEAMS = replace(
    REFUSED,
    path="/teams/{id}/channels/{id}/messages",
    code="Forbidden",
    message="Missing role permissions on the request. API requires one of "
    "'ChannelMessage.Read.All, Group.Read.All, Group.ReadWrite.All'. Roles on the request "
    "'User.Read.All'. Resource specific consent grants on the request ''.",
    permission_needed="ChannelMessage.Read.All or Group.Read.All or Group.ReadWrite.All",
)


def test_judge_when_the_refused_token_had_less_than_the_apps_then_another_token_is_told(
    texts: Texts,
) -> None:
    finding = judge(seen(TEAMS, roles=("Group.ReadWrite.All",)), PRODUCT)
    assert finding.text == "check.rejected_operations.other_token"
    said = told(finding, texts)
    assert "NAKIVO's token had only User.Read.All" in said
    assert "an older token or another app registration" in said
    assert shown(finding)["rejected_sent"] == "User.Read.All"
    # A token that had one of them was refused for something else.
    had = replace(TEAMS, message=TEAMS.message.replace("User.Read.All", "Group.ReadWrite.All"))
    finding = judge(seen(had, roles=("Group.ReadWrite.All",)), PRODUCT)
    assert finding.text == "check.rejected_operations.granted_now"


def test_judge_when_the_refusal_names_permissions_then_the_first_is_asked_for_and_why(
    texts: Texts,
) -> None:
    finding = judge(seen(TEAMS), PRODUCT)
    assert finding.values["permission"] == "ChannelMessage.Read.All"
    said = told(finding, texts)
    assert "The refusal itself says that it needs" in said
    assert "this is the first that the refusal names" in said
    of_team = "ChannelMessage.Read.Group or " + TEAMS.permission_needed
    named = replace(
        TEAMS,
        permission_needed=of_team,
        message=TEAMS.message.replace("'Channel", "'ChannelMessage.Read.Group, Channel"),
    )
    assert judge(seen(named), PRODUCT).values["permission"] == "ChannelMessage.Read.All"


@pytest.mark.parametrize(("objects", "is_proof"), [(1, False), (2, True), (0, True)])
def test_judge_when_one_object_alone_was_refused_then_it_is_no_proof(
    objects: int, is_proof: bool, texts: Texts
) -> None:
    finding = judge(seen(replace(MAIL, objects=objects)), PRODUCT)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, is_proof)
    said = told(finding, texts)
    assert ("only this one is closed to the app" in said) is not is_proof
    assert ("If no other mailbox" in said) is not is_proof
    # The token of now proves it, however many there were.
    assert judge(seen(replace(REFUSED, objects=objects), roles=()), PRODUCT).decisive


BLOCKED_MAILBOX = replace(
    MAIL, code="ErrorAccessDenied", message="[RAOP] : Blocked by tenant configured"
)


@pytest.mark.parametrize("standing", [Standing.BETWEEN, Standing.WITHIN])
def test_judge_when_a_mailbox_is_closed_and_others_are_not_then_a_warning_with_how_many(
    standing: Standing, texts: Texts
) -> None:
    one = replace(BLOCKED_MAILBOX, standing=standing, objects=2)
    finding = judge(seen(one), PRODUCT)
    assert (finding.outcome, finding.decisive) == (Outcome.WARNING, False)
    said = told(finding, texts)
    assert "was answered well in that run, last at 2026-11-21 02:00:00" in said
    assert "Refused was 2 objects" in said or "Refused were 2 objects" in said
    assert judge(seen(replace(one, standing=Standing.NOT_SEEN)), PRODUCT).decisive


def test_advice_when_the_log_has_no_request_id_then_none_is_asked_for(texts: Texts) -> None:
    one = BLOCKED_MAILBOX
    assert "Give the request ID and time" in told(judge(seen(one), PRODUCT), texts)
    said = told(judge(seen(replace(one, request_id="")), PRODUCT), texts)
    assert "Give the request ID" not in said
    assert "The log has no request ID" in said
