# SPDX-License-Identifier: MIT
"""Which value each carrier hands to Java, and what is told about it."""

from __future__ import annotations

import pytest

from tests.fixes.strings import NAME
from wizard.fixes.carriers import Carrier
from wizard.fixes.readings import hand_over, read_all, visible

WINDOWS, VARIABLE, FILE, BLANK, POSIX = Carrier

# What stands behind -DtempPath=, and the value that each carrier hands over.
TABLE = [
    (r"D:\Dtmp", r"D:\Dtmp", r"D:\Dtmp", r"D:\Dtmp", r"D:\Dtmp", "D:Dtmp"),
    ("D:/Dtmp", "D:/Dtmp", "D:/Dtmp", "D:/Dtmp", "D:/Dtmp", "D:/Dtmp"),
    (r'"D:\My Tmp"', r"D:\My Tmp", r"D:\My Tmp", "D:My Tmp", None, r"D:\My Tmp"),
    ('"D:\\My Tmp\\"', None, "D:\\My Tmp\\", 'D:My Tmp"', None, None),
    (r'"D:\My Tmp\\"', "D:\\My Tmp\\", r"D:\My Tmp\\", "D:My Tmp\\", None, "D:\\My Tmp\\"),
    (r"'D:\My Tmp'", None, r"D:\My Tmp", "D:My Tmp", None, r"D:\My Tmp"),
    (r"D:\My Tmp", None, None, None, None, None),
    (r'"D:\My Tmp', None, None, "D:My Tmp", None, None),
    (r"D:\Dtmp#1", r"D:\Dtmp#1", r"D:\Dtmp#1", None, r"D:\Dtmp#1", "D:Dtmp#1"),
]


@pytest.mark.parametrize(
    ("text", "carrier", "value"),
    [(row[0], carrier, row[n]) for row in TABLE for n, carrier in enumerate(Carrier, start=1)],
)
def test_hand_over_of_a_value_is_what_the_carrier_makes_of_it(
    text: str, carrier: Carrier, value: str
) -> None:
    assert hand_over(carrier, f"-Xmx1g -D{NAME}={text}", NAME).value == value


@pytest.mark.parametrize("carrier", Carrier)
def test_hand_over_of_two_values_counts_the_last(carrier: Carrier) -> None:
    handed = hand_over(carrier, f"-D{NAME}=/a -Dx=1 -D{NAME}=/b", NAME)
    assert handed.values == ("/a", "/b")
    assert handed.value == "/b"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("word -DtempPath=/a", "stray_word"),
        ("-jar x.jar -DtempPath=/a", "ends_the_options"),
        ("-version", "ends_the_options"),
        ("-Da @more", "reads_a_file"),
        ('-DtempPath=/a "" -Db', "stray_word"),
    ],
)
def test_hand_over_when_java_would_not_start_says_why(text: str, problem: str) -> None:
    handed = hand_over(VARIABLE, text, NAME)
    assert handed.values == ()
    assert handed.problem is not None
    assert handed.problem.id == problem


def test_hand_over_from_an_argument_file_does_not_read_a_second_file() -> None:
    handed = hand_over(FILE, "-Da @more", NAME)
    assert handed.problem is not None
    assert handed.problem.id == "stray_word"


def test_hand_over_takes_a_word_behind_cp_for_its_value() -> None:
    assert hand_over(BLANK, f"-cp a.jar -D{NAME}=/a", NAME).value == "/a"


def test_read_all_tells_a_value_that_is_not_what_was_written() -> None:
    posix = read_all("", rf"-D{NAME}=D:\a", NAME)[-1]
    assert (posix.carrier, posix.current, posix.proposed) == (POSIX, None, "D:a")
    assert posix.problem is not None
    assert posix.problem.values == {"meant": r"D:\a", "value": "D:a"}


def test_read_all_when_only_the_old_string_is_misread_tells_that() -> None:
    blank = read_all(f'-D{NAME}="/a b"', f"-D{NAME}=/c", NAME)[3]
    assert (blank.current, blank.proposed) == (None, "/c")
    assert blank.problem is not None
    assert blank.problem.id == "stray_word"


def test_read_all_of_plain_strings_has_no_problem() -> None:
    assert {reading.problem for reading in read_all("-Da=1", f"-D{NAME}=/c", NAME)} == {None}


def test_visible_writes_control_characters_out() -> None:
    assert visible("a\tb\x1b[31mé") == "a\\x09b\\x1b[31mé"
