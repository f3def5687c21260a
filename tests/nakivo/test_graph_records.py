# SPDX-License-Identifier: MIT
"""Which lines belong to one record."""

from __future__ import annotations

import pytest

from wizard.nakivo import graph_records
from wizard.nakivo.graph_records import Record
from wizard.nakivo.log_lines import Line

URL = "https://graph.microsoft.com/v1.0/users"
TIME = "2026-11-23 02:14:07,123 DEBUG [saas-1]"
FOREIGN = "2026-11-23 02:14:07,123 DEBUG [saas-2]"


def record(*lines: str, at: int, used: int = 0, limit: int = 60) -> Record:
    """The record of the line with this number."""
    data = "".join(f"{line}\n" for line in lines).encode()
    start = sum(len(line.encode()) + 1 for line in lines[: at - 1])
    text = lines[at - 1]
    end = start + len(text.encode())
    line = Line(at, text, text, data, start, end, 16384, None)
    return graph_records.of(line, limit, used)


def test_of_when_lines_without_a_time_follow_then_they_belong_to_it() -> None:
    found = record(f"{TIME} GET {URL}", "403 Forbidden", "{}", f"{TIME} next", at=1)
    assert (found.first, found.last) == (1, 3)


def test_of_when_the_line_is_in_the_middle_then_its_beginning_is_found() -> None:
    found = record(f"{TIME} other", f"{TIME} failed", "at x", f"GET {URL}", "403", at=4)
    assert (found.first, found.last) == (2, 5)
    assert found.earlier == (f"{TIME} other",)


TRAFFIC = (
    f"{TIME} --> GET {URL}",
    f"{TIME} <-- 403 {URL} (12ms)",
    f"{TIME} request-id: x",
    f'{TIME} {{"error":{{"code":"x"}}}}',
    f"{TIME} <-- END HTTP",
    f"{TIME} Job goes on",
)


@pytest.mark.parametrize("at", [2, 4])
def test_of_when_each_line_of_an_answer_has_a_time_then_they_are_one_record(at: int) -> None:
    found = record(*TRAFFIC, at=at)
    assert (found.first, found.last) == (2, 5 if at == 2 else 4)


def test_of_when_another_thread_speaks_between_then_its_lines_stay_out() -> None:
    lines = (*TRAFFIC[:2], f'{FOREIGN} {{"error":{{"code":"other"}}}}', TRAFFIC[3])
    assert record(*lines, at=2).last == 2
    assert record(*lines, at=4).first == 4


def test_of_when_a_request_is_told_again_behind_a_stack_then_it_is_one_record() -> None:
    stack = [f"\tat a.B.c{n}(B.java:{n})" for n in range(90)]
    lines = (f"{TIME} failed GET {URL}", *stack, "Caused by: X", f"GET {URL}", "403 : Forbidden")
    assert record(*lines, at=1).last == len(lines)


def test_of_when_another_request_follows_then_it_is_another_record() -> None:
    assert record(f"GET {URL}", "403", f"GET {URL}", "403", at=1).last == 2
    assert record(f"GET {URL}", f"GET {URL}/x", "403", at=1).last == 1


def test_of_when_lines_are_used_then_they_stay_with_the_other_record() -> None:
    assert record("a", "b", "c GraphServiceException", at=3, used=1).first == 2


def test_of_when_a_record_is_too_long_then_it_is_cut() -> None:
    assert record(f"{TIME} GET {URL}", *["x"] * 99, at=1, limit=60).last == 61


@pytest.mark.parametrize(
    ("before", "taken"),
    [
        (f"{TIME} GET {URL}", True),
        (f"{FOREIGN} GET {URL}", False),
        (f"{TIME} GET {URL} 200 OK", False),
    ],
)
def test_previous_when_asked_then_only_an_open_request_of_the_same_thread(
    before: str, taken: bool
) -> None:
    found = record(before, f"{TIME} ODataError 403", at=2)
    assert bool(graph_records.previous(found, 6)) is taken
