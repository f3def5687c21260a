# SPDX-License-Identifier: MIT
"""What each carrier makes of a string: by rule, and for what can be run here by a real JVM."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.fixes.strings import MANY, plain_strings
from wizard.fixes.carriers import Carrier, split

WINDOWS, VARIABLE, FILE, BLANK, POSIX = Carrier


@MANY
@given(plain_strings)
def test_every_carrier_reads_a_plain_string_the_same(text: str) -> None:
    read = {split(carrier, text) for carrier in Carrier}
    assert {words.problem for words in read} == {None}
    assert {words.arguments for words in read} == {tuple(text.split())}


# What each carrier makes of one string; None where it gives up.
TABLE: list[tuple[str, dict[Carrier, tuple[str, ...] | None]]] = [
    (
        r'-Da="b c" -Dd',
        {
            WINDOWS: ("-Da=b c", "-Dd"),
            VARIABLE: ("-Da=b c", "-Dd"),
            FILE: ("-Da=b c", "-Dd"),
            BLANK: ('-Da="b', 'c"', "-Dd"),
            POSIX: ("-Da=b c", "-Dd"),
        },
    ),
    (
        r"-Da='b c' -Dd",
        {
            WINDOWS: ("-Da='b", "c'", "-Dd"),
            VARIABLE: ("-Da=b c", "-Dd"),
            FILE: ("-Da=b c", "-Dd"),
            BLANK: ("-Da='b", "c'", "-Dd"),
            POSIX: ("-Da=b c", "-Dd"),
        },
    ),
    (
        r'"-Da=C:\new\x y" -Dd=C:\t',
        {
            WINDOWS: (r"-Da=C:\new\x y", r"-Dd=C:\t"),
            VARIABLE: (r"-Da=C:\new\x y", r"-Dd=C:\t"),
            FILE: ("-Da=C:\newx y", r"-Dd=C:\t"),
            POSIX: (r"-Da=C:\new\x y", "-Dd=C:t"),
        },
    ),
    (
        '-Da="b\\" -Dc',
        {
            WINDOWS: None,
            VARIABLE: ("-Da=b\\", "-Dc"),
            FILE: ('-Da=b" -Dc',),
            BLANK: ('-Da="b\\"', "-Dc"),
            POSIX: None,
        },
    ),
    (
        '-Da="b\\\\" -Dc',
        {
            WINDOWS: ("-Da=b\\", "-Dc"),
            VARIABLE: ("-Da=b\\\\", "-Dc"),
            FILE: ("-Da=b\\", "-Dc"),
            POSIX: ("-Da=b\\", "-Dc"),
        },
    ),
    (
        '-Da=\\"b -Dc=\\\\\\"d',
        {WINDOWS: ('-Da="b', '-Dc=\\"d'), POSIX: ('-Da="b', '-Dc=\\"d')},
    ),
    ("-Da=b#c -Dd", {FILE: (), VARIABLE: ("-Da=b#c", "-Dd"), POSIX: ("-Da=b#c", "-Dd")}),
    ("-Da #b -Dd", {FILE: ("-Da",), BLANK: ("-Da", "#b", "-Dd"), POSIX: ("-Da",)}),
    ('-Da="#b" -Dd', {FILE: ("-Da=#b", "-Dd"), POSIX: ("-Da=#b", "-Dd")}),
    ('-Da="b -Dc', {WINDOWS: None, VARIABLE: None, FILE: ("-Da=b -Dc",), POSIX: None}),
    ("-Da=b'c -Dd", {WINDOWS: ("-Da=b'c", "-Dd"), VARIABLE: None, FILE: ("-Da=bc -Dd",)}),
    ('"" -Da', {WINDOWS: ("", "-Da"), VARIABLE: ("", "-Da"), FILE: ("", "-Da")}),
    ("-Da=b\\", {WINDOWS: ("-Da=b\\",), VARIABLE: ("-Da=b\\",), POSIX: None}),
    ("-Da=b\\ -Dc", {WINDOWS: ("-Da=b\\", "-Dc"), POSIX: ("-Da=b -Dc",)}),
    ("-Da\t-Db", dict.fromkeys(Carrier, ("-Da", "-Db"))),
    ('-Da="$b"', {POSIX: ("-Da=$b",), VARIABLE: ("-Da=$b",)}),
    ('-Da="\\$b\\c"', {POSIX: ("-Da=$b\\c",)}),
    ("-Da='$b\\'", {POSIX: ("-Da=$b\\",)}),
    ("", dict.fromkeys(Carrier, ())),
    ("  ", dict.fromkeys(Carrier, ())),
]


@pytest.mark.parametrize(
    ("carrier", "text", "expected"),
    [(carrier, text, read[carrier]) for text, read in TABLE for carrier in read],
)
def test_split_follows_the_carriers_rules(carrier: Carrier, text: str, expected: object) -> None:
    assert split(carrier, text).arguments == expected


@pytest.mark.parametrize(
    ("carrier", "text", "problem"),
    [
        (WINDOWS, '-Da="b', "swallows_the_rest"),
        (WINDOWS, '-Da="b""c"', "doubled_quote"),
        (VARIABLE, '-Da="b', "unmatched_quote"),
        (FILE, '-Da="b', "open_quote"),
        (FILE, '-Da="b\\', "open_quote"),
        (FILE, "-Da=b#", "comment"),
        (POSIX, '-Da="b', "unmatched_quote"),
        (POSIX, "-Da=b\\", "open_escape"),
        (POSIX, "-Da #", "comment"),
        (POSIX, "-Da=$b", "shell_expands"),
        (POSIX, '-Da="`b`"', "shell_expands"),
        (POSIX, "-Da=*.b", "shell_expands"),
        (POSIX, "-Da=b|c", "shell_operator"),
    ],
)
def test_split_tells_what_a_carrier_does_to_a_string(
    carrier: Carrier, text: str, problem: str
) -> None:
    told = split(carrier, text).problem
    assert told is not None
    assert told.id == problem


@pytest.mark.parametrize("text", ["-Da='$b|c*'", "-Da=\\$b\\|c\\*", '-Da="b|c*"', '-Da="\\$b"'])
def test_split_by_a_shell_when_it_is_quoted_has_no_problem(text: str) -> None:
    assert split(POSIX, text).problem is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A mark that follows the closing one stands for itself and opens again.
        ('-Da="""b c""" -Dd', ('-Da="b c"', "-Dd")),
        # Two marks at the start open and close: nothing is grouped.
        ('-Da=""b c"" -Dd', ("-Da=b", "c", "-Dd")),
    ],
)
def test_split_of_two_quotes_in_a_row_is_that_of_java_on_windows(
    text: str, expected: object
) -> None:
    assert split(WINDOWS, text).arguments == expected
