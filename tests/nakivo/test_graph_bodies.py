# SPDX-License-Identifier: MIT
"""Bodies of Microsoft Graph's answers, in each way in which logs write them."""

from __future__ import annotations

import json

import pytest

from wizard.nakivo import graph_bodies

ID = "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11"
ERROR = {
    "code": "ErrorAccessDenied",
    "message": 'Access is "denied"\nhere.',
    "innerError": {"code": "AccessPolicy", "request-id": ID, "date": "2026-11-23T01:14:07"},
}
FIELDS = {
    "code": "ErrorAccessDenied",
    "inner_code": "AccessPolicy",
    "message": 'Access is "denied"\nhere.',
    "request_id": ID,
    "date": "2026-11-23T01:14:07",
}
BODY = json.dumps({"error": ERROR})


def escaped(text: str, times: int) -> str:
    for _ in range(times):
        text = json.dumps(text)
    return text


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_fields_when_a_body_stands_in_strings_then_it_is_read_all_the_same(times: int) -> None:
    assert graph_bodies.fields(f"answer {escaped(BODY, times)} end") == FIELDS


def test_fields_when_it_is_pretty_printed_then_read() -> None:
    assert graph_bodies.fields(json.dumps({"error": ERROR}, indent=2)) == FIELDS


@pytest.mark.parametrize("times", [0, 1])
def test_fields_when_a_body_is_cut_then_what_is_there(times: int) -> None:
    found = graph_bodies.fields(escaped(BODY, times)[:95])
    assert found["code"] == "ErrorAccessDenied"
    assert str(found["message"]).startswith('Access is "den')


def test_fields_when_java_prints_a_map_then_read() -> None:
    inner = f"innerError={{date=2026-11-23T01:14:07, request-id={ID}}}"
    text = f"{{error={{code=Forbidden, message=No role, none at all., {inner}}}}}"
    assert graph_bodies.fields(text) == {
        "code": "Forbidden",
        "message": "No role, none at all.",
        "request_id": ID,
        "date": "2026-11-23T01:14:07",
    }


@pytest.mark.parametrize(
    "text", ["", '{"error":"invalid_grant"}', '{"errors":{}}', "{error=1}", '{"error":{"code":1}}']
)
def test_fields_when_there_is_no_error_of_graph_then_empty(text: str) -> None:
    assert graph_bodies.fields(text) == {}


def test_fields_when_a_sign_is_half_of_a_pair_then_the_text_can_be_written() -> None:
    text = escaped('{"error":{"code":"x","message":"\\ud83d"}}', 1)[:-4]
    str(graph_bodies.fields(text)).encode()


BATCH = {
    "responses": [
        {"id": "1", "status": 200, "body": {"value": []}},
        {"id": "2", "status": 403, "body": {"error": ERROR}},
        {"id": "3", "status": 404},
    ]
}


@pytest.mark.parametrize("times", [0, 1])
def test_parts_when_a_batch_is_answered_then_those_that_are_not_good(times: int) -> None:
    text = escaped(json.dumps(BATCH), times)
    assert graph_bodies.is_batch(text)
    parts = graph_bodies.parts(text)
    assert [(part.id, part.status) for part in parts] == [("2", 403), ("3", 404)]
    assert [part.fields for part in parts] == [FIELDS, {}]


def test_parts_when_the_batch_is_cut_then_the_last_is_read_as_far_as_it_goes() -> None:
    text = json.dumps(BATCH)
    (part,) = graph_bodies.parts(text[: text.index("denied") + 6])
    assert (part.id, part.status, part.fields["code"]) == ("2", 403, "ErrorAccessDenied")
    assert graph_bodies.parts(text[: text.index('"status": 403')]) == ()


def test_asked_when_a_batch_is_sent_then_each_request_by_its_id() -> None:
    sent = {"requests": [{"id": "1", "method": "GET", "url": "/users"}, {"id": "2"}]}
    assert graph_bodies.asked(json.dumps(sent)) == {
        "1": {"method": "GET", "url": "/users"},
        "2": {"method": "", "url": ""},
    }
    assert not graph_bodies.is_batch(json.dumps(sent))
