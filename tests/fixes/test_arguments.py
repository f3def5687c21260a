# SPDX-License-Identifier: MIT
"""The argument string's editor: what it finds, what it changes, and what it leaves alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixes.strings import MANY, NAME, awkward_strings, closed_strings, safe_folders
from wizard.fixes import arguments
from wizard.fixes.arguments import tokenise, with_temp_path
from wizard.host.java_launcher import BLANKS
from wizard.nakivo.java_properties import is_property


def others(text: str) -> list[str]:
    return [t.text for t in tokenise(text) if not is_property(t.plain, NAME)]


@MANY
@given(awkward_strings)
def test_tokenise_of_any_string_keeps_every_character_that_is_no_blank(text: str) -> None:
    tokens = tokenise(text)
    gaps = [text[a.end : b.start] for a, b in pairwise(tokens)]
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(gap and not gap.strip(BLANKS) for gap in gaps)
    outside = text[: tokens[0].start] + text[tokens[-1].end :] if tokens else text
    assert not outside.strip(BLANKS)


@MANY
@given(closed_strings, safe_folders)
def test_with_temp_path_on_any_closed_string_keeps_the_other_tokens_byte_for_byte(
    text: str, folder: str
) -> None:
    assert others(with_temp_path(text, folder, NAME)) == others(text)


@MANY
@given(closed_strings, safe_folders)
def test_with_temp_path_when_done_twice_changes_nothing_more(text: str, folder: str) -> None:
    once = with_temp_path(text, folder, NAME)
    assert with_temp_path(once, folder, NAME) == once


@MANY
@given(st.lists(st.sampled_from(("-Da=b", "-DtempPath=x", "-Xmx1g")), max_size=6), safe_folders)
def test_with_temp_path_always_leaves_exactly_one(words: list[str], folder: str) -> None:
    after = with_temp_path(" ".join(words), folder, NAME).split()
    assert [word for word in after if "tempPath" in word] == [f"-DtempPath={folder}"]


@pytest.mark.parametrize(
    ("current", "expected"),
    [
        ("", r"-DtempPath=D:\Dtmp"),
        ("-Xmx512m", r"-Xmx512m -DtempPath=D:\Dtmp"),
        ("-Xmx512m ", r"-Xmx512m -DtempPath=D:\Dtmp"),
        ("-Da=1 -DtempPath=E:\\x -Db=2", r"-Da=1 -DtempPath=D:\Dtmp -Db=2"),
        (r'"-DtempPath=D:\My Tmp" -Db=2', r"-DtempPath=D:\Dtmp -Db=2"),
        (r'-Da=1 -DtempPath="D:\x y"', r"-Da=1 -DtempPath=D:\Dtmp"),
        (r"-Da=1 '-DtempPath=/x y'", r"-Da=1 -DtempPath=D:\Dtmp"),
        ('-D"tempPath=/x"', r"-DtempPath=D:\Dtmp"),
        ("-DtempPath", r"-DtempPath=D:\Dtmp"),
        ("-DtempPath=a\t -Da=1  -DtempPath=b -Db=2", "-DtempPath=D:\\Dtmp\t -Da=1 -Db=2"),
        ("-DtempPathology=1", r"-DtempPathology=1 -DtempPath=D:\Dtmp"),
        ('-Da="x -DtempPath=y"', r'-Da="x -DtempPath=y" -DtempPath=D:\Dtmp'),
    ],
)
def test_with_temp_path_replaces_in_place_or_adds_at_the_end(
    current: str, expected: object
) -> None:
    assert with_temp_path(current, r"D:\Dtmp", NAME) == expected


def test_tokenise_when_a_quote_is_open_takes_the_rest_as_one() -> None:
    assert [token.text for token in tokenise('-Da "-Db c -Dd')] == ["-Da", '"-Db c -Dd']


def test_tokenise_separates_at_ascii_blanks_only() -> None:
    assert len(tokenise("-Da=1\u00a0-Db=2\u2003-Dc=3")) == 1


def test_lookalikes_are_those_that_java_would_not_take_for_the_property() -> None:
    text = "-DtempPath=a -Dtemppath=b -DTEMPPATH=c tempPath=d -DtempPathX=e"
    found = [token.text for token in arguments.lookalikes(text, NAME)]
    assert found == ["-Dtemppath=b", "-DTEMPPATH=c", "tempPath=d"]


def test_heap_options_when_quoted_are_found_too() -> None:
    found = arguments.heap_options('-Xms1g "-Xmx2g" -Xss1m -Da=-Xmx3g')
    assert [token.plain for token in found] == ["-Xms1g", "-Xmx2g"]


def test_value_of_takes_everything_behind_the_first_equals_sign() -> None:
    assert arguments.value_of("-DtempPath=D:\\a=b") == "D:\\a=b"
