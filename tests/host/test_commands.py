# SPDX-License-Identifier: MIT
"""Do commands answer, fail and hang as told?"""

from __future__ import annotations

import sys
import time

import pytest

from wizard.errors import CannotCheck
from wizard.host import commands
from wizard.texts import Texts

posix = pytest.mark.skipif(sys.platform == "win32", reason="uses what only POSIX systems have")


def python(script: str) -> list[str]:
    return [sys.executable, "-c", script]


def test_output_when_the_command_succeeds_then_its_text_in_plain_english_locale() -> None:
    script = "import os; print('ä', os.environ['LC_ALL'])"
    assert commands.output(python(script), 5).strip() in ("ä C", "\ufffd C")


def test_output_when_a_program_writes_utf_16_then_it_is_read_as_that() -> None:
    script = "import sys; sys.stdout.buffer.write({!r}.encode({!r}))"
    for text, encoding in (("\ufeffä\r\nb", "utf-16-le"), ("<ä>", "utf-16-le"), ("ä\rb", "utf-8")):
        told = commands.output(python(script.format(text, encoding)), 5)
        assert told == text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def test_output_when_the_command_fails_then_its_first_words_are_the_reason() -> None:
    with pytest.raises(CannotCheck) as told:
        commands.output(python("import sys; sys.exit('no bus here\\nmore')"), 5)
    assert told.value.text == "error.host_command_failed"
    assert told.value.values["reason"] == "no bus here"


def test_output_when_systemd_did_not_start_the_computer_then_said_in_plain_words(
    texts: Texts,
) -> None:
    said = "System has not been booted with systemd as init system (PID 1). Can't operate."
    with pytest.raises(CannotCheck) as told:
        commands.output(python(f"import sys; sys.exit({said!r})"), 5)
    summary = texts(f"{told.value.text}.summary", told.value.values)
    assert "was not started by systemd" in summary
    assert "PID" not in summary


def test_output_when_there_is_no_such_command_then_cannot_check() -> None:
    with pytest.raises(CannotCheck) as told:
        commands.output(["no-such-command-here"], 5)
    assert told.value.text == "error.host_command_missing"


@posix
def test_output_when_a_child_holds_the_pipe_open_then_the_wait_still_ends() -> None:
    began = time.monotonic()
    with pytest.raises(CannotCheck) as told:
        commands.output(["sh", "-c", "sleep 6 & sleep 6"], 0.2)
    assert told.value.text == "error.host_silent"
    assert time.monotonic() - began < 4
