# SPDX-License-Identifier: MIT
"""Answers of Graph are read as what they mean, or stay unknown."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from requests.structures import CaseInsensitiveDict

from wizard.graph import graph_errors
from wizard.graph.graph_errors import Kind
from wizard.graph.http import Reply
from wizard.model import CauseId, Value
from wizard.texts import Texts

GOLDEN = Path(__file__).parent / "data" / "graph_errors.toml"
CASES: list[dict[str, Any]] = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["cases"]


def reply(case: dict[str, Any]) -> Reply:
    headers = CaseInsensitiveDict(case["headers"])
    return Reply("https://graph.test", case["status"], headers, case["body"], "ours", 1.0, 0.0)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_reading_when_golden_then_its_row(case: dict[str, Any], texts: Texts) -> None:
    error = graph_errors.of_reply(reply(case))
    row = graph_errors.load().reading(error)
    assert (row.id, row.kind) == (case["row"], case["kind"])
    assert graph_errors.load().cause(row.kind) == case["cause"]
    values: dict[str, Value] = {
        "status": error.status,
        "answer": str(error.status),
        "client_id": "0815",
    }
    assert texts(f"{row.text_id}.summary", values)
    assert texts.lines(f"{row.text_id}.advice", values)


def test_catalogue_when_throttled_then_a_text_that_says_how_long(texts: Texts) -> None:
    for row in graph_errors.load().errors:
        if row.kind is Kind.THROTTLED:
            values: dict[str, Value] = {"status": 429, "answer": "429", "wait": "120 s"}
            assert texts(f"{row.text_id}_wait.summary", values)
            assert "Wait 120 s" in texts.lines(f"{row.text_id}_wait.advice", values)[0]


def test_catalogue_when_read_then_every_row_has_a_golden_case() -> None:
    rows = {row.id for row in graph_errors.load().errors}
    assert rows - {case["row"] for case in CASES} == set()
    assert len(rows) == len(graph_errors.load().errors)


def test_catalogue_when_read_then_each_kind_has_a_cause_and_patterns_are_sound() -> None:
    catalogue = graph_errors.load()
    for row in catalogue.errors:
        assert re.compile(row.message)
        assert re.compile(row.challenge)
        assert row.statuses or row.codes or row.message or row.challenge
    assert {kind: catalogue.cause(kind) for kind in Kind}[Kind.PERMISSION] is CauseId.PERMISSIONS


def test_of_reply_when_graph_answers_then_all_fields() -> None:
    case = next(case for case in CASES if case["name"] == "throttled")
    case = {**case, "headers": {"request-id": "theirs", "Retry-After": "30"}}
    case["headers"]["Date"] = "Tue, 24 Nov 2026 06:53:12 GMT"
    error = graph_errors.of_reply(reply(case))
    assert (error.request_id, error.retry_after, error.date) == (
        "theirs",
        "30",
        "2026-11-24T06:53:12.000Z",
    )


def test_of_reply_when_ids_stand_in_the_body_only_then_from_there() -> None:
    case = next(case for case in CASES if case["name"] == "Exchange role missing")
    error = graph_errors.of_reply(reply(case))
    assert error.request_id == "11111111-2222-4333-8444-555555555555"
    assert error.date == "2026-11-20T02:11:45"


def test_of_body_when_nested_then_codes_from_the_outside_in() -> None:
    body = (
        '{"error":{"code":"a","message":"m","innererror":{"code":"b","innererror":{"code":"c"}}}}'
    )
    error = graph_errors.of_body(400, body)
    assert (error.code, error.inner_codes) == ("a", ("b", "c"))


def test_of_reply_when_challenged_then_the_claims_decoded() -> None:
    case = next(case for case in CASES if case["name"] == "claims challenge")
    assert graph_errors.of_reply(reply(case)).claims == '{"a":1}'


@pytest.mark.parametrize(
    ("status", "code", "message", "row"),
    [
        (404, "itemNotFound", 'No file "AADSTS53003 howto.docx".', "item_gone"),
        (403, "accessDenied", "No file 'AADSTS53003: how to.docx'.", "role_missing_sharepoint"),
        (500, "InternalServerError", "AADSTS530034: try again", "server_error"),
        (403, "accessDenied", "User jane.mysite has no access", "role_missing_sharepoint"),
        (404, "itemNotFound", "The folder mysite was not found", "item_gone"),
        (404, "itemNotFound", "AADSTS500014 notes.txt", "item_gone"),
    ],
)
def test_reading_when_a_name_holds_what_a_row_looks_for_then_another_row(
    status: int, code: str, message: str, row: str
) -> None:
    error = graph_errors.GraphError(status, code, message=message)
    assert graph_errors.load().reading(error).id == row


@pytest.mark.parametrize(
    ("message", "wanted", "sent"),
    [
        ("API requires one of 'A.Read, B.Read'. Roles on the request 'C'.", "A.Read, B.Read", "C"),
        ("API requires one of 'A.Read'. Roles on the request ''.", "A.Read", ""),
        ("Access is denied.", "", None),
    ],
)
def test_permissions_when_the_answer_names_them_then_they_are_read(
    message: str, wanted: str, sent: str | None
) -> None:
    error = graph_errors.GraphError(403, "Forbidden", message=message)
    assert graph_errors.load().permissions_wanted(error) == wanted
    assert graph_errors.load().permissions_sent(error) == sent


def test_of_body_when_the_token_is_sent_back_then_masked() -> None:
    body = '{"error":{"code":"a","message":"bad token eyJhbGciOi.eyJhdWQiOi.c2lnbmF0dXJl"}}'
    assert graph_errors.of_body(401, body).message == "bad token [masked:token]"


def test_of_body_when_message_is_long_then_cut() -> None:
    error = graph_errors.of_body(400, '{"error":{"code":"a","message":"' + "x" * 9000 + '"}}')
    assert len(error.message) == graph_errors.MESSAGE_LENGTH


EVIL = "accessDenied)\n\n2. Grant Global Administrator\n" + "x" * 5000


def test_of_reply_when_fields_are_long_or_have_lines_then_short_and_on_one_line() -> None:
    inner = {"code": EVIL, "date": EVIL, "request-id": EVIL, "innerError": {"code": [EVIL]}}
    body = json.dumps({"error": {"code": EVIL, "message": EVIL, "innerError": inner}})
    headers = {"Retry-After": "9" * 5000, "WWW-Authenticate": 'Bearer error="in\nsufficient"'}
    error = graph_errors.of_reply(reply({"status": 403, "headers": headers, "body": body}))
    fields = (error.code, *error.inner_codes, error.request_id, error.date)
    assert error.retry_after == ""
    assert all(0 < len(field) <= 100 for field in fields)
    assert all(" " not in field and "\n" not in field for field in (error.code, error.request_id))
    assert not any("\n" in told for told in (*fields, error.message, error.challenge))
    assert error.codes[0].startswith("accessdenied?2.?grant")
    assert graph_errors.load().reading(error).id == "unknown"


def test_of_reply_when_a_header_has_an_odd_id_then_bounded() -> None:
    headers = {"request-id": "<b>" + "x" * 300, "Date": "<b>" + "y" * 300}
    error = graph_errors.of_reply(reply({"status": 403, "headers": headers, "body": ""}))
    assert error.request_id == "?b?" + "x" * 97
    assert error.date == "?b?" + "y" * 37


def test_text_when_exchange_limits_the_app_then_both_kinds_of_limit_and_what_to_try(
    texts: Texts,
) -> None:
    assert "RBAC for Applications" in texts("graph_error.mailbox_policy.summary", answer="403")
    advice = texts.lines("graph_error.mailbox_policy.advice", {"client_id": "0815"})[0]
    assert "-Identity MAILBOX -AppId 0815" in advice
    assert "a mailbox that is backed up" in advice
