# SPDX-License-Identifier: MIT
"""How long may one question to the system take?"""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

from wizard.errors import CannotCheck

P = ParamSpec("P")
T = TypeVar("T")

# A healthy disk or registry answers in milliseconds; a dead network share doesn't answer at all.
FILE_SECONDS = 4.0
_LOOK_S = 0.1


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
    try:
        return Call(ask).wait(seconds)
    except StillRunning:
        raise CannotCheck("error.host_silent", what=what, seconds=seconds) from None


def patiently(ask: Callable[[], T], what: str, seconds: float, cancel: threading.Event) -> T:
    """The answer of a call that may take long; what nobody waits for any more goes on by itself.

    Raises:
        CannotCheck: it took longer than the seconds, or `cancel` was set meanwhile.
    """
    call, end = Call(ask), time.monotonic() + seconds
    while not cancel.is_set():
        try:
            return call.wait(_LOOK_S)
        except StillRunning:
            if time.monotonic() > end:
                raise CannotCheck("error.host_silent", what=what, seconds=seconds) from None
    raise CannotCheck("error.host_given_up", what=what)


class StillRunning(Exception):
    """A call had no answer in time and goes on by itself."""


class Call(Generic[T]):
    """One call on a daemon thread of its own, and what came of it."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._done = threading.Event()
        self._answer: list[T] = []
        self._error: BaseException | None = None
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            self._answer.append(self._call())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error
        self._done.set()

    def wait(self, seconds: float) -> T:
        """The answer, or the error that the call ended with; StillRunning after the seconds."""
        if not self._done.wait(seconds):
            raise StillRunning
        if self._error is not None:
            raise self._error
        return self._answer[0]
