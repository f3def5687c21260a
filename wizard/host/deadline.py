# SPDX-License-Identifier: MIT
"""How long may one question to the system take?"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from wizard.errors import CannotCheck

P = ParamSpec("P")
T = TypeVar("T")

# A healthy disk or registry answers in milliseconds; a dead network share doesn't answer at all.
FILE_SECONDS = 4.0


def within(seconds: float) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let a function end with CannotCheck when it hasn't answered in time.

    The call goes on in a daemon thread that nobody waits for: a thread stuck in the kernel can't
    be ended from here.
    """

    def bind(ask: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(ask)
        def bounded(*args: P.args, **kwargs: P.kwargs) -> T:
            return _answer(seconds, functools.partial(ask, *args, **kwargs), _named(ask, args))

        return bounded

    return bind


def _named(ask: Callable[..., object], args: tuple[object, ...]) -> str:
    subject = next((arg for arg in args if isinstance(arg, str)), ask.__name__)
    return str(subject)


def _answer(seconds: float, ask: Callable[[], T], what: str) -> T:
    answers: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            answers.append(ask())
        except BaseException as error:  # noqa: BLE001 - raised again where it was asked
            errors.append(error)

    thread = threading.Thread(target=work, name=f"ask {what}", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise CannotCheck("error.host_silent", what=what, seconds=seconds)
    return answers[0]
