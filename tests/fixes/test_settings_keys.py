# SPDX-License-Identifier: MIT
"""Is a key found in every spelling, and a comment told from a path that looks like one?"""

from __future__ import annotations

import pytest

from wizard.fixes import settings_keys

KEY = "a.b"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a.b=1\na.b:2\r\na.b 3\ra.b\n", 4),
        ("a.bc=1\nxa.b=2\n#a.b=3\n!a.b=4\n;a.b=5\n//a.b=6", 0),
        ("\\u0061.b=1\n\\a.b=2\na\\.b=3\n", 3),
        ("\fa.b\f=1", 1),
    ],
)
def test_lines_when_written_in_any_way_then_each_is_found(text: str, count: int) -> None:
    assert len(list(settings_keys.lines(text, KEY))) == count


@pytest.mark.parametrize(
    ("text", "is_split"),
    [("a\\\n.b=1", True), ("a\\\\\n.b=1", False), ("a.b=\\\n1", False), ("x\\\r\n y", False)],
)
def test_is_split_over_lines_when_a_backslash_joins_them_then_true(
    text: str, is_split: bool
) -> None:
    assert settings_keys.is_split_over_lines(text, KEY) is is_split


@pytest.mark.parametrize(
    ("text", "place", "is_comment"),
    [
        ("/* x */", 3, True),
        ("/* x */ x", 8, False),
        ("1/* x */", 4, True),
        ("1/* x", 4, False),
        (" /* x", 4, True),
        ('"/*" x "*/"', 5, False),
        ("# /*\nx\n*/", 5, False),
        ("// /*\nx\n*/", 6, False),
        ("http://a/* x */", 11, True),
    ],
)
def test_in_block_comment_when_marks_are_in_strings_or_paths_then_they_begin_none(
    text: str, place: int, is_comment: bool
) -> None:
    assert settings_keys.in_block_comment(text, [place]) is is_comment
