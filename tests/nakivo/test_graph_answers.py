# SPDX-License-Identifier: MIT
"""Good answers of Microsoft Graph, counted by kind of request."""

from __future__ import annotations

from datetime import datetime

import pytest

from wizard.nakivo.graph_answers import Answers, kind_of
from wizard.nakivo.log_lines import Line

URL = "https://graph.microsoft.com/v1.0/users/jo/messages"
KIND = ("GET", "/users/{id}/messages")


def line(text: str) -> Line:
    return Line(1, text, text, text.encode(), 0, len(text), 0, None)


def test_note_when_good_answers_come_then_the_newest_and_the_oldest_are_known() -> None:
    answers = Answers(5)
    for day in (22, 20, 21):
        answers.note(line(f"2026-11-{day} 02:00:00 GET {URL} 200 OK"))
    good = answers.of(KIND)
    assert good
    assert (good.count, good.first.day, good.last) == (3, 20, datetime(2026, 11, 22, 2))  # noqa: DTZ001


def test_note_when_a_line_has_no_time_then_it_counts_and_says_nothing_of_when() -> None:
    answers = Answers(5)
    answers.note(line(f"GET {URL} 200 OK"))
    assert (answers.count, answers.of(KIND)) == (1, None)


def test_note_when_there_are_too_many_kinds_then_it_is_known_that_some_are_missing() -> None:
    answers = Answers(1)
    whole = []
    for method in ("GET", "PATCH"):
        answers.note(line(f"2026-11-22 02:00:00 {method} {URL} 200 OK"))
        whole.append(answers.is_whole)
    assert whole == [True, False]
    assert answers.of(KIND)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"method": "GET", "url": URL}, KIND),
        ({"url": URL}, ("", KIND[1])),
        ({"status": 403}, ("", "")),
    ],
)
def test_kind_of_when_a_part_is_not_shown_then_it_is_empty(
    fields: dict[str, str | int], kind: tuple[str, str]
) -> None:
    assert kind_of(fields) == kind
