# SPDX-License-Identifier: MIT
"""Items come in order from a thread of their own, and nobody waits for one that hangs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from wizard.nakivo.log_ahead import Ahead
from wizard.nakivo.log_lines import Stop

UNHURRIED = Stop(threading.Event())


def never() -> bool:
    return False


def test_taken_when_items_end_then_all_came_in_order() -> None:
    assert list(Ahead(lambda: iter(range(100)), 2).taken(never, UNHURRIED)) == list(range(100))


def test_taken_when_nobody_takes_then_no_more_than_the_room_is_made() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for n in range(100):
            made.append(n)
            yield n

    ahead = Ahead(items, 2)
    assert next(ahead.taken(never, UNHURRIED)) == 0
    time.sleep(0.05)
    assert len(made) <= 4  # one taken, two waiting, one in hand


def test_taken_when_items_fail_then_the_error_comes_after_those_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise PermissionError("closed")

    taken = Ahead(items, 2).taken(never, UNHURRIED)
    assert next(taken) == 1
    with pytest.raises(PermissionError):
        next(taken)


def test_taken_when_an_item_hangs_and_it_is_over_then_it_ends_at_once() -> None:
    released, over = threading.Event(), threading.Event()

    def items() -> Iterator[int]:
        yield 1
        released.wait(20)  # as a read from a share that is gone
        yield 2

    taken = Ahead(items, 2).taken(over.is_set, UNHURRIED)
    assert next(taken) == 1
    over.set()
    began = time.monotonic()
    assert list(taken) == []
    assert time.monotonic() - began < 5
    released.set()


def test_close_when_the_thread_waits_for_room_then_it_ends() -> None:
    ended = threading.Event()

    def items() -> Iterator[int]:
        try:
            yield from range(100)
        finally:
            ended.set()

    Ahead(items, 1).close()
    assert ended.wait(5)


def test_taken_when_an_item_never_comes_then_that_is_an_error_after_a_while() -> None:
    released = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        released.wait(20)

    taken = Ahead(items, 2).taken(never, Stop(threading.Event(), silent_s=0.2))
    assert next(taken) == 1
    with pytest.raises(TimeoutError):
        next(taken)
    released.set()
