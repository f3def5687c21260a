# SPDX-License-Identifier: MIT
"""Words of a program without a console are kept, shown once, and cut to what a box can hold."""

from __future__ import annotations

import io
import sys

import pytest

from wizard.host import no_console, windows_words


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(no_console, "_kept", [])
    return []


def test_words_when_both_streams_are_missing_then_are_shown_in_order_and_once(
    monkeypatch: pytest.MonkeyPatch, shown: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with no_console.words_shown(shown.append):
        sys.stdout.write("first\n")
        sys.stderr.write("second\n")
        assert shown == []
        no_console.show_now()
    assert shown == ["first\nsecond"]


def test_words_when_a_stream_is_redirected_then_only_the_other_is_shown(
    monkeypatch: pytest.MonkeyPatch, shown: list[str]
) -> None:
    file = io.StringIO()
    monkeypatch.setattr(sys, "stdout", file)
    monkeypatch.setattr(sys, "stderr", None)
    with no_console.words_shown(shown.append):
        sys.stdout.write("the result\n")
        sys.stderr.write("a hint\n")
    assert (file.getvalue(), shown) == ("the result\n", ["a hint"])


def test_words_when_the_program_ends_early_then_are_shown(
    monkeypatch: pytest.MonkeyPatch, shown: list[str]
) -> None:
    monkeypatch.setattr(sys, "stderr", None)

    def end() -> None:
        with no_console.words_shown(shown.append):
            sys.stderr.write("why\n")
            raise SystemExit(3)

    with pytest.raises(SystemExit):
        end()
    assert shown == ["why"]


def test_words_when_told_otherwise_or_none_then_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, shown: list[str]
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with no_console.words_shown(shown.append):
        sys.stderr.write("a crash that a dialog told\n")
        no_console.forget()
    assert shown == []


def test_words_when_there_is_a_console_then_go_there(
    capsys: pytest.CaptureFixture[str], shown: list[str]
) -> None:
    with no_console.words_shown(shown.append):
        sys.stdout.write("on the console\n")
    assert (capsys.readouterr().out, shown) == ("on the console\n", [])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has programs without a console")
def test_words_when_a_stream_was_closed_elsewhere_then_stays_closed(
    monkeypatch: pytest.MonkeyPatch, shown: list[str]
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with no_console.words_shown():
        closed: object = sys.stderr
        assert closed is None


def test_box_when_words_are_many_then_says_how_many_are_left_and_where_they_are() -> None:
    few, many = "one\ntwo", "\n".join(map(str, range(100)))
    assert windows_words.for_box(few, from_command_line=False) == few
    cut = windows_words.for_box(many, from_command_line=True).splitlines()
    assert cut[:2] == ["0", "1"]
    assert len(cut) == windows_words.MOST_LINES + 1
    assert cut[-1].startswith(f"… {100 - windows_words.MOST_LINES} more lines.")
    assert "m365-backup-wizard.exe" in cut[-1]


def test_box_when_a_command_was_given_then_says_which_program_is_for_that() -> None:
    first, _, hint = windows_words.for_box("unknown", from_command_line=True).splitlines()
    assert first == "unknown"
    assert "m365-backup-wizard.exe" in hint
