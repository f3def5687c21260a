# SPDX-License-Identifier: MIT
"""A group counts lines by the minute, and lets go of what is too old to decide anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from wizard import product as product_module
from wizard.nakivo import log_signatures
from wizard.nakivo.log_group import Group, minute_of
from wizard.nakivo.log_lines import Line

RULES = log_signatures.load(product_module.load())
START = datetime(2026, 1, 1, 2, 0, 30)  # noqa: DTZ001 - as most logs write it
LINE = Line(1, "x", "x", b"x", 0, 1, 0, None)


def group() -> Group:
    return Group(RULES.signatures[0])


def test_add_when_lines_come_in_any_order_then_first_and_last_are_right() -> None:
    lines = group()
    moments = [START + timedelta(minutes=n) for n in (5, 0, 9)]
    assert [lines.add(LINE, moment) for moment in moments] == [True, False, True]
    assert (lines.first, lines.last, lines.count) == (moments[1], moments[2], 3)


def test_add_when_a_line_stands_for_others_then_all_count() -> None:
    lines = group()
    lines.add(replace(LINE, stands_for=7), START)
    lines.add(replace(LINE, stands_for=2), None)
    assert (lines.count, lines.undated, lines.sampled) == (9, 2, True)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    assert lines.within(begin) == 7
    assert lines.within(begin, begin + timedelta(hours=1)) == 0
    assert lines.by_hour(begin) == {f"{START:%Y-%m-%dT%H}": 7}


def test_first_after_when_it_is_the_first_of_all_then_it_is_exact() -> None:
    lines = group()
    for moment in (START, START + timedelta(hours=1)):
        lines.add(LINE, moment)
    begin = minute_of(START)
    assert lines.first_after(begin) == START
    later = lines.first_after(begin + timedelta(minutes=1))
    assert later == (START + timedelta(hours=1)).replace(second=0)
    assert lines.first_after(begin + timedelta(days=1)) is None
    assert lines.first_after(begin + timedelta(minutes=1), begin + timedelta(hours=1)) is None


def test_forget_when_lines_come_all_year_then_only_fresh_minutes_are_kept() -> None:
    lines = group()
    for n in range(120_000):
        moment = START + timedelta(minutes=n)
        lines.forget(moment)
        lines.add(LINE, moment)
    assert lines.count == 120_000
    assert len(lines.minutes) < 25_000
    assert lines.last
    assert lines.forgotten
    fresh = timedelta(days=lines.signature.maximum_age_days)
    assert lines.within(minute_of(lines.last) - fresh) == 7 * 1440 + 1
    assert min(lines.minutes) >= lines.forgotten


def test_forget_when_a_time_was_named_then_its_minutes_are_kept() -> None:
    lines = group()
    wanted = (minute_of(START + timedelta(days=2)), minute_of(START + timedelta(days=2, hours=1)))
    for n in range(60_000):
        moment = START + timedelta(minutes=n)
        lines.forget(moment, wanted)
        lines.add(LINE, moment)
    assert lines.forgotten
    assert lines.forgotten > wanted[1]
    assert lines.within(*wanted) == 60
    assert lines.within(minute_of(START), wanted[0]) == 0
