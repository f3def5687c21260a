# SPDX-License-Identifier: MIT
"""Does a question that hangs come back?"""

from __future__ import annotations

import threading
import time

import pytest

from wizard.errors import CannotCheck
from wizard.host.deadline import patiently, within


def test_within_when_the_system_hangs_then_the_question_ends_as_cannot_check() -> None:
    release = threading.Event()
    began = time.monotonic()
    with pytest.raises(CannotCheck) as told:
        within(0.1)(lambda path: release.wait(30))("/mnt/dead")
    release.set()
    assert time.monotonic() - began < 2
    assert told.value.text == "error.host_silent"
    assert told.value.values == {"what": "/mnt/dead", "seconds": 0.1}


def test_within_when_answered_then_value_and_arguments_pass_through() -> None:
    assert within(5)(lambda a, *, b: a + b)(1, b=2) == 3
    assert within(5)(lambda: None)() is None


def test_within_when_the_question_fails_then_its_own_error_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        within(5)(lambda: 1 / 0)()


def test_patiently_when_given_up_or_too_late_then_cannot_check_by_its_own_words() -> None:
    release, cancel = threading.Event(), threading.Event()
    with pytest.raises(CannotCheck) as late:
        patiently(lambda: release.wait(30), "a disk", 0.1, cancel)
    cancel.set()
    with pytest.raises(CannotCheck) as given_up:
        patiently(lambda: release.wait(30), "a disk", 30, cancel)
    release.set()
    assert (late.value.text, given_up.value.text) == ("error.host_silent", "error.host_given_up")
    assert patiently(lambda: 3, "a disk", 5, threading.Event()) == 3
