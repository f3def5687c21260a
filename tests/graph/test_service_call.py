# SPDX-License-Identifier: MIT
"""What is kept of a service's answer, and what never is."""

from __future__ import annotations

import time

import jwt
import pytest
from requests.structures import CaseInsensitiveDict

from wizard.graph import service_call
from wizard.graph.http import NoAnswer, NoAnswerKind, Reply


def reply(status: int, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply("https://x", status, CaseInsensitiveDict(named), "", "our-id", 3.0, time.time())


def test_answered_when_success_without_content_of_the_service_then_not_microsoft() -> None:
    call = service_call.answered("GET /", reply(200))
    assert (call.no_answer, call.granted) == ("not-microsoft", False)


@pytest.mark.parametrize(("granted", "code"), [(True, ""), (False, "ErrorAccessDenied")])
def test_answered_when_the_service_speaks_then_it_is_an_answer(granted: bool, code: str) -> None:
    assert service_call.answered("GET /", reply(200), granted=granted, code=code).no_answer == ""


def test_answered_when_a_token_is_sent_back_then_it_is_masked() -> None:
    token = jwt.encode({"aud": "x"}, "k" * 32, algorithm="HS256")
    call = service_call.answered("GET /", reply(403), words=f"You sent Bearer {token} to us")
    assert token not in call.words
    assert call.words.startswith("You sent")


def test_answered_when_words_are_long_then_cut() -> None:
    call = service_call.answered("GET /", reply(403), words="word " * 500)
    assert len(call.words) == service_call.WORDS_LENGTH


@pytest.mark.parametrize("name", ["request_id", "SPRequestGuid"])
def test_answered_when_either_service_names_its_id_then_kept(name: str) -> None:
    assert service_call.answered("GET /", reply(403, **{name: "their-id"})).request_id == "their-id"


@pytest.mark.parametrize(("status", "passing"), [(429, True), (503, True), (403, False)])
def test_is_passing_when_throttled_or_at_fault_then_true(status: int, passing: bool) -> None:
    assert service_call.answered("GET /", reply(status)).is_passing is passing


def test_unanswered_when_it_broke_then_where() -> None:
    call = service_call.unanswered("GET /", NoAnswer(NoAnswerKind.TIMEOUT, "x", "8 s"))
    assert (call.status, call.no_answer, call.detail) == (None, "timeout", "8 s")
