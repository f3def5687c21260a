# SPDX-License-Identifier: MIT
"""Checks that misbehave on purpose: they prove on any computer that the engine bears it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from wizard.checks.base import Check, Context, ok
from wizard.errors import CannotCheck
from wizard.model import CauseId, Finding, Outcome
from wizard.product import Product

HANG_S = 3600.0
DEADLINE_S = 0.3


@dataclass(frozen=True)
class Nothing:
    """An observation without content."""


def _answer(_context: Context) -> Nothing:
    return Nothing()


def _cannot(_context: Context) -> Nothing:
    raise CannotCheck("engine.offline")


def _crash(_context: Context) -> Nothing:
    raise ZeroDivisionError("on purpose")


def _hang(_context: Context) -> Nothing:
    threading.Event().wait(HANG_S)
    return Nothing()


def _late(context: Context) -> Nothing:
    """Answers, but only after the run is over."""
    context.cancel.wait()
    return Nothing()


def _fine(_observation: Nothing, _product: Product) -> Finding:
    return ok("engine.offline")


def _judge_crash(_observation: Nothing, _product: Product) -> Finding:
    raise KeyError("on purpose")


def _check(
    name: str,
    observe: Callable[[Context], Nothing],
    judge: Callable[[Nothing, Product], Finding] = _fine,
) -> Check[Nothing]:
    return Check(name, CauseId.OTHER, frozenset(), DEADLINE_S, Nothing, observe, judge)


# What each must end as, whatever the others do.
AWKWARD: dict[Check[Nothing], Outcome] = {
    _check("answers", _answer): Outcome.OK,
    _check("cannot", _cannot): Outcome.COULD_NOT_CHECK,
    _check("crashes", _crash): Outcome.COULD_NOT_CHECK,
    _check("crashes_in_judge", _answer, _judge_crash): Outcome.COULD_NOT_CHECK,
    _check("hangs", _hang): Outcome.TIMED_OUT,
    _check("late", _late): Outcome.TIMED_OUT,
}
