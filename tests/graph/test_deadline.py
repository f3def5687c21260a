# SPDX-License-Identifier: MIT
"""Waiting ends when it must."""

from __future__ import annotations

import threading
import time

import pytest

from wizard.graph.deadline import Deadline, side_by_side, within


def test_within_when_call_hangs_then_time_out_at_once() -> None:
    stuck = threading.Event()
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        within(0.05, lambda: stuck.wait(5))
    assert time.monotonic() - started < 3
    stuck.set()


def test_within_when_call_fails_then_its_error() -> None:
    with pytest.raises(ZeroDivisionError):
        within(1, lambda: 1 / 0)


def test_side_by_side_when_called_then_in_order_and_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=2)

    def meet(name: str) -> str:
        both.wait()  # passes only when the other one runs too
        return name

    assert side_by_side([lambda: meet("a"), lambda: meet("b")]) == ["a", "b"]


def test_deadline_when_over_then_a_token_time_out_is_left() -> None:
    deadline = Deadline(0.0)
    assert deadline.over
    assert 0 < deadline.left() < 0.1


def test_deadline_when_far_then_the_smaller_limit() -> None:
    assert Deadline(100).left(3) == 3
