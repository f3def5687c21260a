# SPDX-License-Identifier: MIT
"""Dataclasses survive the way through JSON; what doesn't fit is refused with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.support.rows import row
from wizard import codec
from wizard.errors import BadInput
from wizard.model import CauseId, CheckResult, Evidence, Outcome, Secret, Sensitivity


def test_row_when_sent_through_json_then_comes_back_equal() -> None:
    shown = Evidence("free", 3.2, "GB", "/opt/nakivo", Sensitivity.HOST)
    sent = row(CauseId.MEMORY, Outcome.PROBLEM, evidence=(shown,), values={"a": 1, "b": "x"})
    plain = json.loads(json.dumps(codec.to_plain(sent)))
    assert codec.from_plain(plain, CheckResult) == sent


def test_time_when_written_then_is_utc_with_z() -> None:
    moment = datetime(2026, 11, 24, 7, 0, tzinfo=timezone(timedelta(hours=1)))
    assert codec.to_rfc3339(moment) == "2026-11-24T06:00:00.000Z"
    assert codec.from_rfc3339("2026-11-24T06:00:00.000Z") == moment.astimezone(UTC)


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        ({"label": "x", "value": 1, "surprise": 2}, "“surprise” is not known here"),
        ({"value": 1}, "“label” is missing"),
        ({"label": "x", "value": ["PLANTED"]}, "“value” has a value that does not fit"),
        (
            {"label": "x", "value": 1, "sensitivity": "PLANTED"},
            "“sensitivity” has a value that does not fit",
        ),
        ([], "it is made otherwise than it should be"),
    ],
)
def test_structure_when_it_does_not_fit_then_says_why_and_quotes_no_value(
    plain: object, reason: str
) -> None:
    with pytest.raises(BadInput) as caught:
        codec.from_plain(plain, Evidence)
    assert caught.value.values == {"reason": reason}


def test_structure_when_it_does_not_fit_deep_inside_then_the_way_there_is_told() -> None:
    plain = codec.to_plain(row(CauseId.MEMORY, Outcome.OK, evidence=(Evidence("free", 1),)))
    del plain["finding"]["evidence"][0]["label"]
    with pytest.raises(BadInput, match=r"“finding\.evidence\.label” is missing"):
        codec.from_plain(plain, CheckResult)


def test_secret_when_shown_or_stored_then_does_not_tell() -> None:
    secret = Secret("hunter2")
    assert "hunter2" not in f"{secret} {secret!r} {[secret]}"
    with pytest.raises(TypeError):
        __import__("pickle").dumps(secret)


def test_json_when_nested_too_deep_then_is_no_json() -> None:
    with pytest.raises(ValueError, match="nested too deep"):
        codec.load_json("[" * 100_000)


@dataclass(frozen=True)
class Plain:
    text: str = ""
    count: int = 0
    share: float = 0.0
    sure: bool = False
    rows: tuple[str, ...] = ()
    cause: CauseId = CauseId.OTHER


@pytest.mark.parametrize(
    "given",
    [
        *({"text": ["a"]}, {"text": 1}, {"count": "1"}, {"count": True}, {"share": "1"}),
        *({"sure": "no"}, {"sure": 0}, {"rows": "abc"}, {"rows": {"a": 1}}, {"cause": ["other"]}),
    ],
)
def test_from_plain_when_a_value_is_of_another_kind_then_nothing_is_converted(
    given: dict[str, object],
) -> None:
    with pytest.raises(BadInput):
        codec.from_plain(given, Plain)


def test_from_plain_when_kinds_fit_then_they_are_taken() -> None:
    given = {"text": "a", "count": 2, "share": 3, "sure": True, "rows": ["b"], "cause": "memory"}
    assert codec.from_plain(given, Plain) == Plain("a", 2, 3, True, ("b",), CauseId.MEMORY)


def test_from_rfc3339_when_there_is_no_such_moment_in_utc_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="calendar"):
        codec.from_rfc3339("0001-01-01T00:00:00+14:00")
