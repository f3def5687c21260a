# SPDX-License-Identifier: MIT
"""What others wrote steers no terminal."""

from __future__ import annotations

import pytest

from wizard import foreign_words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b]0;title\x07", "?[31mred?]0;title?"),
        ("\x9b2J\x7f", "?2J?"),
        ("evil\u202etxt.exe", "evil?txt.exe"),
        ("a\u200eb\u200fc\u061cd", "a?b?c?d"),
        ("pay\u200bpal\u2060.\ufeffcom", "pay?pal?.?com"),
        ("one\u2028Outcome: ok\u2029", "one?Outcome: ok?"),
        ("over\rwritten", "over?written"),
        ("one\r\ntwo\tthree\n", "one\r\ntwo\tthree\n"),
        ("Grüße, שלום, 日本", "Grüße, שלום, 日本"),
    ],
)
def test_cleaned_when_it_would_steer_then_a_mark_stands_there(text: str, shown: str) -> None:
    assert foreign_words.cleaned(text) == shown


def test_cleaned_all_when_nested_then_every_string() -> None:
    plain = {"a": ["\x1b", 1, None, {"b": "\x9b"}], "c": True}
    assert foreign_words.cleaned_all(plain) == {"a": ["?", 1, None, {"b": "?"}], "c": True}
